"""Busy and quiet periods, two periods beside each other, and what lasts or is denied of several values."""

import pytest


@pytest.mark.parametrize("question", ["busiest month for sales", "Which month was the busiest for sales?"])
def test_the_busiest_month_has_the_most_rows(rows, question):
    assert rows(question) == [("2024-02-01T00:00:00.000Z", "2")]


@pytest.mark.parametrize(
    "question", ["compare sales in January and February 2024", "Compare January and February sales"]
)
def test_two_periods_are_compared_side_by_side(rows, question):
    assert rows(question) == [("2024-01-01T00:00:00.000Z", "1"), ("2024-02-01T00:00:00.000Z", "2")]


@pytest.mark.parametrize(
    "question",
    [
        "products that are not in the category Road bike or Part",
        "products except road bikes and parts",
        "products that are neither road bikes nor parts",
    ],
)
def test_what_is_denied_of_one_value_is_denied_of_those_listed_with_it(rows, question):
    assert rows(question) == [("Goat",)]
