"""Measures over some rows only: told in instructions, or taught by an example query with a condition."""

import pytest
from sqlglot import parse_one

from mocks.genie.knowledge.conditional import parted, with_condition


def told(*sentences):
    return {"text_instructions": [{"content": list(sentences)}]}


def example(question, sql):
    return {"example_question_sqls": [{"question": [question], "sql": [sql]}]}


def measure(sql):
    return {"sql_snippets": {"measures": [{"display_name": "goods out", "sql": [sql]}]}}


_WEB = "SELECT c.city, sum(s.amount) FROM main.default.sales s JOIN main.default.customers c"
_WEB += " ON s.customer_id = c.customer_id WHERE s.channel = 'Online' GROUP BY c.city"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Web takings by customer", [("Ada", "900.0"), ("Bert", "1200.0")]),
        ("What were our web takings in January 2024?", [("900.0",)]),
        ("Which customer has the highest web takings?", [("Bert", "1200.0")]),
        ("customers with web takings above 1000", [("Bert", "1200.0")]),
    ],
)
def test_an_example_with_a_condition_teaches_its_measure(rows, question, expected):
    assert rows(question, instructions=example("Web takings by city", _WEB)) == expected


def test_the_period_of_an_example_is_no_part_of_its_measure(engine):
    dated = _WEB.replace("s.channel = 'Online'", "s.sold_on >= DATE'2024-01-01'")

    assert engine(example("Web takings by city", dated)).ask("web takings by customer").sql is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Web takings are the sum of amount of online sales.",
        "Web takings means sum(amount) where channel = 'Online'.",
        "Web takings = the total of sales.amount, only online sales",
        "Web takings is the sum of sales.amount without shop sales.",
        "Web takings is the sum of amount excluding shop sales (channel = 'Shop').",
    ],
)
def test_an_instruction_says_of_which_rows_a_sum_is(rows, sentence):
    assert rows("What are the web takings?", instructions=told(sentence)) == [("2100.0",)]


def test_a_unit_by_which_a_curator_calls_a_column_is_added_up(rows):
    named = {"sales": {"column_configs": [{"column_name": "quantity", "synonyms": ["crates"]}]}}

    assert rows("How many crates did Ada buy?", instructions=measure("sum(sales.quantity)"), **named) == [("3",)]


def test_a_condition_on_all_parts_of_a_measure_is_one_of_the_query():
    whole = with_condition(parse_one("sum(a) / count(b)"), parse_one("c = 1"))

    assert whole.sql() == "SUM(a) FILTER(WHERE c = 1) / COUNT(b) FILTER(WHERE c = 1)"
    assert [part.sql() for part in parted(whole)] == ["SUM(a) / COUNT(b)", "c = 1"]


def test_different_conditions_stay_where_they_are():
    whole = parse_one("sum(a) filter(where c = 1) / count(b)")

    assert parted(whole) == (whole, None)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the turnover with Road bikes?", [("900.0",)]),
        ("What's the sum of all sales to Ada?", [("919.0",)]),
        ("How much money did Ada pay in turnover?", [("919.0",)]),
    ],
)
def test_what_a_curator_adds_up_is_added_up(rows, question, expected):
    named = {"sales": {"column_configs": [{"column_name": "amount", "synonyms": ["turnover"]}]}}

    assert rows(question, instructions=measure("sum(sales.amount)"), **named) == expected


def test_a_verb_is_no_other_form_of_a_synonym(rows):
    named = {"sales": {"column_configs": [{"column_name": "amount", "synonyms": ["takings"]}]}}

    assert rows("How many sales took place in 2024?", **named) == [("3",)]
