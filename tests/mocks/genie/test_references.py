"""In which role a row is meant, where a table refers to another, or to itself, in several ways."""

import json
from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.default.ports (port_code STRING, port_name STRING, nation STRING);
INSERT INTO main.default.ports VALUES ('A', 'Aden', 'Yemen'), ('B', 'Bari', 'Italy'), ('C', 'Como', 'Italy');
CREATE TABLE main.default.pilots (pilot_id INT, first_name STRING, last_name STRING, coach_id INT);
INSERT INTO main.default.pilots VALUES (1, 'Ann', 'Lee', NULL), (2, 'Bob', 'Ray', 1), (3, 'Cy', 'Lee', 2);
CREATE TABLE main.default.voyages (voyage_id INT, origin_port STRING, destination_port STRING, guest STRING,
 pilot_id INT, nation STRING);
INSERT INTO main.default.voyages VALUES (1, 'A', 'B', 'Ann Lee', 3, 'Malta'), (2, 'A', 'C', 'Dot Fox', 2, 'Malta'),
 (3, 'B', 'A', 'Eve Orr', 1, 'Malta')
"""


@pytest.fixture(scope="module")
def sea(warehouse):
    for statement in TABLES.split(";"):
        warehouse.run(statement)
    names = ("ports", "pilots", "voyages")
    tables = [{"identifier": f"main.default.{name}"} for name in names]
    spec = json.dumps({"version": 2, "data_sources": {"tables": tables}})
    yield Engine(read_space(spec, warehouse), date(2024, 3, 15))
    for name in names:
        warehouse.run(f"DROP TABLE main.default.{name}")


@pytest.mark.parametrize(
    "question",
    ["pilots coached by Ann Lee", "Which pilots have Ann Lee as their coach?", "the pilots whose coach is Ann Lee"],
)
def test_a_full_name_in_two_columns_says_who_stands_above(sea, warehouse, question):
    answer = sea.ask(question)

    assert answer.sql is not None, answer.text
    assert {"Bob", "Ray"} == {str(cell) for row in warehouse.run(answer.sql).rows() for cell in row}


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("How many voyages go to each port name?", {"Aden": 1, "Bari": 1, "Como": 1}),
        ("number of voyages from each port name", {"Aden": 2, "Bari": 1}),
    ],
)
def test_a_preposition_or_the_name_of_a_role_says_which_way_a_group_is_meant(sea, warehouse, question, counts):
    answer = sea.ask(question)

    assert answer.sql is not None, answer.text
    assert {row[0]: int(row[1]) for row in warehouse.run(answer.sql).rows()} == counts
