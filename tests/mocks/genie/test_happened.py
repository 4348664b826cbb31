"""Which day is meant where a table has several, one of them only that of the record."""

import pytest

HALL = """
CREATE TABLE main.playhouse.rehearsals (id INT, room STRING, kind STRING, scheduled_at TIMESTAMP, created_at TIMESTAMP);
INSERT INTO main.playhouse.rehearsals VALUES
 (1, 'Red', 'held', TIMESTAMP'2024-01-02 10:00:00', TIMESTAMP'2023-12-01 09:00:00'),
 (2, 'Red', 'held', TIMESTAMP'2024-02-02 10:00:00', TIMESTAMP'2023-12-02 09:00:00');
CREATE TABLE main.playhouse.letters (id INT, status STRING, sent_on DATE, answered_on DATE, created_at TIMESTAMP);
INSERT INTO main.playhouse.letters VALUES
 (1, 'answered', DATE'2024-01-02', DATE'2024-01-09', TIMESTAMP'2023-12-30 09:00:00'),
 (2, 'sent', DATE'2024-02-02', NULL, TIMESTAMP'2023-12-31 09:00:00'),
 (3, 'sent', DATE'2023-02-02', NULL, TIMESTAMP'2023-01-31 09:00:00');
CREATE TABLE main.playhouse.requests (id INT, topic STRING, status STRING, closed_at TIMESTAMP, created_at TIMESTAMP);
INSERT INTO main.playhouse.requests VALUES
 (1, 'Heat', 'closed', TIMESTAMP'2024-02-03 10:00:00', TIMESTAMP'2024-01-02 09:00:00'),
 (2, 'Light', 'open', NULL, TIMESTAMP'2024-02-04 09:00:00');
CREATE TABLE main.playhouse.posts (id INT, title STRING, openings INT, status STRING, opened_on DATE);
INSERT INTO main.playhouse.posts VALUES
 (1, 'Usher', 2, 'open', DATE'2024-01-02'), (2, 'Cellist', 5, 'filled', DATE'2023-01-02')
"""


@pytest.fixture(scope="module")
def hall(asked_about):
    return asked_about("playhouse", HALL)


@pytest.fixture
def told(hall, warehouse):
    def ask(question, *earlier):
        answer = hall.ask(question, earlier)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize("asked", ["How many rehearsals were there in 2024?", "number of rehearsals 2024"])
def test_the_day_on_which_a_thing_is_held_comes_before_that_of_its_record(told, asked):
    assert told(asked) == [("2",)]


def test_the_day_of_the_record_counts_where_the_others_are_not_always_known(told):
    assert told("How many requests came in 2024-01?") == [("1",)]


@pytest.mark.parametrize("asked", ["letters sent by year", "How many letters were sent per year?"])
def test_a_state_by_period_is_the_day_on_which_it_was_reached(told, asked):
    assert told(asked) == [("2023", "1"), ("2024", "2")]


@pytest.mark.parametrize("asked", ["same for 2023", "And in 2023?", "Now the ones from 2023, please."])
def test_another_period_stands_where_the_earlier_one_stood(told, asked):
    assert told(asked, "How many letters sent in 2024 are in each status?") == [("sent", "1")]


def test_what_was_opened_was_so_on_a_day_and_no_opening(told):
    assert [row[0] for row in told("Which posts were opened in January 2024?")] == ["Usher"]


@pytest.mark.parametrize(
    "asked",
    ["How many openings do the open posts have in total?", "sum of openings, open posts", "openings of open posts"],
)
def test_an_open_thing_is_in_that_state_and_is_no_opening(told, asked):
    assert told(asked) == [("2",)]


def test_the_time_from_a_thing_done_to_its_end_is_between_their_days(told):
    assert told("avg days from letter sent to answered") == [("7.0",)]


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("On what day did anybody last get a letter?", "2024-02-02"),
        ("When was the very first letter sent?", "2023-02-02"),
        ("On which day was the last letter answered?", "2024-01-09"),
        ("When was the earliest post opened?", "2023-01-02"),
    ],
)
def test_on_what_day_something_was_first_or_last_is_one_day(told, asked, day):
    assert told(asked) == [(day,)]
