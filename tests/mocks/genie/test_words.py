"""Words that are no names: of conversation, of units, of kinds of quantities, and forms of other words."""

import pytest

RIDES = """
CREATE OR REPLACE TABLE main.default.rides (ride_id INT, customer_id INT, distance_km INT, minutes INT, load_kg INT,
 deposit DOUBLE COMMENT 'Deposit in euros', ridden_on DATE);
INSERT INTO main.default.rides VALUES (1, 1, 30, 200, 900, 40.0, DATE'2024-01-01'),
 (2, 1, 12, 45, 5500, 60.0, DATE'2024-01-02'), (3, 2, 8, 30, 80, 80.0, DATE'2024-01-03')
"""


@pytest.fixture
def ridden(engine, warehouse):
    for statement in RIDES.split(";\n"):
        warehouse.run(statement)

    def ask(question):
        answer = engine(more=["rides"]).ask(question)
        return [tuple(row) for row in warehouse.run(answer.sql).rows()] if answer.sql else None

    return ask


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many kilometres is that, over all the rides?", "50"),
        ("How long do rides last on average?", "91.66666666666667"),
        ("km ridden by Ada", "42"),
        ("total kilometers of the rides", "50"),
        ("average duration of a ride", "91.66666666666667"),
        ("How long does a ride take on average?", "91.66666666666667"),
        ("rides over 3 hours, count", "1"),
        ("How many rides lasted more than 40 minutes?", "2"),
        ("number of rides with a load of more than 5 tonnes", "1"),
        ("How many rides had a load of at least 0.9 tonnes?", "2"),
        ("rides between 10 and 40 kilometres long, count", "2"),
        ("How many rides exceeded a distance of 9,000 metres?", "2"),
        ("How many rides had a deposit above 50 euros?", "2"),
    ],
)
def test_a_unit_or_a_kind_of_quantity_stands_for_the_column_that_is_measured_so(ridden, question, found):
    assert ridden(question) == [(found,)]


@pytest.mark.parametrize(
    "question",
    [
        "How long does it take on average?",
        "average duration of sales",
        "What is the average duration per product?",
        "How many litres were used on all the rides?",
    ],
)
def test_an_amount_that_the_tables_do_not_hold_is_asked_back(ridden, question):
    assert ridden(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "How many sales are there, simply?",
        "Whatever their channel, how many sales did we make?",
    ],
)
def test_words_of_conversation_carry_no_condition(rows, question):
    assert rows(question) == [("4",)]


@pytest.mark.parametrize("word", ["green", "wireless", "domestic", "urgent", "married"])
def test_a_word_with_a_meaning_of_its_own_is_never_dropped(engine, word):
    assert engine().ask(f"How many {word} sales are there?").sql is None


GYMS = """
CREATE OR REPLACE TABLE main.default.renters (renter_id INT, company_name STRING, is_insured BOOLEAN);
INSERT INTO main.default.renters VALUES (1, 'Acme', true), (2, 'Bolt', false), (3, 'Core', false);
CREATE OR REPLACE TABLE main.default.trainers (trainer_id INT, first_name STRING, last_name STRING);
INSERT INTO main.default.trainers VALUES (1, 'Ada', 'Quill'), (2, 'Bo', 'Stone')
"""


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many companies are there?", "3"),
        ("number of companies with insurance", "1"),
        ("How many trainers have the surname Quill?", "1"),
        ("How many trainers are called Mr Stone?", "1"),
    ],
)
def test_a_thing_goes_by_the_name_that_its_rows_have_and_by_derived_words(engine, warehouse, question, found):
    for statement in GYMS.split(";\n"):
        warehouse.run(statement)

    answer = engine(more=["renters", "trainers"]).ask(question)

    assert [tuple(row) for row in warehouse.run(answer.sql).rows()] == [(found,)]


def test_the_comment_of_a_things_kind_says_what_else_the_thing_is_called(asked_about):
    fleet = asked_about(
        "ships",
        "CREATE TABLE main.ships.vsl (vsl_id INT, vsl_nm STRING, vsl_typ STRING COMMENT 'Ship type: T tank, B barge');"
        "INSERT INTO main.ships.vsl VALUES (1, 'Aurora', 'T'), (2, 'Boreas', 'B'), (3, 'Cygnet', 'B')",
    )

    assert "COUNT(*)" in fleet.ask("How many ships are there?").sql
