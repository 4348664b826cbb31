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
