"""How offices speak of their bills: what is included, people told by name only, amounts that are called total."""

import json
from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.bills.bill (bill_id INT, total_amount INT, annual_kilowatt_hours INT, status STRING,
 technician_name STRING, place_name STRING, replaces_bill_id INT COMMENT 'The cancelled bill that this one corrects');
INSERT INTO main.bills.bill VALUES (1, 10, 25000, 'Paid', 'Ada', 'Mill', NULL),
 (2, 20, 900, 'Cancelled', 'Ada', 'Inn', NULL),
 (3, 30, 30000, 'Paid', 'Bo', 'Barn', 2);
CREATE TABLE main.bills.payment (payment_id INT, bill_id INT, amount INT);
INSERT INTO main.bills.payment VALUES (1, 1, 5), (2, 1, 5), (3, 3, 7)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    built = asked_about("bills", TABLES)

    def asked(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "How many bills are there, including cancelled ones?",
        "count of bills incl. cancelled",
        "bills, count (incl. cancelled)",
    ],
)
def test_what_is_included_as_well_leaves_nothing_out(ask, question):
    assert ask(question) == ["3"]


@pytest.mark.parametrize(
    "question", ["How many bills are there excl. cancelled bills?", "count of bills without cancelled bills"]
)
def test_a_state_of_a_thing_comes_before_a_comment_that_speaks_of_it(ask, question):
    assert ask(question) == ["2"]


@pytest.mark.parametrize(
    ("question", "found"),
    [("number of bills per technician", ["Ada 2", "Bo 1"]), ("How many different technicians are there?", ["2"])],
)
def test_who_is_told_by_a_name_only_is_a_person_all_the_same(ask, question, found):
    assert ask(question) == found


def test_an_amount_that_is_called_total_is_that_amount(ask):
    assert ask("What is the average total amount of a bill?") == ["20.0"]


@pytest.mark.parametrize(
    "question", ["bills of 20,000 kWh or more, count", "How many bills have 20,000 kilowatt hours or more?"]
)
def test_thousands_and_kilowatt_hours_are_read_whole(ask, question):
    assert ask(question) == ["2"]


@pytest.fixture(scope="module")
def curated(ask, warehouse):
    table = {"identifier": "main.bills.payment", "column_configs": [{"column_name": "amount", "synonyms": ["takings"]}]}
    told = {"id": "a", "display_name": "takings", "sql": ["sum(payment.amount)"]}
    space = {"version": 2, "data_sources": {"tables": [table]}, "instructions": {"sql_snippets": {"measures": [told]}}}
    return Engine(read_space(json.dumps(space), warehouse), date(2024, 3, 15))


def test_a_measure_comes_before_the_column_that_it_is_made_of(curated):
    assert "SUM(payment.amount)" in curated.ask("What are the takings?").sql


def test_the_largest_of_a_measure_without_groups_is_asked_back(curated):
    assert curated.ask("What is the largest takings?").sql is None
