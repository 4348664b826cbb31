import pytest

from agent.scoring import asks_back, declines, finds_documents, has_fact, mentions_wrong, same_result, writes


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        ("It requires **80 psig** at redelivery.", "GGA-005: 80 psig"),
        ("evergreen periods of 12 month(s) each", "GGA-008: 12 month"),
        ("The gathering fee is $0.4124 per Mcf.", "GGA-014: 0.4124"),
        ("no more than 2.0% carbon dioxide by volume", "2%"),
        ("not less than $2 million per occurrence", "CGA-003: $2 million"),
        ("They were invoiced $70,171.18.", "70171.18"),
        ("Force majeure does not excuse the payment of money due.", "No, force majeure does not excuse payment"),
        ("GGA-001 has 10 days, GGA-002 has 15 days.", "GGA-002: 15 days"),
    ],
)
def test_a_stated_fact_is_found(answer, fact):
    assert has_fact(answer, fact)


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        ("180 psig", "GGA-005: 80 psig"),
        ("24 ppm", "GPA-002: 4 ppm"),
        ("GGA-001 has 10 days.", "GGA-001: 20 business days"),
        ("10 weeks", "GGA-001: 10 days"),
        ("Force majeure excuses the payment of money.", "No, force majeure does not excuse payment"),
        ("GGA-001 has 15 days, GGA-003 has 15 days.", "GGA-002: 15 days"),
    ],
)
def test_a_fact_that_is_not_stated_is_missed(answer, fact):
    assert not has_fact(answer, fact)


def test_a_superseded_value_counts_with_its_unit_only():
    fact = ["GGA-010: 7 business days"]

    assert mentions_wrong("within 5 business days", "5", fact)
    assert not mentions_wrong("within 7 business days, see section 5 of GGA-010", "5", fact)


def test_results_are_equal_whatever_the_order_of_rows_and_columns():
    assert same_result([["a", "1"], ["b", "2.0"]], [(2, "b"), (1, "a")])


@pytest.mark.parametrize("other", [[["a", "2"], ["b", "1"]], [["a", "1"]], [["a", "1"], ["a", "1"]], [["a"], ["b"]]])
def test_results_differ_when_a_row_does(other):
    assert not same_result(other, [["a", "1"], ["b", "2"]])


def test_all_expected_documents_must_be_among_the_sources():
    sources = ["/Volumes/c/s/v/A/a.pdf", "/Volumes/c/s/v/b.md"]

    assert finds_documents(sources, ["A/a.pdf", "b.md"])
    assert not finds_documents(sources, ["A/a.pdf", "c.md"])


def test_forms_of_answers_are_told_apart():
    assert asks_back("Which contract do you mean?")
    assert not asks_back("The fee is $0.30.")
    assert declines("The documents do not contain an arbitration seat.")
    assert not declines("The fee is $0.30.")


def test_statements_that_write_are_seen():
    assert writes(" delete FROM t")
    assert not writes("SELECT 'delete' FROM t")
