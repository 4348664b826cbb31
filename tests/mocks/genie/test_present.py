"""What is so at present, who comes again, and states that comments and names of columns tell."""

import pytest

TABLES = """
CREATE TABLE main.spa.visitors (visitor_id INT, first_name STRING, last_name STRING, email STRING,
 died_on DATE, level STRING COMMENT 'Silver or Gold, not set while the visitor is on trial',
 banned_on DATE COMMENT 'only for visitors who were banned');
INSERT INTO main.spa.visitors VALUES (1, 'Ann', 'Ash', 'ann@gmail.com', NULL, 'Gold', NULL),
 (2, 'Bo', 'Bay', 'bo@web.de', DATE'2023-09-09', NULL, NULL), (3, 'Cy', 'Cox', NULL, NULL, 'Silver', DATE'2024-01-01');
CREATE TABLE main.spa.houses (house_id INT, house_name STRING);
INSERT INTO main.spa.houses VALUES (1, 'Pine'), (2, 'Fir');
CREATE TABLE main.spa.stays (stay_id INT, visitor_id INT, house_id INT, check_in DATE, check_out DATE);
INSERT INTO main.spa.stays VALUES (1, 1, 1, DATE'2024-03-10', DATE'2024-03-20'), (2, 1, 2, DATE'2023-01-01',
 DATE'2023-01-05'), (3, 2, 2, DATE'2023-02-01', DATE'2023-02-03'), (4, 3, 2, DATE'2024-03-14', DATE'2024-03-16');
CREATE TABLE main.spa.staff (staff_id INT, full_name STRING, house_id INT, hired_on DATE, left_on DATE,
 is_full_time BOOLEAN);
INSERT INTO main.spa.staff VALUES (1, 'Di', 1, DATE'2020-01-01', NULL, TRUE), (2, 'Ed', 1, DATE'2020-01-01',
 DATE'2022-01-01', FALSE);
CREATE TABLE main.spa.reviews (review_id INT, stay_id INT, body STRING, visible BOOLEAN);
INSERT INTO main.spa.reviews VALUES (1, 1, 'Lovely music', TRUE), (2, 2, 'Cold water', FALSE)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    spa = asked_about("spa", TABLES)

    def rows(question):
        answer = spa.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return rows


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("visitors currently in the house", ["Ash", "Cox"]),
        ("Which visitors are staying right now?", ["Ash", "Cox"]),
        ("visitors who are staying in the house Pine", ["Ash"]),
        ("How many staff does the house Pine currently have?", ["1"]),
        ("current Pine staff", ["Di"]),
        ("current number of full time people among the staff", ["1"]),
    ],
)
def test_a_word_for_the_present_asks_for_what_has_begun_and_has_not_ended(ask, question, found):
    assert ask(question) == found


def test_a_word_for_the_present_adds_nothing_to_a_state(ask):
    assert ask("visitors who are currently banned") == ["Cox"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("repeat visitors", ["Ash"]),
        ("returning visitors", ["Ash"]),
        ("How many one-time visitors?", ["2"]),
    ],
)
def test_who_comes_again_has_more_than_one_of_what_happens(ask, question, found):
    assert ask(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("visitors on trial", ["Bay"]),
        ("banned visitors", ["Cox"]),
        ("visitors who are still alive", ["Ash", "Cox"]),
        ("Gold members", ["Ash"]),
        ("part-time staff", ["Ed"]),
        ("hidden reviews", ["2"]),
    ],
)
def test_states_are_told_by_comments_and_by_the_opposite_of_a_flag(ask, question, found):
    assert ask(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("reviews mentioning music", ["1"]),
        ("visitors with a gmail address", ["Ash"]),
        ("visitors with an e-mail at web.de", ["Bay"]),
    ],
)
def test_parts_of_a_text_are_looked_for_in_what_holds_it(ask, question, found):
    assert ask(question) == found
