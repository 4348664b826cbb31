"""Who did something, whatever the verb: the people to whom the rows of the thing refer."""

from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.museum.artists (artist_id INT, artist_name STRING);
INSERT INTO main.museum.artists VALUES (1, 'Clara Voss'), (2, 'Luc Moreau'), (3, 'Ines Prado');
CREATE TABLE main.museum.artworks (artwork_id INT, title STRING, artist_id INT);
INSERT INTO main.museum.artworks VALUES (1, 'Red Street', 1), (2, 'Harbour at Dawn', 2), (3, 'Grey Woman', 1);
CREATE TABLE main.museum.staff (staff_id INT, staff_name STRING, job STRING, salary INT);
INSERT INTO main.museum.staff VALUES (1, 'Rita Hall', 'Curator', 62), (2, 'Ben Cole', 'Curator', 58),
 (3, 'Olga Lind', 'Director', 98);
CREATE TABLE main.museum.shows (show_id INT, title STRING, curator_id INT, budget INT);
INSERT INTO main.museum.shows VALUES (1, 'Light and Water', 1, 90), (2, 'Now Here', 2, 140), (3, 'Prints', 1, 60);
CREATE TABLE main.museum.visitors (visitor_id INT, visitor_name STRING);
INSERT INTO main.museum.visitors VALUES (1, 'Nora Bell'), (2, 'Paul Ortiz');
CREATE TABLE main.museum.tickets (ticket_id INT, visitor_id INT, show_id INT);
INSERT INTO main.museum.tickets VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1)
"""


@pytest.fixture(scope="module")
def museum(warehouse):
    for statement in ["CREATE SCHEMA main.museum", *TABLES.split(";")]:
        warehouse.run(statement)
    names = ("artists", "artworks", "staff", "shows", "visitors", "tickets")
    tables = ",".join(f'{{"identifier": "main.museum.{name}"}}' for name in names)
    return Engine(
        read_space(f'{{"version": 2, "data_sources": {{"tables": [{tables}]}}}}', warehouse), date(2024, 3, 15)
    )


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who painted Harbour at Dawn?", "Luc Moreau"),
        ("Who made Red Street?", "Clara Voss"),
        ("Who painted the most artworks?", "Clara Voss"),
        ("Who curates Now Here?", "Ben Cole"),
        ("Who visited Now Here?", "Nora Bell"),
        ("Who bought more than one ticket?", "Nora Bell"),
    ],
)
def test_who_did_it_are_the_people_of_the_thing(museum, warehouse, question, who):
    answer = museum.ask(question)
    assert answer.sql is not None, answer.text
    assert [row[0] for row in warehouse.run(answer.sql).rows()] == [who]


def test_a_role_refers_to_the_people_of_whom_some_have_it(museum, warehouse):
    answer = museum.ask("total budget by curator")
    assert answer.sql is not None, answer.text
    assert {tuple(row) for row in warehouse.run(answer.sql).rows()} == {("Rita Hall", "150"), ("Ben Cole", "140")}
