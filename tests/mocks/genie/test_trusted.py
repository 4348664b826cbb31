"""Functions that a curator registers, and example queries with parameters, answer what they are made for."""

import json
from datetime import date

import pytest

from mocks.genie.engine import TRUSTED, Engine
from mocks.genie.knowledge.serialized import read_space

SQL = """
CREATE SCHEMA IF NOT EXISTS main.pipeline;
CREATE OR REPLACE TABLE main.pipeline.accounts (account_id INT, account_name STRING, region STRING);
INSERT INTO main.pipeline.accounts VALUES (1, 'Acme', 'EMEA'), (2, 'Bolt', 'APAC'), (3, 'Coil', 'AMER');
CREATE OR REPLACE TABLE main.pipeline.deals (deal_id INT, account_id INT, stage STRING, amount DOUBLE, closed_on DATE);
INSERT INTO main.pipeline.deals VALUES (1, 1, 'Open', 10, NULL), (2, 1, 'Won', 20, DATE'2024-02-01'),
 (3, 2, 'Open', 40, NULL), (4, 3, 'Lost', 80, DATE'2023-05-05'), (5, 3, 'Won', 160, DATE'2023-06-06');
CREATE OR REPLACE FUNCTION main.pipeline.open_opps_in_region(
  regions ARRAY<STRING> COMMENT 'List of regions. Example: ["APAC", "EMEA"]' DEFAULT NULL)
 RETURNS TABLE COMMENT 'Addresses questions about the pipeline in the specified regions by returning a list of all the
 open opportunities. Example questions: "What is the pipeline for APAC and EMEA?"'
 RETURN SELECT a.account_name, d.amount FROM main.pipeline.deals d JOIN main.pipeline.accounts a USING (account_id)
  WHERE d.stage = 'Open' AND (isnull(regions) OR array_contains(regions, a.region));
CREATE OR REPLACE FUNCTION main.pipeline.win_rate(
  from_date DATE COMMENT 'first day', to_date DATE COMMENT 'last day', the_region STRING DEFAULT NULL)
 RETURNS DOUBLE COMMENT 'Share of the closed deals that were won'
 RETURN SELECT avg(CASE WHEN stage = 'Won' THEN 1.0 ELSE 0 END) FROM main.pipeline.deals
  JOIN main.pipeline.accounts a USING (account_id)
  WHERE closed_on >= from_date AND closed_on <= to_date AND (win_rate.the_region IS NULL OR a.region = the_region);
CREATE OR REPLACE FUNCTION main.pipeline.whales(least_amount DOUBLE COMMENT 'smallest amount of a deal')
 RETURNS TABLE (name STRING) COMMENT 'Accounts that are whales: they have a deal above an amount'
 RETURN SELECT DISTINCT account_name FROM main.pipeline.deals JOIN main.pipeline.accounts USING (account_id)
  WHERE amount > least_amount
"""
FUNCTIONS = ("open_opps_in_region", "win_rate", "whales")
EXAMPLE = {
    "id": "e" * 32,
    "question": ["Size of the deals of Acme in 2024"],
    "sql": [
        "SELECT sum(amount) FROM main.pipeline.deals JOIN main.pipeline.accounts USING (account_id) ",
        "WHERE account_name = :account AND year(closed_on) = :closing_year",
    ],
    "parameters": [
        {"name": "account", "type_hint": "STRING", "default_value": {"values": ["Acme"]}},
        {"name": "closing_year", "type_hint": "NUMBER", "default_value": {"values": ["2024"]}},
    ],
}


@pytest.fixture(scope="module")
def curated(warehouse):
    for statement in SQL.split(";\n"):
        warehouse.run(statement)
    tables = [{"identifier": f"main.pipeline.{name}"} for name in ("accounts", "deals")]
    functions = [{"id": "f" * 32, "identifier": f"main.pipeline.{name}"} for name in FUNCTIONS]
    told = {"sql_functions": functions, "example_question_sqls": [EXAMPLE]}
    space = {"version": 2, "data_sources": {"tables": tables}, "instructions": told}
    return Engine(read_space(json.dumps(space), warehouse), date(2024, 3, 15))


@pytest.fixture
def ask(curated, warehouse):
    def rows(*said):
        answer = curated.ask(said[-1], said[:-1])
        assert answer.route == TRUSTED, (answer.text, answer.sql)
        return sorted(tuple(r) for r in warehouse.run(answer.sql, parameters=answer.bound, read_only=True).rows())

    return rows


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the pipeline for APAC and EMEA?", [("Acme", "10.0"), ("Bolt", "40.0")]),
        ("What's the pipeline in EMEA", [("Acme", "10.0")]),
        ("show me the pipeline", [("Acme", "10.0"), ("Bolt", "40.0")]),
        ("Which opportunities are open in apac?", [("Bolt", "40.0")]),
        ("win rate from 2023-01-01 to 2023-12-31", [("0.5",)]),
        ("What was our win rate in 2023?", [("0.5",)]),
        ("win rate in AMER in 2024", [(None,)]),
        ("win rate of EMEA this year", [("1.0",)]),
        ("Which accounts are whales above 50?", [("Coil",)]),
        ("whales with a deal over 30", [("Bolt",), ("Coil",)]),
        ("size of the deals of coil in 2023", [("240.0",)]),
        ("In 2023, what size were the deals of Coil?", [("240.0",)]),
        ("Deals of Coil in 2023: what is their size?", [("240.0",)]),
    ],
)
def test_a_question_that_a_trusted_asset_is_made_for_calls_it_with_the_values_of_the_question(ask, question, expected):
    assert ask(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How many deals are open?",
        "average amount by region",
        "How many deals were won in 2023?",
        "Which accounts are in EMEA?",
        "What is the pipeline of EMEA by stage?",
        "win rate by region in 2023",
        "win rate of the whales in 2023",
        "Size of the deals of Acme without those lost in 2024",
        "Which accounts are no whales above 50?",
        "average size of the deals of Coil in 2023",
        "pipeline in Narnia",
    ],
)
def test_a_question_that_says_more_than_a_trusted_asset_does_not_call_it(curated, question):
    assert curated.ask(question).route != TRUSTED


def test_a_trusted_answer_says_so_and_names_the_values_that_it_used(curated):
    answer = curated.ask("pipeline in EMEA")

    assert answer.text.startswith("Trusted: I used the SQL function main.pipeline.open_opps_in_region")
    assert "regions = EMEA" in answer.text
    assert answer.thoughts[0][0] == "THOUGHT_TYPE_INSTRUCTIONS"


def test_a_function_that_lacks_a_value_is_asked_back_for(curated):
    answer = curated.ask("What is our win rate?")

    assert answer.sql is None
    assert "from date" in answer.text


def test_a_follow_up_calls_the_same_function_with_its_own_value(ask):
    assert ask("pipeline in EMEA", "and in APAC?") == [("Bolt", "40.0")]


def test_a_value_that_looks_like_sql_stays_a_value(curated, warehouse):
    answer = curated.ask('Size of the deals of "x\' OR 1=1 --" in 2023')

    assert answer.sql is None or warehouse.run(answer.sql, parameters=answer.bound, read_only=True).rows() == [[None]]
