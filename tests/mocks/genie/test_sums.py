"""Conditions on sums and on exact numbers."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "customers whose sales add up to more than 1000",
        "customers with sales over 1000 in total",
        "Which customers have sales of more than 1000 in all?",
        "customers whose sales sum up to over 1000",
        "customers whose total amount exceeds 1000",
    ],
)
def test_a_sum_over_a_number_is_that_of_each_thing(rows, question):
    assert [row[0] for row in rows(question)] == ["Bert"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("customers with 2 sales", ["Ada", "Bert"]),
        ("products with three sales", []),
        ("Which customers had sales more than 1 time?", ["Ada", "Bert"]),
        ("List each customer who has more than 1 sale", ["Ada", "Bert"]),
        ("products with a price from 5 to 950 euros", ["Bell", "Rover"]),
    ],
)
def test_as_many_exactly_or_more(rows, question, found):
    assert [row[0] for row in rows(question)] == found


@pytest.mark.parametrize(
    "question",
    ["Give me every category once", "list the categories, each once", "categories without repeats"],
)
def test_each_once_is_no_group(rows, question):
    assert rows(question) == [("Mountain bike",), ("Part",), ("Road bike",)]


@pytest.mark.parametrize(
    "question",
    [
        "How is the amount split among channels, in percent?",
        "How is the amount spread over the channels, as percentages?",
    ],
)
def test_how_something_is_split_asks_for_shares(rows, question):
    assert rows(question) == [("Online", "98.66"), ("Shop", "1.34")]


def test_each_with_its_number_is_a_group(rows):
    assert rows("List each customer with its number of sales") == [("Ada", "2"), ("Bert", "2")]
