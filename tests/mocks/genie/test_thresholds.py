"""Thresholds that name no column: the unit beside the number tells which one is meant."""

import pytest

TABLES = """
CREATE TABLE main.yard.plot (plotNo INT, plotName STRING,
 surface INT COMMENT 'Square metres', depth INT COMMENT 'Metres');
INSERT INTO main.yard.plot VALUES (1, 'North', 95, 4), (2, 'South', 40, 100);
CREATE TABLE main.yard.shift (shiftNo INT, plotNo INT, workedOn DATE, hoursDone INT COMMENT 'All hours of the day',
 extraHours INT COMMENT 'Part of hoursDone that goes beyond eight', minutesOnBreak INT,
 CONSTRAINT p FOREIGN KEY (plotNo) REFERENCES main.yard.plot (plotNo));
INSERT INTO main.yard.shift VALUES (1, 1, DATE'2024-01-02', 9, 1, 30), (2, 1, DATE'2024-01-03', 10, 2, 70),
 (3, 2, DATE'2024-01-04', 8, 0, 20)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    built = asked_about("yard", TABLES)

    def asked(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "plots > 90 sqm",
        "Which plots are bigger than 90 square metres?",
        "Which plots measure more than 90 m2?",
        "plots with over ninety square metres of space",
    ],
)
def test_square_metres_are_a_surface_and_no_depth(ask, question):
    assert ask(question) == ["North"]


@pytest.mark.parametrize(
    "question",
    [
        "How many shifts lasted at least nine hours?",
        "shifts with at least 9 hours, count",
        "How many shifts show 9 hours or more?",
    ],
)
def test_hours_are_the_whole_and_no_part_of_them(ask, question):
    assert ask(question) == ["2"]


def test_minutes_are_those_of_the_column_that_counts_them(ask):
    assert ask("shifts over 60 min, count") == ["1"]
