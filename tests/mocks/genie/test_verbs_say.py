"""Verbs say no more than they do: who reported it, when somebody left, and what has run out by now."""

import pytest

GYM = """
CREATE TABLE main.gym.trainers (trainer_id INT, trainer_name STRING, left_on DATE,
 licence_valid_until DATE COMMENT 'Last day on which the licence holds');
INSERT INTO main.gym.trainers VALUES (1, 'Ann', NULL, DATE'2025-01-31'), (2, 'Bea', DATE'2024-02-10', DATE'2024-01-31');
CREATE TABLE main.gym.faults (fault_id INT, trainer_id INT, reported_by INT COMMENT 'Trainer who told us, if any',
 reported_on DATE, kind STRING COMMENT 'SAF = safety, ELE = electrical', tip DOUBLE);
INSERT INTO main.gym.faults VALUES (1, 1, 1, DATE'2024-02-01', 'SAF', 5), (2, 2, NULL, DATE'2024-02-20', 'ELE', 7),
 (3, 1, NULL, DATE'2023-05-05', 'SAF', NULL);
COMMENT ON TABLE main.gym.faults IS 'Electrical and safety faults of the machines';
CREATE TABLE main.gym.members (member_id INT, member_name STRING, employment STRING,
 trainer_id INT, end_date DATE);
INSERT INTO main.gym.members VALUES (1, 'Cy', 'Employed', 1, DATE'2024-03-01'),
 (2, 'Di', 'Retired', 2, DATE'2025-03-01'),
 (3, 'Ed', 'Employed', 1, DATE'2024-12-01')
"""


@pytest.fixture(scope="module")
def gym(asked_about):
    return asked_about("gym", GYM)


@pytest.fixture
def found(gym, warehouse):
    def ask(question):
        answer = gym.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many faults were reported in February 2024?", 2),
        ("faults reported 2024, count", 2),
        ("How many faults have been reported?", 3),
        ("How many faults were reported by trainers in 2024?", 1),
    ],
)
def test_what_was_reported_on_a_day_need_not_have_been_reported_by_somebody(found, question, count):
    assert found(question) == [(str(count),)]


def test_a_kind_is_none_of_the_words_that_the_comment_of_the_table_says_anyway(found):
    assert found("How many safety faults are there?") == [("2",)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which trainers have an expired licence?", ["Bea"]),
        ("trainers whose licence has run out", ["Bea"]),
        ("Which trainers are no longer licensed?", ["Bea"]),
        ("trainers whose licence is still valid", ["Ann"]),
        ("Which trainers have a licence that has not expired?", ["Ann"]),
    ],
)
def test_what_has_run_out_did_so_before_today(found, question, names):
    assert [row[0] for row in found(question)] == names


def test_a_column_is_called_by_its_name_and_no_value_of_it(found):
    assert found("members by employment") == [("Employed", "2"), ("Retired", "1")]


def test_a_verb_is_no_day_of_people_that_the_question_does_not_name(found):
    assert found("How much did we leave in tips on faults in 2024?") == [("12.0",)]


def test_a_verb_before_an_outcome_is_no_day(asked_about, warehouse):
    tests = """
    CREATE TABLE main.tests.checks (check_id INT, checked_on DATE, result STRING, fixed_on DATE);
    INSERT INTO main.tests.checks VALUES (1, DATE'2024-01-01', 'failed', NULL), (2, DATE'2024-01-02', 'failed',
     DATE'2024-02-02'), (3, DATE'2024-01-03', 'passed', NULL)
    """

    answer = asked_about("tests", tests).ask("How many checks ended with the result failed?")

    assert [tuple(row) for row in warehouse.run(answer.sql).rows()] == [("2",)]


def test_outside_people_are_those_from_outside(asked_about):
    club = """
    CREATE TABLE main.club.helpers (helper_id INT, helper_name STRING, favoured STRING COMMENT 'Y or N');
    INSERT INTO main.club.helpers VALUES (1, 'Ann', 'Y'), (2, 'Bea', 'N');
    COMMENT ON TABLE main.club.helpers IS 'Outside coaches we pay for part of the training'
    """

    answer = asked_about("club", club).ask("Which outside coaches do we mark as favoured?")

    assert "NOT" not in answer.sql
    assert "favoured" in answer.sql


INN = """
CREATE TABLE main.inn.stays (stay_id INT, booked_on DATE, state STRING COMMENT 'C = cancelled, D = done',
 chan STRING COMMENT 'P = telephone, B = booking portal');
INSERT INTO main.inn.stays VALUES (1, DATE'2024-01-01', 'C', 'P'), (2, DATE'2024-02-01', 'D', 'B'),
 (3, DATE'2023-02-01', 'D', 'P')
"""


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many bookings did we have?", "3"),
        ("How many bookings were cancelled?", "1"),
        ("How many bookings were there in 2024?", "2"),
    ],
)
def test_bookings_are_the_rows_each_of_which_was_booked_on_a_day(asked_about, warehouse, question, count):
    answer = asked_about("inn", INN).ask(question)

    assert warehouse.run(answer.sql, read_only=True).rows() == [[count]]
