"""Numbers about groups: how many groups there are, how many rows one has on average, and which of them is first."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "How many customers have more than one sale?",
        "number of customers with at least 2 sales",
        "Count the products that have more than 1 sale",
        "How many channels have more than one sale?",
    ],
)
def test_the_groups_that_fulfil_a_condition_are_counted(rows, question):
    assert rows(question) == [("1",)] if "product" in question else [("2",)]


@pytest.mark.parametrize(
    "question",
    [
        "average sales per customer",
        "mean number of sales per customer",
        "How many sales does a customer have on average?",
        "average number of sales per customer, among customers with at least one sale",
    ],
)
def test_the_average_number_of_rows_of_a_thing_counts_those_that_have_one(rows, question):
    ((average,),) = rows(question)

    assert float(average) == 2


def test_the_average_of_one_is_that_of_its_amount(rows):
    assert rows("average sale amount per channel") == [("Online", "1050.0"), ("Shop", "14.25")]


def test_what_a_ranking_does_not_name_is_not_shown(rows):
    assert rows("Which product is the most expensive?") == [("Goat",)]


@pytest.mark.parametrize("question", ["Which product has the highest price?", "the product with the highest price"])
def test_the_number_that_a_ranking_names_is_shown(rows, question):
    assert rows(question) == [("Goat", "1200.0")]


def test_the_number_is_shown_where_several_are_ranked(rows):
    assert rows("the 2 products with the highest price") == [("Goat", "1200.0"), ("Rover", "900.0")]
