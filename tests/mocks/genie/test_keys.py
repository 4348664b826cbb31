"""Tables belong together by the keys that the catalog declares and by the joins that a curator tells."""

import json
from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

SQL = """
CREATE SCHEMA IF NOT EXISTS main.fleet;
CREATE OR REPLACE TABLE main.fleet.skippers (badge STRING, full_name STRING, CONSTRAINT s_pk PRIMARY KEY (badge));
INSERT INTO main.fleet.skippers VALUES ('b1', 'Ann'), ('b2', 'Ben'), ('b3', 'Cid');
CREATE OR REPLACE TABLE main.fleet.ships (hull STRING PRIMARY KEY, ship_name STRING, led_with STRING,
 CONSTRAINT ships_fk FOREIGN KEY (led_with) REFERENCES main.fleet.skippers (badge));
INSERT INTO main.fleet.ships VALUES ('h1', 'Swan', 'b1'), ('h2', 'Gull', 'b1'), ('h3', 'Tern', 'b2');
CREATE OR REPLACE TABLE main.fleet.voyages (vessel STRING, nr INT, port STRING, freight DOUBLE,
 CONSTRAINT v_pk PRIMARY KEY (vessel, nr), CONSTRAINT v_fk FOREIGN KEY (vessel) REFERENCES ships);
INSERT INTO main.fleet.voyages VALUES ('h1', 1, 'Oslo', 10), ('h1', 2, 'Bari', 20), ('h2', 1, 'Oslo', 40);
CREATE OR REPLACE TABLE main.fleet.incidents (incident_id INT, carrier STRING, trip INT, damage DOUBLE,
 CONSTRAINT i_fk FOREIGN KEY (carrier, trip) REFERENCES main.fleet.voyages (vessel, nr));
INSERT INTO main.fleet.incidents VALUES (1, 'h1', 2, 5), (2, 'h2', 1, 7), (3, 'h1', 2, 1);
CREATE OR REPLACE TABLE main.fleet.berths (quay STRING, slot INT, depth DOUBLE);
INSERT INTO main.fleet.berths VALUES ('A', 1, 9), ('A', 2, 12), ('B', 1, 15);
CREATE OR REPLACE TABLE main.fleet.calls (call_id INT, at_quay STRING, at_slot INT, duration INT);
INSERT INTO main.fleet.calls VALUES (1, 'A', 1, 3), (2, 'A', 2, 4), (3, 'B', 1, 5), (4, 'B', 1, 6)
"""


@pytest.fixture(scope="module")
def fleet(warehouse):
    for statement in SQL.split(";\n"):
        warehouse.run(statement)

    def build(names, *joins):
        tables = [{"identifier": f"main.fleet.{name}"} for name in names]
        told = {"version": 2, "data_sources": {"tables": tables}, "instructions": {"join_specs": list(joins)}}
        engine = Engine(read_space(json.dumps(told), warehouse), date(2024, 3, 15))

        def ask(question):
            answer = engine.ask(question)
            return answer.sql and sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

        return ask

    return build


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("number of ships by skipper", [("Ann", "2"), ("Ben", "1")]),
        ("Which skippers have no ships?", [("Cid",)]),
        ("total freight by ship", [("Gull", "40.0"), ("Swan", "30.0")]),
        ("total freight by skipper", [("Ann", "70.0")]),
        ("total damage by port", [("Bari", "6.0"), ("Oslo", "7.0")]),
        ("total damage by skipper", [("Ann", "13.0")]),
        ("Which ships had incidents?", [("Gull",), ("Swan",)]),
    ],
)
def test_declared_keys_join_tables_whose_columns_have_other_names(fleet, question, expected):
    assert fleet(["incidents", "ships", "skippers", "voyages"])(question) == expected


def berths(relation=""):
    on = "calls.at_quay = berths.quay AND calls.at_slot = berths.slot"
    ends = {"left": {"identifier": "main.fleet.calls"}, "right": {"identifier": "main.fleet.berths"}}
    return {**ends, "sql": [on, relation] if relation else [on]}


@pytest.mark.parametrize("relation", ["", "--rt=FROM_RELATIONSHIP_TYPE_MANY_TO_ONE--"])
def test_a_join_spec_with_a_key_of_two_columns_joins_by_both(fleet, relation):
    ask = fleet(["berths", "calls"], berths(relation))

    assert ask("total duration by depth") == [("12.0", "4"), ("15.0", "11"), ("9.0", "3")]


def test_a_join_spec_that_says_many_to_many_gives_no_row_a_partner(fleet):
    ask = fleet(["berths", "calls"], berths("--rt=FROM_RELATIONSHIP_TYPE_MANY_TO_MANY--"))

    assert ask("total duration by depth") is None


def test_a_join_spec_that_does_not_parse_leaves_the_space_usable(fleet):
    ask = fleet(["berths", "calls"], {**berths(), "sql": ["calls.at_quay = = ("]})

    assert ask("How many calls are there?") == [("4",)]
