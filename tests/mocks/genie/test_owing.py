"""What is due and what is still owed, where a table has both numbers."""

import pytest

TABLES = """
CREATE TABLE main.marina.boat (boatNo INT, boatName STRING, berthPrice INT,
 moorage INT COMMENT 'Moorage that we advertise');
INSERT INTO main.marina.boat VALUES (1, 'Gull', 10, 900), (2, 'Tern', 20, 800);
CREATE TABLE main.marina.demand (demandNo INT, boatNo INT,
 kind STRING COMMENT 'MO = moorage of a month, EL = electricity',
 dueOn DATE, amountDue INT, amountPaid INT COMMENT '0 while nothing has come in', settledOn DATE,
 CONSTRAINT b FOREIGN KEY (boatNo) REFERENCES main.marina.boat (boatNo));
INSERT INTO main.marina.demand VALUES (1, 1, 'MO', DATE'2023-03-01', 100, 100, DATE'2023-03-05'),
 (2, 1, 'EL', DATE'2023-04-01', 30, 10, NULL), (3, 2, 'MO', DATE'2024-03-01', 200, 50, NULL),
 (4, 2, 'MO', DATE'2024-04-01', 70, 0, NULL)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    built = asked_about("marina", TABLES)

    def asked(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    ["How much moorage fell due in each year?", "moorage due by year", "How much moorage became due per year?"],
)
def test_a_kind_of_what_is_due_is_a_condition_and_falling_due_is_no_change(ask, question):
    assert ask(question) == ["2023 100", "2024 270"]


@pytest.mark.parametrize("question", ["How much is due in 2023?", "How much fell due in 2023 in total?"])
def test_how_much_is_due_is_an_amount_and_no_number_of_days(ask, question):
    assert ask(question) == ["130"]


@pytest.mark.parametrize(
    "question",
    ["outstanding amount by boat", "arrears per boat", "How much is still outstanding for each boat?"],
)
def test_what_is_outstanding_is_what_is_due_less_what_was_paid(ask, question):
    assert ask(question) == ["Gull 20", "Tern 220"]


@pytest.mark.parametrize("question", ["How much moorage do they still owe us?", "moorage arrears, total"])
def test_a_kind_of_what_is_owed_is_a_condition(ask, question):
    assert ask(question) == ["220"]


def test_rows_with_something_owed_are_those_with_more_than_nothing(ask):
    assert ask("How many demands are in arrears?") == ["3"]
