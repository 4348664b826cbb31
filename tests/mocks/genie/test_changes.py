"""Numbers over time, and several numbers in one question."""

import pytest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("total amount by month with the change from the previous month",
         [("2023-12-01", "9.5", None), ("2024-01-01", "900.0", "890.5"), ("2024-02-01", "1219.0", "319.0")]),
        ("month over month growth of sales",
         [("2023-12-01", "1", None), ("2024-01-01", "1", "0.0"), ("2024-02-01", "2", "100.0")]),
        ("running total of amount by month",
         [("2023-12-01", "9.5"), ("2024-01-01", "909.5"), ("2024-02-01", "2128.5")]),
        ("cumulative number of sales by year", [("2023", "1"), ("2024", "4")]),
    ],
)  # fmt: skip
def test_a_series_shows_its_change_or_its_running_total(rows, question, expected):
    assert [(row[0][:10], *row[1:]) for row in rows(question)] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("By how many percent did the number of sales grow from 2023 to 2024?", [("200.0",)]),
        ("How did total amount change from January 2024 to February 2024?", [("900.0", "1219.0", "319.0")]),
        ("change in sales this year compared to the previous year", [("1", "3", "2")]),
    ],
)
def test_two_periods_are_set_against_each_other(rows, question, expected):
    assert rows(question) == expected


def test_two_periods_without_a_word_of_change_stand_one_below_the_other(rows):
    found = rows("number of sales in 2023 vs 2024")

    assert [(row[0][:4], row[1]) for row in found] == [("2023", "1"), ("2024", "3")]


def test_what_is_no_sum_count_or_average_has_no_change(engine):
    assert engine().ask("list channel by month with the change from the previous month").sql is None


@pytest.mark.parametrize(
    "question", ["compare 2023 and 2024", "growth compared with last year", "change from the year before"]
)
def test_a_change_of_nothing_asks_back(engine, question):
    assert engine().ask(question).sql is None


def test_a_change_over_no_period_asks_back(engine):
    assert engine().ask("change in sales by city").sql is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("For each product, the number of sales and the total quantity",
         [("Bell", "2", "3"), ("Goat", "1", "1"), ("Rover", "1", "1")]),
        ("number of customers and number of products", [("3", "3")]),
        ("total amount divided by total quantity by channel", [("Online", "1050.0"), ("Shop", "9.5")]),
        ("ratio of amount to quantity", [("425.7",)]),
    ],
)  # fmt: skip
def test_several_numbers_stand_side_by_side_or_are_divided(rows, question, expected):
    assert rows(question) == expected


def test_numbers_of_different_tables_are_counted_apart_with_zero_for_none(warehouse, engine):
    warehouse.run("CREATE OR REPLACE TABLE main.default.calls (call_id INT, customer_id INT)")
    warehouse.run("INSERT INTO main.default.calls VALUES (1, 1), (2, 3), (3, 3)")
    answer = engine(more=["calls"]).ask("How many sales and how many calls does each customer have?")

    found = sorted(map(tuple, warehouse.run(answer.sql, read_only=True).rows()))
    assert found == [("Ada", "2", "1"), ("Bert", "2", "0"), ("Cleo", "0", "2")]


@pytest.mark.parametrize(
    "question",
    [
        "By the end of each month of 2024, what amount had we sold since January?",
        "cumulative sales by month in 2024",
    ],
)
def test_what_had_come_together_by_the_end_of_each_month_is_a_running_total(rows, question):
    assert [(month[:7], total) for month, total in rows(question)] == [("2024-01", "900.0"), ("2024-02", "2119.0")]


@pytest.mark.parametrize(
    "question",
    [
        "number of sales in the previous calendar month compared with that of the month preceding it",
        "How many sales were there last month, and how many in the month before that?",
    ],
)
def test_a_month_is_set_against_the_one_before_it(rows, question):
    assert {value for row in rows(question) for value in row} >= {"1", "2"}
