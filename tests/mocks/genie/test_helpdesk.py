"""A help desk, whose devices have a number for the machine and a tag for people, and whose curator speaks of agents."""

import pytest

HELPDESK = """
CREATE TABLE main.desk.agents (agent_id INT PRIMARY KEY, agent_name STRING, start_date DATE);
INSERT INTO main.desk.agents VALUES (1, 'Ada', DATE'2023-01-01'), (2, 'Bo', DATE'2024-02-01');
CREATE TABLE main.desk.devices (device_id INT PRIMARY KEY, asset_tag STRING, kind STRING, price DOUBLE);
INSERT INTO main.desk.devices VALUES (1, 'LT-01', 'Laptop', 900.0), (2, 'LT-02', 'Laptop', 950.0),
 (3, 'PR-01', 'Printer', 300.0), (4, 'PR-02', 'Printer', 350.0), (5, 'PH-01', 'Phone', 500.0),
 (6, 'PH-02', 'Phone', 550.0);
COMMENT ON TABLE main.desk.devices IS 'Hardware register';
CREATE TABLE main.desk.licences (licence_id INT PRIMARY KEY, vendor STRING, yearly_fee DOUBLE, expires_on DATE);
INSERT INTO main.desk.licences VALUES (1, 'Heltrix', 100.0, DATE'2025-01-01'), (2, 'Heltrix', 50.0, DATE'2026-01-01'),
 (3, 'Orbex', 70.0, DATE'2026-02-01');
CREATE TABLE main.desk.incidents (incident_no STRING PRIMARY KEY, manager_id INT, started_at TIMESTAMP, users_hit INT,
 CONSTRAINT led FOREIGN KEY (manager_id) REFERENCES main.desk.agents (agent_id));
INSERT INTO main.desk.incidents VALUES ('I-1', 1, TIMESTAMP'2024-01-05 10:00:00', 5),
 ('I-2', 2, TIMESTAMP'2023-05-05 10:00:00', 5), ('I-3', 2, TIMESTAMP'2024-03-01 10:00:00', 9);
CREATE TABLE main.desk.tickets (ticket_id INT PRIMARY KEY, agent_id INT, opened_at TIMESTAMP,
 state STRING COMMENT 'NEW = not picked up yet, RES = resolved', topic STRING);
INSERT INTO main.desk.tickets VALUES (1, 1, TIMESTAMP'2024-02-05 10:00:00', 'RES', 'Printing'),
 (2, 2, TIMESTAMP'2024-02-06 10:00:00', 'NEW', 'Network'), (3, 2, TIMESTAMP'2024-03-06 10:00:00', 'NEW', 'Network')
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    columns = [{"column_name": "start_date", "synonyms": ["started", "hired"]}]
    engine = asked_about("desk", HELPDESK, agents={"column_configs": columns})

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


def test_things_are_called_by_the_only_text_that_tells_them_apart(told):
    assert told("Which printers do we have?") == [("PR-01",), ("PR-02",)]


def test_a_synonym_of_another_things_day_goes_behind_the_own_day(told):
    assert told("How many incidents started in 2024?") == [("2",)]


def test_what_is_yearly_by_name_is_no_number_for_each_year(told):
    assert told("total yearly licence fees") == [("220.0",)]


def test_what_was_new_in_a_month_is_so_in_whatever_state_it_is(told):
    assert told("number of new tickets in February 2024") == [("2",)]


def test_a_register_is_called_after_what_it_holds(told):
    assert told("total price of our hardware") == [("3550.0",)]


def test_so_many_of_whom_is_asked_are_no_condition(told):
    assert told("Which 2 devices have the highest price?") == [("LT-01", "900.0"), ("LT-02", "950.0")]


def test_two_conditions_that_exclude_each_other_are_asked_about(asked_about):
    answer = asked_about("desk", HELPDESK).ask("tickets that are resolved and not resolved")
    assert answer.sql is None
