"""For how many persons things are."""

import pytest

TABLES = """
CREATE TABLE main.inn.guests (guest_id INT, first_name STRING, last_name STRING);
INSERT INTO main.inn.guests VALUES (1, 'Ann', 'Lee'), (2, 'Bo', 'Ray');
CREATE TABLE main.inn.halls (hall_id INT, hall_name STRING, capacity INT);
INSERT INTO main.inn.halls VALUES (1, 'Oak', 40), (2, 'Elm', 120);
CREATE TABLE main.inn.bookings (booking_id INT, guest_id INT, hall_id INT, guests_count INT, total_price DOUBLE);
INSERT INTO main.inn.bookings VALUES (1, 1, 1, 2, 90.0), (2, 1, 2, 5, 300.0), (3, 2, 1, 2, 80.0)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    inn = asked_about("inn", TABLES)

    def rows(question):
        answer = inn.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return rows


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many bookings for two people?", ["2"]),
        ("bookings with 5 guests", ["2"]),
        ("bookings for more than 3 guests", ["2"]),
        ("halls that have room for at least 100 people", ["Elm"]),
        ("halls for more than 50 people", ["Elm"]),
    ],
)
def test_persons_for_whom_something_is_are_its_number_of_them(ask, question, found):
    assert ask(question) == found


def test_things_that_refer_to_somebody_are_counted_for_them(ask):
    assert ask("guests with 2 bookings") == ["Lee"]
