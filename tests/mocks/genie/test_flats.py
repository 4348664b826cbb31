"""Flats to let, whose curator uses words that are also values, and sums up what single rows have."""

import pytest

FLATS = """
CREATE TABLE main.flats.units (unit_id INT PRIMARY KEY, unit_code STRING, unit_type STRING, rent DOUBLE);
INSERT INTO main.flats.units VALUES (1, 'A1', 'Flat', 900.0), (2, 'A2', 'Shop', 800.0), (3, 'A3', 'Flat', 1500.0);
CREATE TABLE main.flats.tenants (tenant_id INT PRIMARY KEY, tenant_name STRING, employment STRING);
INSERT INTO main.flats.tenants VALUES (1, 'Ada', 'Employed'), (2, 'Bo', 'Retired'), (3, 'Cy', 'Employed');
CREATE TABLE main.flats.checks (check_id INT PRIMARY KEY, unit_id INT, minutes INT,
 check_type STRING COMMENT 'SAF safety, ELE electrical');
INSERT INTO main.flats.checks VALUES (1, 1, 50, 'SAF'), (2, 1, 70, 'ELE'), (3, 2, 90, 'SAF');
COMMENT ON TABLE main.flats.checks IS 'Electrical and safety checks of the units'
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    columns = [{"column_name": "unit_code", "synonyms": ["unit", "place", "flat"]}]
    minutes = {"id": "a", "display_name": "minutes", "sql": ["sum(checks.minutes)"]}
    instructions = {"sql_snippets": {"measures": [minutes]}}
    engine = asked_about("flats", FLATS, instructions, units={"column_configs": columns})

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


def test_a_synonym_that_is_a_value_of_the_thing_is_the_value(told):
    assert told("flats, rent < 1200") == [("A1",)]


def test_a_column_is_grouped_by_although_one_of_its_values_sounds_like_it(told):
    assert told("tenants by employment") == [("Employed", "2"), ("Retired", "1")]


def test_a_comment_that_names_some_of_the_rows_names_no_more_than_those(told):
    assert told("How many safety checks are there?") == [("2",)]


def test_what_is_summed_up_elsewhere_is_compared_row_by_row_where_rows_are_asked_for(told):
    assert told("How many checks have at least 60 minutes?") == [("2",)]


def test_a_unit_that_is_summed_up_for_other_things_is_a_unit_here(asked_about):
    hours = {"id": "a", "display_name": "minutes", "sql": ["sum(units.rent)"]}
    engine = asked_about("flats", FLATS, {"sql_snippets": {"measures": [hours]}})
    assert "checks.minutes > 60" in engine.ask("checks over 1 hour, count").sql
