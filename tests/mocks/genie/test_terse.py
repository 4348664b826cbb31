"""Questions in a few words, and words that stand for a thing and for something of it."""

import pytest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("online sales, count", [("2",)]),
        ("sales in February 2024: how many", [("2",)]),
        ("customers in Turin, number", [("2",)]),
        ("customer cities, how many", [("2",)]),
        ("How many product categories are there?", [("3",)]),
        ("customers with two sales or more", [("Ada", "2"), ("Bert", "2")]),
    ],
)
def test_what_is_asked_at_the_end_is_asked_of_all_before_it(rows, question, expected):
    assert rows(question) == expected


def test_a_synonym_for_a_name_does_not_keep_the_things_from_being_counted(rows):
    named = {"column_configs": [{"column_name": "product_name", "synonyms": ["product", "article"]}]}

    assert rows("How many products are there?", products=named) == [("3",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the most frequent channel in each year", [("2023", "Shop", "1"), ("2024", "Online", "2")]),
        ("For each city, please show the number of customers", [("Lyon", "1"), ("Turin", "2")]),
    ],
)
def test_the_most_frequent_is_found_by_counting(rows, question, expected):
    assert [(str(row[0])[:4] if str(row[0])[:2] == "20" else row[0], *row[1:]) for row in rows(question)] == expected


def test_the_most_frequent_thing_is_that_of_which_there_are_most_rows(rows):
    assert rows("Which product is the most popular?") == [("Bell", "2")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("sales 1-15 February 2024, count", [("1",)]),
        ("sales between the 10th of January and the 11th of February 2024: how many", [("2",)]),
        ("sales in the last two months of 2023, count", [("1",)]),
    ],
)
def test_days_of_a_month_are_said_in_many_ways(rows, question, expected):
    assert rows(question) == expected


def test_the_rate_of_a_state_is_its_share(rows, warehouse, engine):
    warehouse.run("CREATE OR REPLACE TABLE main.default.parcels (parcel_id INT, lost BOOLEAN, carrier STRING)")
    warehouse.run("INSERT INTO main.default.parcels VALUES (1, true, 'A'), (2, false, 'A'), (3, false, 'B')")
    answer = engine(more=["parcels"]).ask("lost rate of parcels by carrier")

    assert sorted(map(tuple, warehouse.run(answer.sql).rows())) == [("A", "50.00"), ("B", "0.00")]


def test_a_value_alone_goes_on_from_the_question_before(rows):
    assert rows("online only", "Number of sales by channel") == [("Online", "2")]


DEPOTS = """
CREATE TABLE main.depots.supply_depot (supply_depot_id INT, town STRING, closed_on DATE, loading_minutes INT,
 break_minutes INT COMMENT 'Time for lunch');
INSERT INTO main.depots.supply_depot VALUES (1, 'Lyon', NULL, 5, 60), (2, 'Turin', DATE'2024-01-02', 50, 30)
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("# supply depots in Lyon", "1"),
        ("supply depots in Turin, count", "1"),
        ("How many supply depots are there in Lyon? Please include the closed ones.", "1"),
        ("How many supply depots do we have? Include closed ones too.", "2"),
        ("How many supply depots have a loading time of more than 45 minutes?", "1"),
        ("supply depots with a loading time under 10 minutes: how many", "1"),
    ],
)
def test_a_noun_is_no_order_and_what_is_counted_as_well_is_no_condition(asked_about, warehouse, question, expected):
    assert [tuple(map(str, r)) for r in warehouse.run(asked_about("depots", DEPOTS).ask(question).sql).rows()] == [
        (expected,)
    ]


def test_a_noun_behind_please_is_an_order(rows):
    assert rows("Kindly present the number of sales by channel") == [("Online", "2"), ("Shop", "2")]
    assert rows("Please state, for online sales, the total amount") == [("2100.0",)]
