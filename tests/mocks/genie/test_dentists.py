"""Dental practices: who was something how often, who never was, what each thing belongs to, hours of the clock."""

import pytest

DENTISTS = """
CREATE TABLE main.teeth.dentists (dentist_id INT PRIMARY KEY, full_name STRING);
INSERT INTO main.teeth.dentists VALUES (1, 'Ann Lee'), (2, 'Ben Roy');
CREATE TABLE main.teeth.patients (patient_id INT PRIMARY KEY, full_name STRING, insurance STRING, dentist_id INT);
INSERT INTO main.teeth.patients VALUES (1, 'Cat Ode', 'Public', 1), (2, 'Dan Poe', 'Public', NULL),
 (3, 'Eva Fox', 'None', 2);
CREATE TABLE main.teeth.appointments (appointment_id INT PRIMARY KEY, patient_id INT, dentist_id INT,
 starts_at TIMESTAMP, status STRING);
INSERT INTO main.teeth.appointments VALUES (1, 1, 1, TIMESTAMP'2024-01-02 09:30:00', 'completed'),
 (2, 2, 1, TIMESTAMP'2024-01-03 11:00:00', 'no-show'), (3, 2, 2, TIMESTAMP'2023-02-03 09:00:00', 'no-show'),
 (4, 3, 2, TIMESTAMP'2024-02-05 15:00:00', 'completed');
CREATE TABLE main.teeth.treatments (treatment_id INT PRIMARY KEY, appointment_id INT, procedure_name STRING, fee DOUBLE)
 COMMENT 'One row for each procedure';
INSERT INTO main.teeth.treatments VALUES (1, 1, 'Filling', 10.0), (2, 1, 'Extraction', 50.0), (3, 4, 'Filling', 20.0),
 (4, 4, 'Filling', 30.0);
CREATE TABLE main.teeth.invoices (invoice_id INT PRIMARY KEY, appointment_id INT, patient_id INT, issued_on DATE,
 amount DOUBLE, paid_on DATE);
INSERT INTO main.teeth.invoices VALUES (1, 1, 1, DATE'2024-01-02', 100.0, DATE'2024-01-12'),
 (2, 4, 3, DATE'2023-02-05', 70.0, DATE'2023-02-25'), (3, 2, 2, DATE'2024-01-03', 20.0, NULL)
"""


@pytest.fixture(scope="module")
def engine(asked_about):
    return asked_about("teeth", DENTISTS)


@pytest.fixture(scope="module")
def told(engine, warehouse):
    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize("question", ["Which patients were a no-show at least twice?", "patients with 2+ no-shows"])
def test_who_was_in_a_state_so_often_has_so_many_rows_in_it(told, question):
    assert told(question) == [("Dan Poe", "2")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("patients without a no-show", [("Cat Ode",), ("Eva Fox",)]),
        ("Which dentists have not done a single extraction?", [("Ben Roy",)]),
    ],
)
def test_who_was_never_in_a_state_has_no_rows_in_it(told, question, expected):
    assert told(question) == expected


def test_a_kind_of_what_is_a_column_is_that_column(told):
    assert told("How many patients are there for each kind of insurance?") == [("None", "1"), ("Public", "2")]


@pytest.mark.parametrize("question", ["appts per dentist", "patient appointments per dentist"])
def test_things_are_known_by_their_consonants_and_by_what_they_belong_to(told, question):
    assert told(question) == [("Ann Lee", "2"), ("Ben Roy", "2")]


@pytest.mark.parametrize(
    "question", ["appointments before 10 in the morning, count", "appointments before 10am, count"]
)
def test_hours_of_the_clock_are_told_by_the_part_of_the_day(told, question):
    assert told(question) == [("2",)]


def test_a_thing_is_of_whom_it_always_has_and_not_of_whom_it_may_have(told):
    assert told("Which dentist has the highest total invoice amount?") == [("Ann Lee", "120.0")]


def test_how_long_until_something_is_done_is_the_time_between_the_days(told):
    assert told("How many days does it take on average until an invoice is paid?") == [("15.0",)]


def test_how_long_is_no_average_of_money(engine):
    assert engine.ask("How long do we wait for the money of an invoice on average, in days?").sql is None


@pytest.mark.parametrize(
    "question",
    [
        "By how much did the invoice amount in 2024 differ from 2023?",
        "How much higher was the invoice amount in 2024 than in 2023?",
    ],
)
def test_how_far_one_period_differs_from_another_is_a_change(told, question):
    assert told(question) == [("70.0", "120.0", "50.0")]


@pytest.mark.parametrize("question", ["top 1 procedures by number", "top 1 most common procedures"])
def test_the_top_by_number_are_the_most_common(told, question):
    assert told(question) == [("Filling", "3")]


def test_the_average_of_each_is_by_the_column_that_the_word_names(told):
    assert told("What is the average fee of each procedure?") == [("Extraction", "50.0"), ("Filling", "20.0")]


def test_a_salary_is_no_day_on_which_somebody_paid(engine):
    assert engine.ask("salary per dentist").sql is None


@pytest.fixture(scope="module")
def curated(asked_about, warehouse):
    counted = {
        "id": "c" * 32,
        "alias": "visits",
        "display_name": "visits",
        "sql": ["count(appointments.appointment_id)"],
    }
    engine = asked_about("teeth", DENTISTS, {"sql_snippets": {"measures": [counted]}})

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("visits per dentist", [("Ann Lee", "2"), ("Ben Roy", "2")]),
        ("How many visits were there in 2024?", [("3",)]),
        ("patients with at least 2 visits", [("Dan Poe", "2")]),
    ],
)
def test_a_measure_that_counts_the_rows_of_a_table_names_its_rows(curated, question, expected):
    assert curated(question) == expected
