"""Codes are called by the words that their comment explains them with, and sums of money by what is paid."""

import pytest

GYM = """
CREATE TABLE main.spagym.client (client_id INT, client_name STRING,
 client_type STRING COMMENT 'P private person, C corporate client, S our own trial guest', city STRING);
INSERT INTO main.spagym.client VALUES (1, 'Ada', 'P', 'Lyon'), (2, 'Bert', 'C', 'Lyon'), (3, 'Cleo', 'P', 'Bern'),
 (4, 'Dan', 'S', 'Bern');
CREATE TABLE main.spagym.trainer (trainer_id INT, trainer_name STRING, senior_trainer_id INT,
 grade STRING COMMENT 'PRINCIPAL first guide, JUN junior guide');
INSERT INTO main.spagym.trainer VALUES (1, 'Ann Lee', NULL, 'PRINCIPAL'), (2, 'Bo Ray', 1, 'JUN');
CREATE TABLE main.spagym.course (course_id INT, course_name STRING);
INSERT INTO main.spagym.course VALUES (1, 'Yoga'), (2, 'Spin'), (3, 'Box');
CREATE TABLE main.spagym.course_trainer (course_id INT, trainer_id INT,
 part_code STRING COMMENT 'L leads the course, H helps');
INSERT INTO main.spagym.course_trainer VALUES (1, 2, 'L'), (2, 2, 'H'), (2, 1, 'L'), (3, 1, 'H');
CREATE TABLE main.spagym.course_payment (payment_id INT, client_id INT, paid_on DATE, amount DECIMAL(9,2),
 method STRING COMMENT 'DD direct debit, CC credit card');
INSERT INTO main.spagym.course_payment VALUES (1, 1, DATE'2023-02-01', 10, 'DD'), (2, 2, DATE'2024-02-01', 20, 'CC'),
 (3, 3, DATE'2024-03-01', 5, 'CC')
"""


@pytest.fixture(scope="module")
def gym(asked_about):
    return asked_about("spagym", GYM)


@pytest.fixture
def told(gym, warehouse):
    def ask(question):
        answer = gym.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    "asked", ["Which private clients are there?", "private clients", "clients who are private", "list private persons"]
)
def test_a_code_is_called_by_the_first_word_of_its_explanation(told, asked):
    assert [row[0] for row in told(asked)] == ["Ada", "Cleo"]


@pytest.mark.parametrize("asked", ["payments by card, count", "How many payments were made by card?"])
def test_a_code_is_called_by_the_noun_of_its_explanation(told, asked):
    assert told(asked) == [("2",)]


@pytest.mark.parametrize(
    "asked",
    [
        "Which courses does Bo Ray lead?",
        "courses led by Bo Ray",
        "courses with lead trainer Bo Ray",
        "Which courses does the trainer Bo Ray lead?",
    ],
)
def test_a_code_is_called_by_the_verb_of_its_explanation(told, asked):
    assert told(asked) == [("Yoga",)]


@pytest.mark.parametrize(
    "asked", ["number of clients private vs corporate", "How many clients are private and how many corporate?"]
)
def test_two_codes_are_compared_by_such_words(told, asked):
    assert told(asked) in ([("C", "1"), ("P", "2")], [("2", "1")])


@pytest.mark.parametrize(
    "asked", ["course payments by year", "payments per year", "Show payments for each year", "payments 2023 vs 2024"]
)
def test_payments_by_something_are_added_up(told, asked):
    assert told(asked) == [("2023", "10.00"), ("2024", "25.00")]


@pytest.mark.parametrize("asked", ["number of payments by year", "How many payments were there per year?"])
def test_payments_that_are_counted_are_not_added_up(told, asked):
    assert told(asked) == [("2023", "1"), ("2024", "2")]


def test_payments_by_a_place_are_added_up(told):
    assert told("course payments by client city") == [("Bern", "5.00"), ("Lyon", "30.00")]


def test_a_word_of_two_explanations_names_neither(gym):
    assert "JUN" not in str(gym.ask("How many guides are there?").sql)


LETTERS = """
CREATE TABLE main.letters.letter (letter_id INT, written_in STRING COMMENT 'en English, de German, c( shorthand');
INSERT INTO main.letters.letter VALUES (1, 'en'), (2, 'de'), (3, 'de'), (4, 'c(')
"""


def test_a_bracket_in_a_code_is_a_character_as_others_are(asked_about):
    assert "= 'de'" in asked_about("letters", LETTERS).ask("How many letters are in German?").sql
