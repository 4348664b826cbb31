"""An example of one number for each of a column's values answers for other groups, one value, none, or the most."""

import pytest

PER_HEAD = """SELECT p.category, (SELECT sum(s.amount) FROM main.default.sales s JOIN main.default.products q
 ON s.product_id = q.product_id WHERE q.category = p.category) / sum(p.price)
 FROM main.default.products p GROUP BY p.category"""
TOLD = {"example_question_sqls": [{"question": ["Turnaround score by category"], "sql": [PER_HEAD]}]}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("turnaround score per product", [("Bell", "3.0"), ("Goat", "1.0"), ("Rover", "1.0")]),
        ("Turnaround score of the category Part?", [("3.0",)]),
        ("What is the turnaround score of Goat?", [("1.0",)]),
        ("Which category has the highest turnaround score?", [("Part", "3.0")]),
        ("top 2 products by turnaround score", [("Bell", "3.0"), ("Goat", "1.0")]),
        ("What is the turnaround score?", [("1.0090068736667457",)]),
    ],
)
def test_an_example_answers_for_other_groups(rows, question, expected):
    assert rows(question, instructions=TOLD) == expected


@pytest.mark.parametrize(
    "question",
    [
        "turnaround score by channel",
        "turnaround score in 2024",
        "turnaround score by category above 2",
        "turnaround score by category without Bell",
        "average turnaround by category",
    ],
)
def test_what_an_example_cannot_be_changed_to_safely_is_not_answered(engine, question):
    assert engine(TOLD).ask(question).sql is None
