"""What participles say beside numbers, and who did something how often: a builder's yard."""

import pytest

YARD = """
CREATE TABLE main.yard.crew (crew_id INT NOT NULL, crew_name STRING, hired_on DATE,
 CONSTRAINT k_pk PRIMARY KEY (crew_id)) COMMENT 'Our staff';
INSERT INTO main.yard.crew VALUES (1, 'Ada Brandt', DATE'2020-01-01'), (2, 'Ben Castell', DATE'2021-01-01'),
 (3, 'Dev Ellis', DATE'2022-01-01');
CREATE TABLE main.yard.client (client_id INT NOT NULL, client_name STRING, CONSTRAINT c_pk PRIMARY KEY (client_id));
INSERT INTO main.yard.client VALUES (1, 'Hal Ives'), (2, 'Ida Jones'), (3, 'Kim Lund');
CREATE TABLE main.yard.jetty (jetty_id INT NOT NULL, jetty_name STRING, client_id INT,
 CONSTRAINT j_pk PRIMARY KEY (jetty_id));
INSERT INTO main.yard.jetty VALUES (1, 'North', 1), (2, 'South', 1), (3, 'West', 2);
CREATE TABLE main.yard.berth (berth_id INT NOT NULL, jetty_id INT, berth_type STRING COMMENT 'SHD = shed, OPN = open',
 CONSTRAINT b_pk PRIMARY KEY (berth_id));
INSERT INTO main.yard.berth VALUES (1, 1, 'SHD'), (2, 1, 'OPN'), (3, 2, 'OPN'), (4, 3, 'OPN');
CREATE TABLE main.yard.deal (jetty_id INT NOT NULL, client_id INT NOT NULL, deal_amount DOUBLE,
 CONSTRAINT d_pk PRIMARY KEY (jetty_id, client_id)) COMMENT 'Who rents where';
INSERT INTO main.yard.deal VALUES (1, 1, 9), (2, 1, 8), (3, 1, 7), (1, 2, 6);
CREATE TABLE main.yard.sheet (sheet_id INT NOT NULL, crew_id INT, hours DOUBLE, work_day DATE);
INSERT INTO main.yard.sheet VALUES (1, 1, 8, DATE'2024-01-01'), (2, 1, 7, DATE'2024-01-02'),
 (3, 2, 8, DATE'2024-01-02');
CREATE TABLE main.yard.inv_line (line_id INT NOT NULL, inv_no STRING, client_id INT, qty INT, amount DOUBLE,
 posted_on DATE);
INSERT INTO main.yard.inv_line VALUES (1, 'A', 1, 2, 10, DATE'2023-05-01'), (2, 'A', 1, 1, 20, DATE'2024-01-01'),
 (3, 'B', 2, 1, 5, DATE'2024-01-02');
CREATE TABLE main.yard.rental (rental_id INT NOT NULL, client_id INT, crew_id INT COMMENT 'Who handed the boat over',
 booked_on DATE, fee DOUBLE);
INSERT INTO main.yard.rental VALUES (1, 1, 1, DATE'2024-01-01', 5), (2, 1, 1, DATE'2024-01-03', 5),
 (3, 2, 2, DATE'2024-02-01', 5)
"""


@pytest.fixture(scope="module")
def found(asked_about, warehouse):
    engine = asked_about("yard", YARD)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("What was the total invoiced amount?", [("35.0",)]),
        ("total invoiced", [("35.0",)]),
        ("How much did we invoice in 2024?", [("25.0",)]),
        ("top 1 client by invoiced amount", [("Hal Ives", "30.0")]),
    ],
)
def test_a_participle_of_what_every_row_has_only_names_the_rows(found, question, rows):
    assert found(question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many crew members have recorded hours?", [("2",)]),
        ("Which crew members have never recorded any hours?", [("Dev Ellis",)]),
    ],
)
def test_who_has_recorded_hours_has_such_rows(found, question, rows):
    assert found(question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Who has booked more than once?", [("Hal Ives", "2")]),
        ("Name the 1 person who has booked with us most often.", [("Hal Ives", "2")]),
        ("How many people have ever booked?", [("2",)]),
        ("How many times did clients rent from us in January 2024?", [("2",)]),
    ],
)
def test_people_who_did_something_are_those_to_whom_its_rows_refer(found, question, rows):
    assert found(question) == rows


def test_what_ties_two_things_is_called_by_its_amount(found):
    assert found("Which clients have deals on more than two jetties?") == [("Hal Ives", "3")]


def test_a_kind_of_what_belongs_to_a_thing_may_be_lacking(found):
    assert found("jetties without sheds") == [("South",), ("West",)]


@pytest.mark.parametrize(
    ("told", "rows"),
    [("at least one", [("Hal Ives", "2"), ("Ida Jones", "1")])],
)
def test_only_those_with_at_least_one_are_those_that_are_listed(found, told, rows):
    assert found(f"How many rentals does each client have? Only clients with {told}.") == rows


@pytest.mark.parametrize("question", ["Who did the most check-ins?", "who did how many check-ins?"])
def test_who_did_something_how_often_is_asked_of_the_column_that_says_so(asked_about, warehouse, question):
    tables = """CREATE TABLE main.inn.emp (emp_id INT NOT NULL, emp_name STRING, CONSTRAINT e PRIMARY KEY (emp_id))
     COMMENT 'Employees'; INSERT INTO main.inn.emp VALUES (1, 'Nora'), (2, 'Omar');
     CREATE TABLE main.inn.stay (stay_id INT NOT NULL, in_at DATE, in_by INT COMMENT 'Who did the check-in',
      out_by INT COMMENT 'Who did the check-out', CONSTRAINT i FOREIGN KEY (in_by) REFERENCES main.inn.emp (emp_id),
      CONSTRAINT o FOREIGN KEY (out_by) REFERENCES main.inn.emp (emp_id));
     INSERT INTO main.inn.stay VALUES (1, DATE'2024-01-01', 2, 1), (2, DATE'2024-01-02', 2, 1)"""

    answer = asked_about("inn", tables).ask(question)

    assert answer.sql is not None, answer.text
    assert [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()] == [("Omar", "2")]


CHECKS = """CREATE TABLE main.checks.inspection (inspection_id INT NOT NULL, inspector STRING, held_on DATE,
  cost DOUBLE,
  status STRING COMMENT 'OK or Bad', score INT COMMENT 'From 1 (bad) to 5 (good)');
 INSERT INTO main.checks.inspection VALUES (1, 'Ida', DATE'2023-01-01', 5, 'OK', 5), (2, 'Ida', DATE'2024-01-01', 6,
  'OK', 3), (3, 'Jon', DATE'2024-01-02', 7, 'Bad', 5)"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who did how many inspections?", [("Ida", "2"), ("Jon", "1")]),
        ("How many threes, fours and fives did we get in the inspections?", [("3", "1"), ("5", "2")]),
        ("How many fives were there in the inspections?", [("2",)]),
        ("Split the inspections up by how they stand, with a count for each status.", [("Bad", "1"), ("OK", "2")]),
        ("total cost year by year, going by when the inspections were held", [("2023", "5.0"), ("2024", "13.0")]),
    ],
)
def test_each_is_told_by_what_a_question_says_in_passing(asked_about, warehouse, question, told):
    answer = asked_about("checks", CHECKS).ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()) == told
