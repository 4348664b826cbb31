"""A subtitling firm: codes of languages from which and into which, planned days, a rate of a minute, equal titles."""

import pytest

SUBTITLES = """
CREATE TABLE main.subs.studios (studio_id INT PRIMARY KEY, studio_name STRING,
 country STRING COMMENT 'Two-letter ISO code');
INSERT INTO main.subs.studios VALUES (1, 'Ada Films', 'DE'), (2, 'Bo Films', 'GB');
CREATE TABLE main.subs.linguists (linguist_id INT PRIMARY KEY, full_name STRING, minute_rate DOUBLE);
INSERT INTO main.subs.linguists VALUES (1, 'Ann Lee', 7.0), (2, 'Ben Roy', 9.0);
CREATE TABLE main.subs.films (film_id INT PRIMARY KEY, studio_id INT, title STRING, ordered_on DATE, delivered_on DATE,
 status STRING);
INSERT INTO main.subs.films VALUES (1, 1, 'Dawn', DATE'2024-01-01', DATE'2024-03-01', 'delivered'),
 (2, 1, 'Dusk', DATE'2024-02-01', DATE'2024-02-20', 'delivered'), (3, 2, 'Dusk', DATE'2024-02-09', NULL, 'open'),
 (4, 2, 'Noon', DATE'2024-01-09', NULL, 'open'), (5, 2, 'Night', DATE'2024-01-10', NULL, 'open');
CREATE TABLE main.subs.tasks (task_id INT PRIMARY KEY, film_id INT, linguist_id INT,
 source_lang STRING COMMENT 'Code of a language', target_lang STRING COMMENT 'Code of a language',
 assigned_on DATE, due_on DATE, delivered_on DATE, minutes INT);
INSERT INTO main.subs.tasks VALUES (1, 1, 1, 'en', 'de', DATE'2024-01-02', DATE'2024-01-09', DATE'2024-01-10', 90),
 (2, 1, 2, 'en', 'nl', DATE'2024-01-02', DATE'2024-01-09', DATE'2024-01-08', 80),
 (3, 2, 1, 'en', 'nl', DATE'2024-02-02', DATE'2024-02-09', NULL, 70),
 (4, 3, NULL, 'de', 'fr', NULL, DATE'2024-03-01', NULL, 60);
CREATE TABLE main.subs.bills (bill_id INT PRIMARY KEY, film_id INT, bill_number STRING, issued_on DATE,
 payment_days INT COMMENT 'Days to pay, counted from issued_on', net DOUBLE, paid_on DATE);
INSERT INTO main.subs.bills VALUES (1, 1, 'B-1', DATE'2024-03-02', 30, 900.0, DATE'2024-03-05'),
 (2, 2, 'B-2', DATE'2024-03-01', 14, 500.0, DATE'2024-03-09')
"""


@pytest.fixture(scope="module")
def engine(asked_about):
    return asked_about("subs", SUBTITLES)


@pytest.fixture(scope="module")
def told(engine, warehouse):
    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many tasks into Dutch are there?", [("2",)]),
        ("number of tasks from German", [("1",)]),
        ("How many German studios are there?", [("1",)]),
        ("studios from the United Kingdom", [("Bo Films",)]),
    ],
)
def test_codes_of_languages_and_countries_are_known_by_name(told, question, expected):
    assert told(question) == expected


def test_into_each_language_is_the_one_to_which_it_goes(told):
    assert told("minutes into each language in total") == [("de", "90"), ("fr", "60"), ("nl", "150")]


@pytest.mark.parametrize("question", ["Which language pair has the most tasks?", "language pair with most tasks"])
def test_a_pair_is_both_columns_of_the_same_name(told, question):
    assert told(question) == [("en", "nl", "2")]


def test_films_of_the_same_title_are_listed_by_it(told):
    assert told("Which films are open?") == [("Dusk",), ("Night",), ("Noon",)]


@pytest.mark.parametrize("question", ["Which film was delivered most recently?", "most recently delivered film"])
def test_what_was_done_last_is_told_by_the_day_of_that_and_not_by_its_state(told, question):
    assert told(question)[0][0] == "Dawn"


def test_a_bill_that_was_paid_last_is_ranked_by_that_day_and_not_by_the_days_to_pay(told):
    assert told("Which bill was paid last?") == [("B-2",)]


def test_later_than_agreed_is_after_the_day_on_which_it_was_due(told):
    assert told("How many tasks came in later than agreed?") == [("1",)]


def test_days_are_not_compared_with_prices(engine):
    assert engine.ask("How many tasks came in later than their minute rate?").sql is None


def test_a_rate_per_something_is_the_column_called_so(told):
    assert told("Which linguist has the lowest rate per minute?") == [("Ann Lee", "7.0")]


def test_a_minimum_of_things_is_how_many_there_must_be(told):
    assert told("linguists with min 2 tasks") == [("Ann Lee", "2")]
