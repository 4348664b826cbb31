"""Questions whose plain reading would drop a part of what is said."""

import pytest

WAITS = """
CREATE TABLE main.waits.stop (stop_id INT PRIMARY KEY, stop_name STRING, reply_min INT, wait_min INT);
INSERT INTO main.waits.stop VALUES (1, 'Pier', 4, 9), (2, 'Dock', 5, 7)
"""
HIRED = """
CREATE OR REPLACE TABLE main.default.tariffs (tariff_id INT, tariff_name STRING, hourly_rate DOUBLE);
INSERT INTO main.default.tariffs VALUES (1, 'City', 2.5), (2, 'Hill', 4.0);
CREATE OR REPLACE TABLE main.default.bikes (bike_id INT, tariff_id INT, state STRING, retired_on DATE);
INSERT INTO main.default.bikes VALUES (1, 1, 'Stolen', NULL), (2, 1, 'Fine', DATE'2024-01-02'),
 (3, 2, 'Fine', NULL), (4, NULL, 'Fine', NULL)
"""


@pytest.fixture
def hired(engine, warehouse):
    for statement in HIRED.split(";"):
        warehouse.run(statement)
    return engine(more=["tariffs", "bikes"])


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("top 10% of products by price", "top 10%"),
        ("total amount per quantity", "divided by"),
        ("top 2 sales per month by amount", "of each month"),
        ("customers without a bell", "has no bell of its own"),
        ("Show the 2 cities with the most customers and their price", "price"),
        ("Which customer has the highest pay?", "pay"),
        ("How is the Road bike category doing?", "doing"),
    ],
)
def test_what_would_be_dropped_is_asked_back(engine, question, asked):
    answer = engine().ask(question)

    assert answer.sql is None
    assert asked in answer.text


def test_a_number_for_each_thing_is_no_ratio(rows):
    assert rows("total amount per channel") == [("Online", "2100.0"), ("Shop", "28.5")]


def test_the_rate_of_a_state_is_not_whatever_rate_the_tables_hold(hired):
    answer = hired.ask("stolen rate by tariff")

    assert answer.sql is None
    assert "hourly_rate" in answer.text


@pytest.mark.parametrize("question", ["number of retired bikes", "How many bikes are retired?"])
def test_the_day_of_what_befell_a_thing_is_a_condition_on_it(hired, warehouse, question):
    answer = hired.ask(question)

    assert answer.sql is not None, answer.text
    assert [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()] == [("1",)]


def test_the_highest_of_each_month_is_one_for_every_month(rows):
    found = rows("the highest amount in each month")

    assert [amount for _, amount in found] == ["9.5", "900.0", "1200.0"]


def test_a_thing_without_another_that_it_refers_to_refers_to_none(hired, warehouse):
    answer = hired.ask("bikes without a tariff")

    assert answer.sql is not None, answer.text
    assert [row[0] for row in warehouse.run(answer.sql, read_only=True).rows()] == ["4"]


def test_a_state_before_the_rate_of_a_table_of_rates_says_which_rate(warehouse, engine):
    tariffs = "SELECT 1 AS tariff_id, 'storage' AS tariff_type, 0.5 AS rate UNION ALL SELECT 2, 'transit', 0.25"
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.tariffs AS {tariffs}")
    sql = engine(more=["tariffs"]).ask("What is the average storage rate?").sql

    assert [float(row[-1]) for row in warehouse.run(sql, read_only=True).rows()] == [0.5]


FERRY = """
CREATE TABLE main.ferry.harbour (harbour_id INT PRIMARY KEY, harbour_name STRING);
INSERT INTO main.ferry.harbour VALUES (1, 'Kiel'), (2, 'Oslo');
CREATE TABLE main.ferry.complaint (complaint_id INT PRIMARY KEY, harbour_id INT, topic STRING);
INSERT INTO main.ferry.complaint VALUES (1, 1, 'Fuel'), (2, 2, 'Queue'), (3, 2, 'Fuel');
CREATE TABLE main.ferry.contract (contract_id INT PRIMARY KEY, harbour_id INT, supplier STRING, price INT);
INSERT INTO main.ferry.contract VALUES (1, 1, 'Acme', 5), (2, 1, 'Bolt', 7), (3, 2, 'Cove', 9)
"""


def test_what_only_shares_a_place_says_nothing_of_a_thing_unless_it_is_spoken_of(asked_about):
    built = asked_about("ferry", FERRY)

    assert built.ask("Which suppliers do we buy fuel from?").sql is None
    assert built.ask("contracts of harbours with complaints about fuel").sql is not None


def test_rows_elsewhere_narrow_a_thing_only_where_something_speaks_of_them(asked_about):
    built = asked_about("ferry", FERRY)

    assert built.ask("Which harbours have fuel?").sql is None
    assert built.ask("harbours that complained about fuel").sql is not None
    assert built.ask("harbours on fuel").sql is not None
    assert built.ask("harbours with the topic Fuel").sql is not None


def test_a_time_of_nothing_is_no_number_of_whatever_has_times(asked_about):
    built = asked_about("waits", WAITS.replace("wait_min INT)", "wait_min INT) COMMENT 'Times at the stops'"))

    assert built.ask("What's the average time?").sql is None
    assert built.ask("average reply time").sql is not None


KILNS = """
CREATE TABLE main.kilns.studio (studio_id INT, name STRING, studio_type STRING, CONSTRAINT k PRIMARY KEY (studio_id));
INSERT INTO main.kilns.studio VALUES (1, 'Hill', 'club'), (2, 'Dale', 'school');
CREATE TABLE main.kilns.firing (firing_id INT, studio_id INT, degrees INT,
 CONSTRAINT f FOREIGN KEY (studio_id) REFERENCES main.kilns.studio (studio_id));
INSERT INTO main.kilns.firing VALUES (1, 1, 1000), (2, 1, 900), (3, 2, 1200)
"""


def test_the_kind_of_one_thing_is_not_that_of_another(asked_about, warehouse):
    built = asked_about("kilns", KILNS)

    unsure, sure = built.ask("How many firings are there of each kind?"), built.ask("firings by studio type")

    assert unsure.sql is None
    assert sorted(map(tuple, warehouse.run(sure.sql).rows())) == [("club", "2"), ("school", "1")]


MILLS = """
CREATE TABLE main.mills.mill (mill_id INT, name STRING, region STRING, CONSTRAINT k PRIMARY KEY (mill_id));
INSERT INTO main.mills.mill VALUES (1, 'Lee', 'North'), (2, 'Weir', 'South');
CREATE TABLE main.mills.wheel (wheel_id INT, mill_id INT, wood STRING, CONSTRAINT w PRIMARY KEY (wheel_id),
 CONSTRAINT m FOREIGN KEY (mill_id) REFERENCES main.mills.mill (mill_id));
INSERT INTO main.mills.wheel VALUES (1, 1, 'Oak'), (2, 1, 'Home');
CREATE TABLE main.mills.reading (reading_id INT, wheel_id INT, speed_rpm INT COMMENT 'Empty when the gauge was stuck',
 read_on DATE, CONSTRAINT r FOREIGN KEY (wheel_id) REFERENCES main.mills.wheel (wheel_id));
INSERT INTO main.mills.reading VALUES (1, 1, 10, DATE'2024-01-02'), (2, 1, NULL, DATE'2024-01-03');
CREATE TABLE main.mills.shop (shop_id INT, mill_id INT, CONSTRAINT s PRIMARY KEY (shop_id),
 CONSTRAINT t FOREIGN KEY (mill_id) REFERENCES main.mills.mill (mill_id));
INSERT INTO main.mills.shop VALUES (1, 1);
CREATE TABLE main.mills.visit (visit_id INT, shop_id INT, fee INT,
 CONSTRAINT v FOREIGN KEY (shop_id) REFERENCES main.mills.shop (shop_id));
INSERT INTO main.mills.visit VALUES (1, 1, 20)
"""


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("When do we run out of oak wheels at Lee?", "when that would be"),
        ("north vs south", "know of north"),
        ("What fee do visits take home?", "wheel.wood"),
    ],
)
def test_what_nothing_in_the_question_leads_to_is_asked_back(asked_about, question, asked):
    answer = asked_about("mills", MILLS).ask(question)

    assert answer.sql is None
    assert asked in answer.text


def test_how_often_something_was_so_is_a_number_of_rows(asked_about, warehouse):
    answer = asked_about("mills", MILLS).ask("How often was the speed gauge stuck?")

    assert [tuple(row) for row in warehouse.run(answer.sql).rows()] == [("1",)]
