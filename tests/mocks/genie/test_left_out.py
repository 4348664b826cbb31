"""Amounts without a part of theirs: what is left out of a number is no condition on the rows."""

import pytest

TABLES = """
CREATE TABLE main.salon.visit (visit_id INT, stylist STRING, came_on DATE,
 price INT COMMENT 'Francs, gratuity included', gratuity INT COMMENT 'Francs, empty if there was none');
INSERT INTO main.salon.visit VALUES (1, 'Ada', DATE'2023-01-02', 80, 5), (2, 'Ada', DATE'2024-01-02', 60, NULL),
 (3, 'Bo', DATE'2024-02-02', 120, 20);
CREATE TABLE main.salon.bill (bill_id INT, firm STRING, billed_on DATE, amount INT COMMENT 'Without VAT', vat INT,
 shipping INT COMMENT 'empty if fetched');
INSERT INTO main.salon.bill VALUES (1, 'Acme', DATE'2023-05-01', 100, 8, 4),
 (2, 'Acme', DATE'2024-05-01', 200, 16, NULL),
 (3, 'Zeta', DATE'2024-06-01', 50, 4, 9)
"""


@pytest.fixture(scope="module")
def salon(asked_about):
    return asked_about("salon", TABLES)


@pytest.fixture(scope="module")
def ask(salon, warehouse):
    def asked(question):
        answer = salon.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "How much did we bill in 2024, without VAT?",
        "amount billed in 2024 excl. VAT",
        "Net of VAT, what is the total bill amount for 2024?",
        "How much did we bill before VAT in 2024?",
        "total bill amount 2024, tax not included",
        "How much did we bill in 2024? Leave VAT out.",
    ],
)
def test_what_a_comment_leaves_out_is_left_out_already(ask, question):
    assert ask(question) == ["250"]


@pytest.mark.parametrize(
    "question", ["bills over 60 francs, VAT aside, count", "How many bills exceed 60, not counting VAT?"]
)
def test_a_number_without_a_part_is_compared(ask, question):
    assert ask(question) == ["2"]


@pytest.mark.parametrize(
    "question",
    ["visit takings by stylist excl gratuity", "What did the visits of each stylist take in, gratuity aside?"],
)
def test_what_a_comment_includes_is_taken_off(ask, question):
    assert ask(question) == ["Ada 135", "Bo 100"]


@pytest.mark.parametrize("question", ["How many visits without a gratuity?", "visits with no gratuity, count"])
def test_rows_without_one_are_a_condition_as_before(ask, question):
    assert ask(question) == ["1"]


def test_it_asks_back_where_no_comment_says_whether_it_is_included(salon):
    answer = salon.ask("How much did we bill, without shipping?")

    assert answer.sql is None
