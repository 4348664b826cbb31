"""Words that a space has not, read as what it says for the same."""

import pytest

CLINIC = """CREATE TABLE main.clinic.staff (staff_id INT, full_name STRING, colour STRING);
INSERT INTO main.clinic.staff VALUES (1, 'Ann Lee', 'Red'), (2, 'Bo Ray', 'Blue');
CREATE TABLE main.clinic.patients (patient_id INT, full_name STRING,
 sex STRING COMMENT 'F female, M male', phone STRING,
 district STRING, height_cm INT COMMENT 'Said by the patient');
INSERT INTO main.clinic.patients VALUES (1, 'Cy Poe', 'F', '1', 'North', 170), (2, 'Di Fox', 'F', '2', 'South', 180),
 (3, 'Ed Low', 'M', NULL, 'South', 175),
 (4, 'Flo Ash', 'F', '4', 'South', 166);
CREATE TABLE main.clinic.requests (request_id INT, patient_id INT, status STRING, chan STRING, store STRING
 COMMENT 'C chilled, F frozen', bonus DOUBLE);
INSERT INTO main.clinic.requests VALUES (1, 1, 'Granted', 'Phone', 'C', 1.0), (2, 2, 'Refused', 'Web', 'F', 2.0),
 (3, 2, 'Granted', 'Phone', 'F', 3.0)"""


@pytest.fixture(scope="module")
def clinic(asked_about):
    return asked_about("clinic", CLINIC)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many women are there?", [("3",)]),
        ("How many requests got a yes?", [("2",)]),
        ("How often did somebody ring us with a request?", [("2",)]),
        ("requests in the freezer, count", [("2",)]),
        ("How many requests are in the fridge?", [("1",)]),
        ("patients per part of town", [("North", "1"), ("South", "3")]),
        ("How many colleagues do we have?", [("2",)]),
        ("staff by color", [("Blue", "1"), ("Red", "1")]),
        ("Which patients can't we ring because there is no number on file?", [("Ed Low",)]),
        ("total bonuses", [("6.0",)]),
    ],
)
def test_a_word_is_read_as_what_is_said_for_the_same(clinic, warehouse, question, expected):
    answer = clinic.ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(map(str, row)) for row in warehouse.run(answer.sql, read_only=True).rows()) == expected


@pytest.mark.parametrize(
    "question", ["How are the requests going?", "How many trainings were there?", "How tall is Ann?"]
)
def test_a_word_that_is_said_of_anything_is_read_as_nothing_else(clinic, question):
    assert clinic.ask(question).sql is None
