"""Groups, shares and totals in everyday words."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "Out of every hundred sales, how many are online?",
        "Of a hundred sales, how many are online?",
        "What per cent of the sales are online?",
        "In percent, how many sales are online?",
        "In how many percent of the sales was it online?",
        "How big a share of the sales is online?",
    ],
)
def test_so_many_out_of_a_hundred_is_a_share(rows, question):
    assert rows(question) == [("50.00",)]


@pytest.mark.parametrize(
    "question",
    [
        "How many sales were there, channel by channel?",
        "How many sales were there for each channel? One number per channel.",
        "number of sales per channel, one line each",
        "Group the sales by channel and count them",
        "Count online and shop sales separately",
    ],
)
def test_each_group_has_its_number_however_that_is_said(rows, question):
    assert rows(question) == [("Online", "2"), ("Shop", "2")]


@pytest.mark.parametrize(
    "question",
    ["Split the 2024 sales into months and count them", "Split 2024 into months and count the sales in each one"],
)
def test_what_is_split_into_periods_is_counted_in_each(rows, question):
    assert [count for _, count in rows(question)] == ["1", "2"]


@pytest.mark.parametrize(
    "question",
    [
        "What is the amount of the sales, all added up?",
        "What is the total amount of sales, every channel together?",
        "Adding up all sales, what is the total amount?",
        "total amount of sales, all channels combined",
    ],
)
def test_what_is_put_together_is_one_total(rows, question):
    assert rows(question) == [("2128.5",)]


@pytest.mark.parametrize(
    "question",
    ["Name every city of the customers once", "cities of customers, each one time", "customer cities, no doubles"],
)
def test_each_one_time_is_without_repeats(rows, question):
    assert rows(question) == [("Lyon",), ("Turin",)]


def test_who_came_before_everybody_else_was_the_first(rows):
    assert rows("Which sale was sold before everybody else?") == rows("Which sale was sold first?")


def test_how_high_something_is_on_average_is_its_average(rows):
    assert rows("How high is the price of a product on average?") == rows("average price of products")


def test_the_least_used_is_what_there_is_least_often(rows):
    assert rows("What is the least used category of products?") == rows("least frequent category of products")


@pytest.mark.parametrize("question", ["Which product had how many sales?", "What product was in how many sales?"])
def test_which_had_how_many_asks_for_the_number_of_each(rows, question):
    assert rows(question) == [("Bell", "2"), ("Goat", "1"), ("Rover", "1")]


@pytest.mark.parametrize(
    "question",
    [
        "Which channels were used three times or more?",
        "Which channels were used at least three times?",
        "sale channels with 3+ sales",
    ],
)
def test_what_came_so_many_times_is_counted_by_its_rows(rows, question):
    assert rows(question) == []
    assert [one[0] for one in rows(question.replace("three", "two").replace("3", "2"))] == ["Online", "Shop"]


FINES = """
CREATE TABLE main.fines.fines (fine_id INT, reader STRING, amount DOUBLE, paid_on DATE);
INSERT INTO main.fines.fines VALUES (1, 'Ann', 5.0, DATE'2024-01-01'), (2, 'Bo', 12.5, NULL)
"""


def test_what_is_paid_is_compared_by_its_amount(asked_about, warehouse):
    answer = asked_about("fines", FINES).ask("How many fines of 12 or more are there?")

    assert warehouse.run(answer.sql, read_only=True).rows() == [["1"]]
