"""What a question says is in the query, or is asked back: words are not dropped, keys not added up."""

import pytest

GARAGE = """
CREATE OR REPLACE TABLE main.default.mechanics (mechanic_id INT, mechanic_name STRING, grade STRING, floor INT);
INSERT INTO main.default.mechanics VALUES (1, 'Mia', 'Senior', 1), (2, 'Noa', 'Junior', 2), (3, 'Oki', 'Junior', 2);
CREATE OR REPLACE TABLE main.default.repairs (repair_id INT, inspector INT COMMENT 'Mechanic id',
 opened DATE, kind STRING, status STRING,
 cost DOUBLE);
INSERT INTO main.default.repairs VALUES (10, 1, DATE'2024-01-02', 'Brake', 'Open', 10.0),
 (11, 1, DATE'2024-01-05', 'Wheel', 'Done', 30.0), (12, 2, DATE'2024-02-01', 'Brake', 'Done', 60.0)
"""


@pytest.fixture
def garage(engine, warehouse):
    for statement in GARAGE.split(";"):
        warehouse.run(statement)
    asked = engine(more=["mechanics", "repairs"])

    def ask(question):
        answer = asked.ask(question)
        return answer.sql and sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


def test_all_values_of_a_column_exclude_nothing_and_are_shown_side_by_side(garage):
    assert garage("average cost of brake and wheel repairs") == [("Brake", "35.0"), ("Wheel", "30.0")]


def test_a_share_of_money_adds_up_the_money(garage):
    assert garage("share of the money for repairs by kind") == [("Brake", "70.0"), ("Wheel", "30.0")]


def test_a_state_before_a_noun_is_no_state_of_what_belongs_to_it(garage):
    assert garage("open mechanics") is None


def test_a_day_that_every_row_has_is_no_state(garage):
    assert garage("How many opened repairs are there?") == [("3",)]


def test_a_list_does_not_show_what_the_question_said(rows, engine):
    assert engine().ask("Who has the product Rover?").sql is None


def test_the_first_thing_is_counted_where_the_count_comes_last(rows):
    assert rows("sales by customers in Turin, number") == [("2",)]


def test_a_synonym_of_the_name_of_a_thing_is_the_thing(rows):
    told = {"column_configs": [{"column_name": "customer_name", "synonyms": ["patron"]}]}

    assert rows("patrons by city", customers=told) == [("Lyon", "1"), ("Turin", "2")]


def test_who_is_not_referred_to_by_a_column_elsewhere_is_found(garage):
    assert garage("mechanics who are not the inspector of any repair") == [("Oki",)]


def test_a_column_that_is_never_empty_is_not_lacked(garage):
    assert garage("repairs without a kind") is None


def test_a_group_is_no_part_of_a_longer_name(rows):
    told = {"column_configs": [{"column_name": "category", "description": "Kind of product"}]}

    assert rows("number of sales of road bikes per channel", products=told) == [("Online", "1")]


RIDERS = """
CREATE OR REPLACE TABLE main.default.riders (rider_id INT, rider_name STRING);
INSERT INTO main.default.riders VALUES (1, 'Ann'), (2, 'Ann'), (3, 'Bo'), (4, 'Cy'), (5, 'Di'), (6, 'Ed'), (7, 'Flo');
CREATE OR REPLACE TABLE main.default.tours (tour_id INT, rider_id INT);
INSERT INTO main.default.tours VALUES (1, 1), (2, 1), (3, 2);
CREATE OR REPLACE TABLE main.default.falls (fall_id INT, rider_id INT);
INSERT INTO main.default.falls VALUES (1, 2)
"""


def test_two_things_of_one_name_stay_apart_in_two_numbers_of_each(engine, warehouse):
    for statement in RIDERS.split(";"):
        warehouse.run(statement)

    answer = engine(more=["riders", "tours", "falls"]).ask("number of tours and number of falls per rider")

    found = sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())
    assert found[:3] == [("Ann", "1", "1"), ("Ann", "2", "0"), ("Bo", "0", "0")]
    assert len(found) == 7


def test_a_participle_between_a_sum_and_its_number_is_not_dropped(engine):
    assert engine().ask("total unwrapped amount").sql is None
