"""What lasts from one day to another is running, or still to come, as of today."""

import pytest

TABLES = """
CREATE TABLE main.hall.fairs (fair_id INT, title STRING, opens_on DATE, closes_on DATE, status STRING);
INSERT INTO main.hall.fairs VALUES (1, 'Light', DATE'2023-11-01', DATE'2024-02-28', 'Paused'),
 (3, 'Prints', DATE'2024-09-01', NULL, 'Booked'),
 (2, 'Now Here', DATE'2023-12-15', DATE'2024-06-30', 'Booked');
CREATE TABLE main.hall.guests (guest_id INT, guest_name STRING, tips INT);
INSERT INTO main.hall.guests VALUES (1, 'Ada', 3), (2, 'Bo', 4);
CREATE TABLE main.hall.tickets (ticket_id INT, guest_id INT, fair_id INT, price DECIMAL(6,2));
INSERT INTO main.hall.tickets VALUES (1, 1, 1, 15), (2, 1, 2, 9), (3, 2, 2, 15);
CREATE TABLE main.hall.helpers (helper_id INT, full_name STRING, hire_date DATE, left_on DATE, nationality STRING);
INSERT INTO main.hall.helpers VALUES (1, 'Ana Dias', DATE'2012-01-01', NULL, 'German'),
 (2, 'Rui Reis', DATE'2019-05-01', DATE'2023-08-31', 'French')
"""


@pytest.fixture(scope="module")
def hall(asked_about):
    return asked_about("hall", TABLES)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which fairs are currently running?", {"Now Here"}),
        ("ongoing fairs", {"Now Here"}),
        ("Which fairs are paused at the moment?", {"Light"}),
        ("Which fairs are not running?", {"Light", "Prints"}),
        ("upcoming fairs", {"Prints"}),
        ("Who of the helpers is still here?", {"Ana Dias"}),
    ],
)
def test_a_thing_is_running_between_its_days_and_upcoming_before_them(hall, warehouse, question, titles):
    answer = hall.ask(question)
    assert answer.sql is not None, answer.text
    assert {row[0] for row in warehouse.run(answer.sql).rows()} == titles


def test_a_thing_without_such_days_is_not_active_by_those_of_another(hall):
    assert hall.ask("How many active guests are there?").sql is None


def test_a_verb_before_the_thing_says_which_of_them_and_is_asked_back_for(hall):
    assert hall.ask("How many living guests are there?").sql is None


@pytest.mark.parametrize("question", ["revenue per title", "How much did we earn by title?"])
def test_the_price_of_each_ticket_adds_up_to_the_revenue(hall, warehouse, question):
    answer = hall.ask(question)
    assert answer.sql is not None, answer.text
    assert {tuple(row) for row in warehouse.run(answer.sql).rows()} == {("Light", "15.00"), ("Now Here", "24.00")}


@pytest.mark.parametrize("question", ["current helpers", "active helpers", "helpers from Germany"])
def test_who_has_not_left_is_current_and_a_german_is_from_germany(hall, warehouse, question):
    answer = hall.ask(question)
    assert answer.sql is not None, answer.text
    assert [row[0] for row in warehouse.run(answer.sql).rows()] == ["Ana Dias"]


def test_current_things_that_tell_no_days_are_asked_back_for(hall):
    assert hall.ask("How many current guests are there?").sql is None
