"""A caterer, whose purchases have a cost each, whose menus a price per head, and whose staff may not turn up."""

import pytest

CATERER = """
CREATE TABLE main.caterer.staff (staff_no INT PRIMARY KEY, full_name STRING, hired_on DATE,
 left_on DATE COMMENT 'Empty for people who still work here');
INSERT INTO main.caterer.staff VALUES (1, 'Ada', DATE'2020-01-01', DATE'2021-01-01'), (2, 'Bo', DATE'2021-01-01', NULL),
 (3, 'Cleo', DATE'2024-02-01', NULL);
CREATE TABLE main.caterer.menus (menu_no INT PRIMARY KEY, menu_name STRING, price_per_head DOUBLE);
INSERT INTO main.caterer.menus VALUES (1, 'Garden', 40.0), (2, 'Harvest', 60.0);
CREATE TABLE main.caterer.events (event_no INT PRIMARY KEY, venue STRING, event_date DATE, guests INT);
INSERT INTO main.caterer.events VALUES (1, 'Barn', DATE'2024-01-01', 50), (2, 'Barn', DATE'2024-02-01', 60),
 (3, 'Mill', DATE'2024-03-01', 80);
CREATE TABLE main.caterer.shifts (shift_no INT PRIMARY KEY, event_no INT, staff_no INT, starts_at TIMESTAMP,
 no_show BOOLEAN);
INSERT INTO main.caterer.shifts VALUES (1, 1, 2, TIMESTAMP'2024-01-01 08:00:00', true),
 (2, 1, 2, TIMESTAMP'2024-01-01 09:00:00', false);
CREATE TABLE main.caterer.purchases (purchase_no INT PRIMARY KEY, event_no INT, category STRING, ordered_on DATE,
 cost DOUBLE COMMENT 'Price of the whole purchase in euros');
INSERT INTO main.caterer.purchases VALUES (1, 1, 'Produce', DATE'2024-01-01', 10.0),
 (2, 1, 'Produce', DATE'2024-01-02', 20.0), (3, 2, 'Fish', DATE'2024-01-03', 40.0)
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    engine = asked_about("caterer", CATERER)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


def test_the_price_of_a_whole_purchase_adds_up(told):
    assert sorted(told("purchase cost by category")) == [("Fish", "40.0"), ("Produce", "30.0")]


def test_a_flag_whose_name_begins_with_no_is_no_denial(told):
    assert told("How many no-show shifts were there?") == [("1",)]


def test_a_price_per_head_is_no_group_of_heads(told):
    assert told("menus over 50 euros per head") == [("Harvest",)]


def test_one_event_has_the_most_guests_and_not_all_of_its_venue_together(told):
    assert told("At which venue did the event with the most guests take place?")[0][0] == "Mill"


def test_who_still_works_here_has_not_left(told):
    assert told("Who among the people still working here was hired first?") == [("Bo",)]


def test_since_a_day_or_later_is_since_that_day(told):
    assert [row[0] for row in told("Which staff were hired since 1 January 2024 or later?")] == ["Cleo"]


def test_those_who_are_included_as_well_leave_the_rest_of_the_question_standing(told):
    assert sorted(told("all staff incl. former without a single shift")) == [("Ada",), ("Cleo",)]


def test_a_comment_says_what_the_things_of_a_table_are_to_us(asked_about, warehouse):
    sql = """CREATE TABLE main.eaters.firm (firm_no INT PRIMARY KEY, firm_name STRING)
     COMMENT 'Firms that are our clients';
    INSERT INTO main.eaters.firm VALUES (1, 'Old Mint'), (2, 'Kestrel');
    CREATE TABLE main.eaters.bill (bill_no INT PRIMARY KEY, firm_no INT, sent_on DATE) COMMENT 'Bills sent to clients';
    INSERT INTO main.eaters.bill VALUES (1, 1, DATE'2024-01-01')"""
    answer = asked_about("eaters", sql).ask("How many clients do we have?")
    assert warehouse.run(answer.sql, read_only=True).rows() == [["2"]]
