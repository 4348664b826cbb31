"""Lists of values, and what is meant where a list goes on."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "How many products are there for each sort: road bikes, mountain bikes and so on?",
        "How many products are a road bike, a part, and so forth?",
        "How many road bikes, parts etc. do we have?",
        "Number of products per category (road bike, mountain bike and the like)",
        "How many products are road bikes, how many are mountain bikes and so on?",
    ],
)
def test_a_list_that_goes_on_leaves_nothing_out(rows, question):
    assert rows(question) == [("Mountain bike", "1"), ("Part", "1"), ("Road bike", "1")]


def test_the_other_kinds_are_counted_one_by_one_as_well(rows):
    assert rows("What is the total amount by shop and by the other channels?") == [
        ("Online", "2100.0"),
        ("Shop", "28.5"),
    ]


def test_a_list_that_ends_leaves_the_rest_out(rows):
    assert rows("Number of products per category, for road bikes and parts") == [("Part", "1"), ("Road bike", "1")]


def test_a_way_of_doing_something_is_what_a_channel_holds(rows):
    assert rows("How many sales were there for each way of selling?") == [("Online", "2"), ("Shop", "2")]


SHIPS = """
CREATE TABLE main.ships.berths (berth_id INT, state STRING, opened_on DATE);
INSERT INTO main.ships.berths VALUES (1, 'Open', DATE'2024-01-01'), (2, 'Closed', NULL), (3, 'Flooded', NULL)
"""


def test_a_word_of_a_list_is_of_the_column_that_the_others_are_of(asked_about, warehouse):
    answer = asked_about("ships", SHIPS).ask("How many berths are flooded, open or closed?")

    rows = warehouse.run(answer.sql, read_only=True).rows()
    assert sorted(rows) == [["Closed", "1"], ["Flooded", "1"], ["Open", "1"]]


@pytest.mark.parametrize(
    "question",
    [
        "List the shop sales with the customer and the amount.",
        "shop sales: customer + amount",
        "Show the shop sales and their customer with the amount",
    ],
)
def test_whom_each_row_is_of_is_shown_where_that_is_asked(rows, question):
    assert [(row[-2], float(row[-1])) for row in rows(question)] == [("Ada", 19.0), ("Bert", 9.5)]


def test_of_whom_each_has_several_nothing_is_left_out(engine):
    assert engine().ask("List the products and their customers").sql is None


@pytest.mark.parametrize(
    "question", ["Name every city where we have a customer.", "Give me each city of our customers"]
)
def test_every_one_that_is_to_be_named_is_listed_and_not_counted(rows, question):
    assert rows(question) == [("Lyon",), ("Turin",)]
