"""Verbs of money beside an amount, where the rows have only the numbers of their invoices."""

import pytest

TABLES = """
CREATE TABLE main.inn.line (line_id INT, bill_no STRING, posted_on DATE, kind STRING, qty INT, amount INT);
INSERT INTO main.inn.line VALUES (1, 'B7', DATE'2024-07-01', 'Room', 2, 50), (2, 'B7', DATE'2024-07-09', 'Meal', 1, 30),
 (3, 'B8', DATE'2024-08-01', 'Room', 1, 50);
CREATE TABLE main.inn.meal (meal_id INT, served_on DATE, amount INT);
INSERT INTO main.inn.meal VALUES (1, DATE'2024-07-01', 9)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    built = asked_about("inn", TABLES)

    def asked(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "What was the total billed amount posted in July 2024?",
        "billed amount July 2024, by posting date",
        "What is the total amount billed in July 2024?",
        "total billed, July 2024",
    ],
)
def test_what_was_billed_is_an_amount_and_no_number_of_a_bill(ask, question):
    assert ask(question) == ["80"]


LEDGER = """
CREATE TABLE main.ledger.bill (bill_id INT PRIMARY KEY, town STRING, kind STRING, tax_amount INT, work_amount INT,
 total_amount INT);
INSERT INTO main.ledger.bill VALUES (1, 'Lyon', 'Repair', 5, 50, 55), (2, 'Lyon', 'Sale', 1, 10, 11),
 (3, 'Turin', 'Sale', 2, 20, 22), (4, 'Lyon', 'Sale', 1, 10, 11);
CREATE TABLE main.ledger.payment (payment_id INT PRIMARY KEY, bill_id INT, card_type STRING, amount INT);
INSERT INTO main.ledger.payment VALUES (1, 1, 'Gold', 40), (2, 1, 'Blue', 15), (3, 3, 'Gold', 22)
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the total billed amount per town?", [("Lyon", "77"), ("Turin", "22")]),
        ("billed amount by town", [("Lyon", "77"), ("Turin", "22")]),
        ("What kinds of bills are there, and how many of each kind?", [("Repair", "1"), ("Sale", "3")]),
    ],
)
def test_what_was_billed_is_what_the_bills_amount_to(asked_about, warehouse, question, expected):
    answer = asked_about("ledger", LEDGER).ask(question)

    assert sorted(tuple(map(str, row)) for row in warehouse.run(answer.sql).rows()) == expected
