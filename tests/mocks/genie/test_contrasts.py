"""Things set beside each other: values of one column and periods, with a number for each."""

import pytest

EACH = [("Online", "2"), ("Shop", "2")]


@pytest.mark.parametrize(
    "question",
    [
        "How do online sales and shop sales compare by number of sales?",
        "Did online or shop have more sales, and how many each?",
        "Which had more sales, online or shop?",
        "How many sales were online and how many in the shop?",
        "How many online, how many shop sales were there?",
        "Are there more online or shop sales?",
        "number of sales online vs. shop",
    ],
)
def test_what_is_set_beside_each_other_is_counted_for_each(rows, question):
    assert rows(question) == EACH


@pytest.mark.parametrize(
    "question",
    ["How much was the amount in 2023 and how much in 2024?", "How do the amounts in 2023 compare with those in 2024?"],
)
def test_periods_set_beside_each_other_have_a_number_each(rows, question):
    assert rows(question) == [("2023", "9.5"), ("2024", "2119.0")]


def test_numbers_of_different_things_stay_beside_each_other(rows):
    assert rows("How many sales were there and how many online?") == [("4", "2")]


def test_more_than_in_another_year_is_the_change(rows):
    assert rows("How many more sales did we have in 2024 than in the year before?") == [("1", "3", "2")]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("half a thousand", 500),
        ("1.1k", 1100),
        ("1.1m euros", 1100000),
        ("a dozen", 12),
        ("two hundred and fifty", 250),
    ],
)
def test_numbers_are_read_however_they_are_written(rows, words, amount):
    assert rows(f"How many products have a price of more than {words}?") == [
        (str(sum(price > amount for price in (900, 1200, 9.5))),)
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What was the amount of each year, and how many euros more or less was that than the year before?",
        "yearly amount + change in euros vs prior year",
        "total amount per year and how much more or less than the year before",
    ],
)
def test_more_or_less_than_the_year_before_is_the_change(rows, question):
    assert rows(question) == [("2023", "9.5", None), ("2024", "2119.0", "2109.5")]


def test_a_defined_measure_is_set_beside_for_each_value(rows):
    defined = {"sql_snippets": {"measures": [{"id": "1", "display_name": "takings", "sql": ["SUM(sales.amount)"]}]}}

    assert rows("takings online vs shop", instructions=defined) == [("Online", "2100.0"), ("Shop", "28.5")]


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between the total online amount and the total shop amount?",
        "total online amount minus total shop amount",
        "How much more amount did online have than shop?",
    ],
)
def test_a_difference_takes_the_one_from_the_other(rows, question):
    assert rows(question) == [("2071.5",)]


@pytest.mark.parametrize(
    "question",
    [
        "How many more customers are there in Turin than in Lyon?",
        "How many fewer customers does Lyon have than Turin?",
        "customers in Turin minus customers in Lyon",
    ],
)
def test_how_many_more_is_a_difference_of_numbers(rows, question):
    assert rows(question) == [("1",)]


TOLLS = """
CREATE TABLE main.tolls.tolls (toll_id INT, gate STRING, amount DOUBLE, paid_on DATE);
INSERT INTO main.tolls.tolls VALUES (1, 'North', 5.0, DATE'2024-01-01'), (2, 'North', 12.5, DATE'2024-01-02'),
 (3, 'North', 2.0, NULL)
"""


def test_how_much_was_paid_is_one_number_for_all_days(asked_about, warehouse):
    answer = asked_about("tolls", TOLLS).ask("How much was paid for North?")

    assert warehouse.run(answer.sql, read_only=True).rows() == [["17.5"]]


def test_what_is_set_beside_may_say_its_thing_again(rows):
    assert rows("How many sales were online compared with sales in the shop?") == EACH


def test_the_number_of_those_of_which_it_is_denied_stands_beside_the_other(rows):
    assert rows("How many sales were online and how many were not?") == [("2", "2")]


def test_the_range_of_a_number_is_the_highest_less_the_lowest(rows):
    assert rows("What is the difference between the highest and the lowest price?") == [("1190.5",)]


@pytest.mark.parametrize("question", ["Do more sales come from online or from shop?", "sales by online vs by shop"])
def test_where_more_comes_from_is_told_with_both_numbers(rows, question):
    assert rows(question) == EACH


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which products cost more than half the average?", [("Goat",), ("Rover",)]),
        ("products with a price of at least 1.5 times the average", [("Goat",)]),
        ("Which products have a price of more than double the average?", []),
    ],
)
def test_a_comparison_may_be_with_so_many_times_the_average(rows, question, names):
    assert rows(question) == names


def test_who_did_how_many_asks_of_each_person(rows):
    assert rows("Who made how many sales?") == [("Ada", "2"), ("Bert", "2")]


def test_two_numbers_for_each_group_stay_beside_each_other(rows):
    asked = "How many online and how many shop sales were there for each product?"

    assert rows(asked) == [("Bell", "0", "2"), ("Goat", "1", "0"), ("Rover", "1", "0")]
