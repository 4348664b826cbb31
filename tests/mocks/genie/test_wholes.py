"""A share with one condition for the whole and another for the part."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "What percentage of online sales had an amount over 1000?",
        "How many percent of online sales have an amount over 1000?",
        "Of the online sales, what share has an amount over 1000?",
        "Among online sales, the percentage with an amount over 1000",
        "For online sales, what proportion had an amount over 1000?",
        "sales with an amount over 1000 as a percentage of online sales",
        "Sales with an amount over 1000 as a share of all online sales",
        "share of sales with an amount over 1000 among online sales",
        "percentage of online sales that were made for an amount over 1000",
    ],
)
def test_the_place_in_the_sentence_tells_the_whole_from_the_part(rows, question):
    assert rows(question) == [("50.00",)]


def test_two_conditions_that_no_clause_parts_are_asked_back(engine):
    answer = engine().ask("percentage of online road bike sales")

    assert answer.sql is None


@pytest.fixture
def loans(engine, warehouse):
    warehouse.run(
        "CREATE TABLE IF NOT EXISTS main.default.loans (loan_id INT, status STRING COMMENT "
        "'A = approved, D = disbursed, X = defaulted', disbursed_on DATE)"
    )
    warehouse.run(
        "INSERT OVERWRITE main.default.loans VALUES (1, 'A', NULL), (2, 'D', DATE'2024-01-01'), "
        "(3, 'X', DATE'2024-01-02'), (4, 'X', DATE'2024-01-03'), (5, 'D', DATE'2024-01-04')"
    )
    return engine(more=["loans"])


@pytest.mark.parametrize("question", ["disbursed loans that defaulted", "Which disbursed loans are defaulted?"])
def test_a_state_gone_through_is_the_day_on_which_it_was_reached(loans, warehouse, question):
    answer = loans.ask(question)

    assert sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()) == [("3",), ("4",)]


def test_the_share_of_a_state_is_of_those_that_went_through_the_other(loans, warehouse):
    answer = loans.ask("What percentage of disbursed loans defaulted?")

    assert [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()] == [("50.00",)]


def test_no_row_has_two_states(loans):
    answer = loans.ask("approved loans that are defaulted")

    assert answer.sql is None
    assert "both" in answer.text
