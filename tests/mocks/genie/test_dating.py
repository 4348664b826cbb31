"""By which day things count that have several, and what only sounds like a time."""

import pytest

TABLES = """
CREATE TABLE main.cinema.baskets (basket_id INT, paid_at TIMESTAMP);
INSERT INTO main.cinema.baskets VALUES (1, TIMESTAMP'2023-05-06 20:00:00'), (2, TIMESTAMP'2024-01-08 09:00:00');
CREATE TABLE main.cinema.passes (pass_id INT, basket_id INT, pass_type STRING, season INT, used_at TIMESTAMP,
 refunded_on DATE);
INSERT INTO main.cinema.passes VALUES (1, 1, 'Weekend Pass', 2024, TIMESTAMP'2024-03-01 10:00:00', NULL),
 (2, 1, 'Day Pass', 2023, NULL, DATE'2024-02-02'), (3, 2, 'Weekend Pass', 2024, NULL, NULL)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    cinema = asked_about("cinema", TABLES)

    def rows(question):
        answer = cinema.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return rows


@pytest.mark.parametrize("question", ["How many passes did we sell in 2023?", "passes in 2023, how many"])
def test_parts_that_may_never_reach_their_own_days_have_the_day_of_their_whole(ask, question):
    assert ask(question) == [("2",)]


def test_a_later_day_counts_where_the_question_names_it(ask):
    assert ask("How many passes were refunded in 2024?") == [("1",)]


@pytest.mark.parametrize(
    "question", ["How many weekend passes for the 2024 season?", "weekend passes, season 2024, count"]
)
def test_a_series_that_is_told_apart_by_its_year_has_the_year_that_stands_beside_it(ask, question):
    assert ask(question) == [("2",)]


def test_a_value_of_several_words_is_no_time_that_one_of_them_names(ask):
    assert ask("How many weekend passes?") == [("2",)]


def test_a_time_is_one_though_a_word_of_it_stands_in_some_value(ask):
    assert ask("How many baskets were paid on weekends?") == [("1",)]


STAR = """
CREATE TABLE main.dental.dim_dent (dent_sk INT, dent_nm STRING, hire_dt DATE, term_dt DATE);
INSERT INTO main.dental.dim_dent VALUES (1, 'Dr. May', DATE'2010-01-01', NULL),
 (2, 'Dr. Kahn', DATE'2015-06-01', DATE'2023-06-30');
CREATE TABLE main.dental.fct_appt (appt_sk INT, dent_sk INT, bkd_ts TIMESTAMP, start_ts TIMESTAMP, end_ts TIMESTAMP);
INSERT INTO main.dental.fct_appt VALUES
 (1, 1, TIMESTAMP'2024-01-02 10:00:00', TIMESTAMP'2024-02-10 19:00:00', TIMESTAMP'2024-02-10 19:30:00'),
 (2, 2, TIMESTAMP'2024-02-01 10:00:00', TIMESTAMP'2024-03-15 09:00:00', TIMESTAMP'2024-03-15 09:45:00');
CREATE TABLE main.dental.reservations (reservation_id INT, booked_on DATE, check_in DATE, check_out DATE);
INSERT INTO main.dental.reservations VALUES (1, DATE'2024-01-01', DATE'2024-02-02', DATE'2024-02-05')
"""


@pytest.fixture(scope="module")
def dental(asked_about, warehouse):
    clinic = asked_about("dental", STAR)

    def first(question):
        answer = clinic.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return first


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many appointments were there in February 2024?", ["1"]),
        ("How many appointments were booked in January 2024?", ["1"]),
        ("How many evening appointments?", ["1"]),
        ("How many of today's appointments?", ["1"]),
        ("How many reservations in January 2024?", ["1"]),
        ("How many reservations arriving in February 2024?", ["1"]),
    ],
)
def test_a_thing_counts_by_the_day_it_is_named_after_or_else_by_that_on_which_it_begins(dental, question, found):
    assert dental(question) == found


def test_surrogate_keys_join_and_the_present_counts_who_has_not_left(dental):
    assert dental("appointments with Dr. May") == ["1"]
    assert dental("How many dents do we have now?") == ["1"]
