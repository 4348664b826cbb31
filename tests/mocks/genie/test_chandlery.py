"""A ship chandler: what ranks, what is taken in, kinds of visits, who is still there, fees by the month."""

import pytest

CHANDLERY = """
CREATE TABLE main.chandler.clients (client_id INT PRIMARY KEY, client_name STRING, city STRING);
INSERT INTO main.chandler.clients VALUES (1, 'Ada Lines', 'Ghent'), (2, 'Bo Lines', 'Cork'), (3, 'Cy Lines', 'Ghent');
CREATE TABLE main.chandler.matters (matter_id INT PRIMARY KEY, client_id INT, fee_basis STRING, status STRING);
INSERT INTO main.chandler.matters VALUES (1, 1, 'Hourly', 'Open'), (2, 1, 'Fixed', 'Done'), (3, 2, 'Fixed', 'Open');
CREATE TABLE main.chandler.bills (bill_id INT PRIMARY KEY, matter_id INT, fees_net DOUBLE,
 total_amount DOUBLE, billed_on DATE);
INSERT INTO main.chandler.bills VALUES (1, 1, 10.0, 12.0, DATE'2024-01-03'), (2, 2, 20.0, 24.0, DATE'2024-02-03'),
 (3, 3, 50.0, 60.0, DATE'2024-02-05');
CREATE TABLE main.chandler.agents (agent_id INT PRIMARY KEY, full_name STRING, agent_type STRING,
 joined_on DATE, left_on DATE);
INSERT INTO main.chandler.agents VALUES (1, 'Ann Lee', 'Sworn', DATE'2020-01-01', DATE'2023-01-01'),
 (2, 'Ben Roy', 'Sworn', DATE'2021-01-01', NULL), (3, 'Cat Ode', 'Hired', DATE'2022-01-01', NULL);
CREATE TABLE main.chandler.visits (visit_id INT PRIMARY KEY, agent_id INT, client_id INT, vis_kind STRING,
 started_on DATE, rate DOUBLE);
INSERT INTO main.chandler.visits VALUES (1, 2, 1, 'Call', DATE'2024-01-01', 1.0), (2, 2, 2, 'Tour', NULL, 2.0),
 (3, 3, 2, 'Tour', DATE'2024-02-01', 3.0), (4, 3, 2, 'Tour', DATE'2024-02-01', 3.0);
CREATE TABLE main.chandler.complaints (complaint_id INT PRIMARY KEY, matter_id INT, closed_on DATE);
INSERT INTO main.chandler.complaints VALUES (1, 2, NULL), (2, 1, DATE'2024-01-01');
CREATE TABLE main.chandler.berths (berth_id INT PRIMARY KEY, berth_name STRING, monthly_fee DOUBLE,
 opened_on DATE, shut_on DATE);
INSERT INTO main.chandler.berths VALUES (1, 'North', 30.0, DATE'2020-01-01', NULL),
 (2, 'South', 10.0, DATE'2020-01-01', DATE'2023-01-01')
"""


@pytest.fixture(scope="module")
def engine(asked_about):
    return asked_about("chandler", CHANDLERY)


@pytest.fixture(scope="module")
def told(engine, warehouse):
    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


def test_what_ranks_things_is_a_number_and_no_text_of_the_same_word(told):
    assert told("top 2 clients by fees") == [("Ada Lines", "30.0"), ("Bo Lines", "50.0")]


def test_a_text_ranks_nothing(engine):
    assert "rank" in engine.ask("top 2 clients by city").text


@pytest.mark.parametrize("question", ["top 1 clients by sales", "best client by revenue"])
def test_sales_are_what_the_events_with_the_things_named_took_in(told, question):
    assert told(question) == [("Bo Lines", "60.0")]


def test_things_are_ranked_by_how_many_of_another_were_done(told):
    assert told("top 1 clients by started visits") == [("Bo Lines", "2")]


@pytest.mark.parametrize("question", ["visits per kind", "How many visits do we have of each kind?"])
def test_a_kind_is_that_of_what_is_counted(told, question):
    assert told(question) == [("Call", "1"), ("Tour", "3")]


def test_open_is_said_of_what_is_named_and_not_of_what_it_belongs_to(told):
    assert told("How many complaints are still open?") == [("1",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("number of agents still with us", [("2",)]),
        ("Which of the agents that are still here joined first?", [("Ben Roy",)]),
        ("Which agents are sworn agents? Include people who have left.", [("Ann Lee",), ("Ben Roy",)]),
        ("Which berths have a fee of at most 10? Please include the shut ones.", [("South",)]),
    ],
)
def test_who_is_still_there_has_not_left_and_who_is_included_need_not_have(told, question, expected):
    assert told(question) == expected


def test_a_fee_per_month_is_the_monthly_one_and_counts_no_months(told):
    assert told("For which berths is the fee per month above 20?") == [("North",)]


@pytest.mark.parametrize("question", ["Ghent", "How are things in Ghent?", "What about the city of Ghent?"])
def test_a_value_alone_asks_for_nothing(engine, question):
    assert engine.ask(question).sql is None


def test_a_rate_of_what_was_done_is_not_the_only_rate_of_another_table(engine):
    assert engine.ask("late billing rate among matters").sql is None


def test_to_break_things_down_is_to_count_them_by_something(told):
    assert told("Break our matters down by status, with the count for each.") == [("Done", "1"), ("Open", "2")]
