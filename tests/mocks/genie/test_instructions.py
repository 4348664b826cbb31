"""Instructions as curators word them: lists of codes, what never counts, units of time, names in words."""

import pytest

FEES = """SELECT 1 AS fee_id, 'P' AS status, 50 AS gross, 8 AS store_fee, 90 AS minutes,
 false AS is_test, false AS banned, DATE'2024-01-01' AS billed_on, DATE'2024-02-03' AS paid_on
 UNION ALL SELECT 2, 'O', 20, 2, 30, true, false, DATE'2024-01-02', NULL
 UNION ALL SELECT 3, 'V', 10, 1, 75, false, true, DATE'2024-02-02', NULL"""


@pytest.fixture
def asked(warehouse, engine):
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.fee AS {FEES}")

    def ask(question, *sentences):
        told = {"text_instructions": [{"content": ["\n".join(sentences)]}]}
        answer = engine(told, more=["fee"]).ask(question)
        assert answer.sql is not None, answer.text
        return [row[-1] for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


@pytest.mark.parametrize(
    "sentence",
    [
        "Status of a fee: P paid, O open, V void.",
        "Status codes: P = paid; O = open; V = void",
        "The status is P for paid, O for open and V for void.",
        "- status: 'P' means paid, 'O' means open, 'V' means void but kept",
    ],
)
@pytest.mark.parametrize("question", ["How many void fees are there?", "number of open fees"])
def test_a_list_of_codes_says_what_each_stands_for(asked, sentence, question):
    assert asked(question, sentence) == ["1"]


def test_another_word_for_a_code_may_stand_in_brackets(asked):
    sentence = "Status of a fee: P paid (settled), O open, V void (struck off)."
    assert asked("How many struck off fees are there?", sentence) == ["1"]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("## Rules\n1. Ignore test fees.", "2"),
        ("Test fees never count.", "2"),
        ("Test fees must be left out of all numbers.", "2"),
        ("Void fees (status V) are always excluded.", "2"),
        ("Exclude test and banned fees.", "1"),
        ("Only fees in status P are counted.", "1"),
    ],
)
def test_an_instruction_says_what_never_counts(asked, sentence, left):
    assert asked("How many fees are there?", sentence) == [left]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("total net take", "Net take is gross less the store fee.", "69"),
        ("net take in all", "Net take means gross - store_fee, summed up.", "69"),
        (
            "How many long fees are there?",
            "A long fee lasts more than an hour. A long fee lasts more than 60 minutes.",
            "2",
        ),
        ("How many settled fees are there?", "A settled fee is one that has a paid_on.", "1"),
        ("How many pending fees are there?", "A pending fee is one that was not paid.", "2"),
        ("How many dead fees are there?", "Treat O and V as dead.", "2"),
        ("How many fees in February 2024?", "Unless stated otherwise, dates refer to billed_on.", "1"),
        ("How many fees in FY24?", "Our business year starts in February. Dates are by billed_on.", "2"),
    ],
)
def test_an_instruction_in_words_of_the_tables_is_applied(asked, question, sentence, expected):
    assert asked(question, sentence) == [expected]


def test_a_definition_that_names_a_period_of_its_own_is_not_put_into_the_question(warehouse, engine):
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.fee AS {FEES}")
    told = {"text_instructions": [{"content": ["Pace means the number of fees per day."]}]}

    assert engine(told, more=["fee"]).ask("pace by month").sql is None
