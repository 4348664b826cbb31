"""Money and pay that a question names by no column's name, and numbers that must not stand for others."""

import pytest

ORDERS = """
CREATE OR REPLACE TABLE main.default.purchases (purchase_id INT PRIMARY KEY, customer_id INT, made_on DATE);
INSERT INTO main.default.purchases VALUES (1, 1, DATE'2024-01-02'), (2, 2, DATE'2024-02-03');
CREATE OR REPLACE TABLE main.default.purchase_items (item_id INT PRIMARY KEY, purchase_id INT, line_amount DOUBLE);
INSERT INTO main.default.purchase_items VALUES (1, 1, 10.0), (2, 1, 20.0), (3, 2, 50.0);
CREATE OR REPLACE TABLE main.default.mechanics (mechanic_id INT PRIMARY KEY, full_name STRING, monthly_salary DOUBLE);
INSERT INTO main.default.mechanics VALUES (1, 'Ann Oak', 3000.0), (2, 'Bo Elm', 2500.0);
CREATE OR REPLACE TABLE main.default.repairs (repair_id INT PRIMARY KEY, mechanic_id INT, done_on DATE, charge DOUBLE,
 paid_on DATE);
INSERT INTO main.default.repairs VALUES (1, 1, DATE'2024-01-02', 90.0, NULL), (2, 2, DATE'2024-01-03', 40.0, NULL)
"""


@pytest.fixture
def shop(engine, warehouse):
    for statement in ORDERS.split(";\n"):
        warehouse.run(statement)
    return engine(more=["purchases", "purchase_items", "mechanics", "repairs"])


@pytest.fixture
def found(shop, warehouse):
    def ask(question):
        answer = shop.ask(question)
        assert answer.sql is not None, answer.text
        return [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


@pytest.mark.parametrize(
    "question", ["What is the average purchase value?", "average purchase amount", "mean of the purchases' amounts"]
)
def test_the_value_of_what_has_parts_is_what_these_add_up_to(found, question):
    assert [float(value) for (value,) in found(question)] == [40.0]


@pytest.mark.parametrize(
    "question",
    [
        "Who is the highest-paid mechanic?",
        "Which mechanic earns most?",
        "the best paid mechanic",
        "worst-paid mechanic",
    ],
)
def test_who_is_paid_most_is_told_by_the_pay_and_by_no_payment(found, question):
    name = "Bo Elm" if "worst" in question else "Ann Oak"

    assert found(question)[0][0] == name


def test_the_most_money_is_that_of_the_table_that_is_named(found):
    assert found("Which mechanic has the most money in repairs?")[0][0] == "Ann Oak"


def test_two_numbers_that_would_be_the_same_are_asked_back(engine):
    answer = engine().ask("For each channel, how much did we sell and how much did we ship?")

    assert answer.sql is None


def test_the_topics_and_how_often_are_counted_for_each(rows):
    assert rows("Which channels do sales come through, and how often?") == [("Online", "2"), ("Shop", "2")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which customer has spent the most on quantity?", [("Bert", "1209.5")]),
        ("How much did each customer spend on quantity?", [("Ada", "919.0"), ("Bert", "1209.5")]),
    ],
)
def test_what_was_spent_on_something_is_money_and_not_its_number(rows, question, expected):
    assert rows(question) == expected
