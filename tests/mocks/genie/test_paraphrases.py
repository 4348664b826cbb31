"""An example query answers whoever asks the same in other words."""

import pytest


def told(question, sql):
    return {"example_question_sqls": [{"question": [question], "sql": [sql]}]}


LOYAL = told(
    "Which customers keep coming back?",
    "SELECT DISTINCT customer_name FROM main.default.customers JOIN main.default.sales USING (customer_id)",
)
ODD = told(
    "How many online sales were there in 2024?",
    "SELECT 100 + COUNT(*) FROM main.default.sales WHERE channel = 'Online' AND YEAR(sold_on) = 2024",
)
BIG = told(
    "Top 2 products by turnaround",
    "SELECT product_name FROM main.default.products ORDER BY price DESC LIMIT 2",
)


@pytest.mark.parametrize(
    "question",
    [
        "Which customers keep coming back?",
        "Please show me the customers that keep coming back.",
        "customers who keep coming back",
        "Could you list all the customers that keep coming back to us?",
        "Hi! Would you tell me which customers keep on coming back, please?",
        "customers keep coming back",
    ],
)
def test_politeness_and_order_make_no_difference(rows, question):
    assert rows(question, instructions=LOYAL) == [("Ada",), ("Bert",)]


@pytest.mark.parametrize(
    "question",
    [
        "What was the number of online sales in 2024?",
        "online sales 2024, count",
        "In 2024, how many online sales did we have?",
        "Kindly report the number of sales made online in 2024.",
        "count of sales online during 2024",
    ],
)
def test_other_grammar_makes_no_difference(rows, question):
    assert rows(question, instructions=ODD) == [("102",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("number of shop sales in 2024", "101"),
        ("shop sales in 2023: how many?", "101"),
        ("In 2023, how many online sales did we have?", "100"),
    ],
)
def test_another_value_or_period_is_put_in_its_place(rows, question, expected):
    assert rows(question, instructions=ODD) == [(expected,)]


def test_another_limit_is_put_in_its_place(rows):
    assert rows("the top 1 products by turnaround, please", instructions=BIG) == [("Goat",)]


@pytest.mark.parametrize("question", ["How many online customers were there in 2024?", "total online sales in 2024"])
def test_what_means_something_else_is_not_answered_by_the_example(engine, question):
    assert engine(ODD).ask(question).route != "example query"


@pytest.mark.parametrize("verb", ["bought", "keep coming back", "were treated"])
def test_a_verb_beside_a_single_thing_is_not_passed_over(rows, verb):
    sql = "SELECT COUNT(DISTINCT customer_id) FROM main.default.sales"

    assert rows("How many customers are there?", instructions=told(f"How many customers {verb}?", sql)) == [("3",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("reach by city", {"Turin": 50, "Lyon": 50}),
        ("What is the reach of each city?", {"Turin": 50, "Lyon": 50}),
        ("reach per channel in 2024", {"Online": 100, "Shop": 0}),
    ],
)
def test_an_example_teaches_a_measure_for_other_groups_and_filters(rows, question, expected):
    sql = (
        "SELECT p.category, 100.0 * COUNT_IF(s.channel = 'Online') / COUNT(*) FROM main.default.sales s "
        "JOIN main.default.products p ON s.product_id = p.product_id GROUP BY p.category"
    )

    found = rows(question, instructions=told("Reach by category", sql))

    assert {name: float(number) for name, number in found} == expected


WEEKEND = told("How many sales were there on weekends?", "SELECT 100 + COUNT(*) FROM main.default.sales")


@pytest.mark.parametrize("question", ["number of sales on Mondays", "count of sales at night", "sales in March, count"])
def test_another_time_that_comes_back_is_another_question(engine, question):
    assert "100 +" not in (engine(WEEKEND).ask(question).sql or "")


def test_the_same_time_that_comes_back_is_the_same_question(rows):
    assert rows("number of sales at the weekend", instructions=WEEKEND) == [("104",)]
