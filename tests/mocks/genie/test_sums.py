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


TROOPS = """
CREATE TABLE main.scouts.troop (troop_id INT, name STRING, CONSTRAINT k PRIMARY KEY (troop_id));
INSERT INTO main.scouts.troop VALUES (1, 'Otters'), (2, 'Foxes');
CREATE TABLE main.scouts.scout (scout_id INT, nick STRING, troop_id INT, CONSTRAINT s PRIMARY KEY (scout_id),
 CONSTRAINT t FOREIGN KEY (troop_id) REFERENCES main.scouts.troop (troop_id));
INSERT INTO main.scouts.scout VALUES (1, 'Ann', 1), (2, 'Bo', 1), (3, 'Cy', 2);
CREATE TABLE main.scouts.outing (outing_id INT, scout_id INT, begun DATE COMMENT 'First day of the outing', days DOUBLE,
 CONSTRAINT o FOREIGN KEY (scout_id) REFERENCES main.scouts.scout (scout_id)) COMMENT 'Outings of scouts';
INSERT INTO main.scouts.outing VALUES (1, 1, DATE'2024-01-02', 3), (2, 2, DATE'2024-02-03', 4),
 (3, 3, DATE'2024-02-04', 5)
"""


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many days of outings were there?", ["12.0"]),
        ("outing days per troop", ["Foxes 5.0", "Otters 7.0"]),
        ("total outing days in February 2024", ["9.0"]),
        ("Which troops have more than 6 days of outings altogether?", ["Otters 7.0"]),
        ("How many troops have over 6 outing days?", ["1"]),
    ],
)
def test_days_that_a_column_counts_are_summed_for_each_thing(asked_about, warehouse, question, found):
    answer = asked_about("scouts", TROOPS).ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(" ".join(row) for row in map(tuple, warehouse.run(answer.sql).rows())) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What do the amounts of all sales come to?", [("2128.5",)]),
        ("All amounts added up, over everything we have on record", [("2128.5",)]),
        ("How do the channels compare in their mean amount?", [("Online", "1050.0"), ("Shop", "14.25")]),
        ("Over how many cities are our customers spread?", [("2",)]),
    ],
)
def test_sums_and_their_splits_in_everyday_words(rows, question, found):
    assert rows(question) == found
