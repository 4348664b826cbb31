"""A chain of playhouses: two kinds of takings, and two ways from an order to a house, one over members who may lack."""

import pytest

PLAYHOUSE = """
CREATE TABLE main.playhouse.houses (house_id INT PRIMARY KEY, house_name STRING);
INSERT INTO main.playhouse.houses VALUES (1, 'Globe'), (2, 'Rose');
CREATE TABLE main.playhouse.members (member_id INT PRIMARY KEY, full_name STRING, joined_on DATE,
 favourite_house_id INT,
 CONSTRAINT liked FOREIGN KEY (favourite_house_id) REFERENCES main.playhouse.houses (house_id));
INSERT INTO main.playhouse.members VALUES (1, 'Ada', DATE'2023-05-01', 2), (2, 'Bo', DATE'2024-01-02', NULL);
CREATE TABLE main.playhouse.plays (play_id INT PRIMARY KEY, title STRING, genre STRING, runtime_min INT);
INSERT INTO main.playhouse.plays VALUES (1, 'What the Sea Keeps', 'Drama', 95), (2, 'Long Night Now', 'Drama', 180),
 (3, 'Two Hats', 'Farce', 80);
CREATE TABLE main.playhouse.nights (night_id INT PRIMARY KEY, play_id INT, house_id INT, starts_at TIMESTAMP);
INSERT INTO main.playhouse.nights VALUES (1, 1, 1, TIMESTAMP'2024-01-20 20:00:00'),
 (2, 2, 1, TIMESTAMP'2024-02-20 20:00:00'), (3, 3, 2, TIMESTAMP'2024-02-21 20:00:00');
CREATE TABLE main.playhouse.bookings (booking_id INT PRIMARY KEY, night_id INT, member_id INT, booked_at TIMESTAMP,
 seats INT, amount DOUBLE COMMENT 'Seat takings in euros');
INSERT INTO main.playhouse.bookings VALUES (1, 1, 1, TIMESTAMP'2024-01-02 10:00:00', 2, 40.0),
 (2, 2, NULL, TIMESTAMP'2024-02-02 10:00:00', 1, 40.0), (3, 3, 2, TIMESTAMP'2024-02-03 10:00:00', 3, 60.0);
CREATE TABLE main.playhouse.drink_sales (sale_id INT PRIMARY KEY, house_id INT, sold_at TIMESTAMP, item STRING, qty INT,
 unit_price DOUBLE, member_id INT);
INSERT INTO main.playhouse.drink_sales VALUES (1, 1, TIMESTAMP'2024-01-20 19:00:00', 'Tea', 2, 3.0, 1),
 (2, 2, TIMESTAMP'2024-02-21 19:00:00', 'Wine', 1, 7.0, NULL)
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    engine = asked_about("playhouse", PLAYHOUSE)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


def test_a_way_on_which_no_row_gets_lost_goes_before_a_shorter_one_in_a_role(told):
    assert sorted(told("Total seat takings by house")) == [("Globe", "80.0"), ("Rose", "60.0")]


def test_a_role_that_is_named_leads_its_own_way(told):
    assert told("How many bookings were made by members whose favourite house is Rose?") == [("1",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did we take on drinks in 2024?", [("13.0",)]),
        ("What did we take on seats in January 2024?", [("40.0",)]),
        ("drink takings 2024", [("13.0",)]),
        ("How much did each house take on drinks?", [("Globe", "6.0"), ("Rose", "7.0")]),
    ],
)
def test_what_is_taken_on_something_is_its_own_revenue(told, question, expected):
    assert sorted(told(question)) == expected


def test_the_longest_title_of_each_genre_shows_the_genre(told):
    assert sorted(told("longest title per genre")) == [("Drama", "Long Night Now", "180"), ("Farce", "Two Hats", "80")]


def test_a_title_that_begins_like_a_question_is_not_meant_by_it(told):
    assert told("What's the longest play we have?") == [("Long Night Now", "180")]


def test_a_now_inside_a_title_asks_for_nothing_present(told):
    assert told("How many bookings for Long Night Now") == [("1",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many bookings were made by members?", "2"),
        ("How many bookings are from members?", "2"),
        ("What percentage of bookings were made by members?", "66.67"),
    ],
)
def test_what_some_did_leaves_out_what_nobody_did(told, question, expected):
    assert told(question) == [(expected,)]
