"""Questions of several clauses, asides that change nothing, and words that tell of something that happened."""

import json
from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space
from mocks.genie.language.clauses import in_one_clause

TABLES = """
CREATE TABLE main.default.halls (hall_code STRING, hall_name STRING, seat_count INT, is_venue BOOLEAN);
INSERT INTO main.default.halls VALUES ('A', 'Arena', 300, true), ('B', 'Barn', 90, true), ('C', 'Crypt', 40, false);
CREATE TABLE main.default.people (person_id INT, full_name STRING);
INSERT INTO main.default.people VALUES (1, 'Ann Lee'), (2, 'Bob Ray');
CREATE TABLE main.default.loans (loan_id INT, person_id INT, from_hall STRING, to_hall STRING, handed_out DATE,
 returned DATE, pick_up_channel STRING);
INSERT INTO main.default.loans VALUES (1, 1, 'A', 'B', DATE'2024-01-05', DATE'2024-02-01', 'Van'),
 (2, 2, 'A', 'C', DATE'2024-01-20', NULL, 'Bike'), (3, 2, 'A', 'B', DATE'2024-02-09', DATE'2024-02-29', 'Van')
"""


@pytest.fixture(scope="module")
def halls(warehouse):
    for statement in TABLES.split(";"):
        warehouse.run(statement)
    names = ("halls", "people", "loans")
    tables = [{"identifier": f"main.default.{name}"} for name in names]
    engine = Engine(
        read_space(json.dumps({"version": 2, "data_sources": {"tables": tables}}), warehouse), date(2024, 3, 15)
    )

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    yield ask
    for name in names:
        warehouse.run(f"DROP TABLE main.default.{name}")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("In which cities do our customers live, and how many in each?", [("Lyon", "1"), ("Turin", "2")]),
        ("In which cities do how many of our customers live?", [("Lyon", "1"), ("Turin", "2")]),
        ("Which channels are there and how many sales does each have?", [("Online", "2"), ("Shop", "2")]),
        ("How many customers bought something? Count the sales, not the customers.", [("4",)]),
        ("How many sales were there, online ones too?", [("4",)]),
        ("cities with a customer, each once", [("Lyon",), ("Turin",)]),
        ("customers in Turin, just the number", [("2",)]),
        ("How many products are there? Count the sales, not the products.", [("4",)]),
        ("number of customers, number of sales by city", [("Lyon", "1", "2"), ("Turin", "2", "2")]),
    ],
)
def test_two_clauses_that_ask_for_one_thing_are_one(rows, question, expected):
    assert rows(question) == expected


@pytest.mark.parametrize("question", ["For which customers do we have a phone?", "How many tickets? I mean open ones."])
def test_a_second_sentence_that_adds_a_condition_stays(question):
    assert in_one_clause(question) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("returns in February 2024, count", [("2",)]),
        ("Number of returns in February 2024", [("2",)]),
        ("loans by pick up channel", [("Bike", "1"), ("Van", "2")]),
        ("show me our venues", [("Arena",), ("Barn",)]),
        ("How many venues are there?", [("2",)]),
        ("Which halls seat at least 80 people?", [("Arena",), ("Barn",)]),
        ("Which halls take at least 80 people?", [("Arena",), ("Barn",)]),
        ("halls with a seat count of 40", [("Crypt",)]),
        ("number of loans by year and pick up channel", [("Bike", "2024", "1"), ("Van", "2024", "2")]),
    ],
)
def test_a_deed_a_flag_and_a_capacity_are_asked_for_by_their_own_words(halls, question, expected):
    assert halls(question) == expected


@pytest.mark.parametrize(
    "question",
    ["How many halls are the from hall of a loan?", "From how many halls did we lend?"],
)
def test_things_in_a_role_are_those_to_which_rows_refer_by_it(halls, question):
    assert halls(question) == [("1",)]
