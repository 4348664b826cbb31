"""A firm that keeps its hours in minutes and its ways in metres, whose comments speak of the price of an hour."""

import pytest

FIRM = """
CREATE TABLE main.firm.staff (staff_id INT PRIMARY KEY, full_name STRING, joined_on DATE, left_on DATE);
INSERT INTO main.firm.staff VALUES (1, 'Ada', DATE'2020-01-01', DATE'2023-01-01'), (2, 'Bo', DATE'2021-01-01', NULL);
CREATE TABLE main.firm.entries (entry_id INT PRIMARY KEY, staff_id INT, work_date DATE, minutes INT, activity STRING,
 billable BOOLEAN, rate DOUBLE COMMENT 'Price of the hour', fee_code STRING COMMENT 'How the hour is billed');
INSERT INTO main.firm.entries VALUES (1, 1, DATE'2024-01-02', 90, 'Drafting', TRUE, 200.0, 'A'),
 (2, 1, DATE'2024-02-02', 30, 'Calls', FALSE, 200.0, 'A'), (3, 2, DATE'2024-02-03', 120, 'Drafting', TRUE, 150.0, 'B');
CREATE TABLE main.firm.trips (trip_id INT PRIMARY KEY, staff_id INT, distance_m INT);
INSERT INTO main.firm.trips VALUES (1, 1, 1500), (2, 2, 2500)
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    engine = asked_about("firm", FIRM)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many hours did we record in February 2024?", [("2.5",)]),
        ("hours by activity", [("Calls", "0.5"), ("Drafting", "3.5")]),
        ("How many kilometres did we travel in total?", [("4.0",)]),
    ],
)
def test_what_is_kept_in_one_unit_is_told_in_another(told, question, expected):
    assert told(question) == expected


def test_a_share_of_a_number_is_one_of_its_sum(told):
    assert told("What percentage of the hours is billable?") == [("87.5",)]


def test_nobody_counts_the_hours_from_joining_to_leaving(asked_about):
    assert asked_about("firm", FIRM).ask("Which staff have over 60 hours?").sql is None


def test_a_share_of_what_a_curator_defines_is_one_of_it(asked_about, warehouse):
    hours = {"id": "a", "display_name": "hours", "sql": ["sum(entries.minutes) / 60"]}
    engine = asked_about("firm", FIRM, {"sql_snippets": {"measures": [hours]}})
    answer = engine.ask("What percentage of the hours is billable?")
    assert [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()] == [("87.5",)]
