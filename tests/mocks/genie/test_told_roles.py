"""What a curator tells beyond names: who is meant by a join, fiscal years, states of one's own."""

import json
from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.fiscal import in_calendar_days
from mocks.genie.knowledge.serialized import read_space

PRESS = """
CREATE OR REPLACE TABLE main.default.Staff (StaffId INT, StaffName STRING);
INSERT INTO main.default.Staff VALUES (1, 'Gus'), (2, 'Hana');
CREATE OR REPLACE TABLE main.default.Pieces (PieceId INT, Headline STRING, WriterId INT, EditorId INT, Words INT,
 Filed DATE, Printed DATE, Due DATE, Seconds INT);
INSERT INTO main.default.Pieces VALUES (10, 'Cup', 1, 2, 900, '2024-01-01', '2024-01-02', '2024-01-03', 20),
 (11, 'Row', 1, 2, 700, '2024-02-01', '2024-02-09', '2024-02-03', 70), (12, 'Rain', 2, 1, 400, NULL, NULL, NULL, 80)
"""


def spec(alias, column):
    ends = {"left": {"identifier": "main.default.pieces", "alias": "pieces"}}
    ends |= {"right": {"identifier": "main.default.staff", "alias": alias}}
    return ends | {"sql": [f"pieces.{column} = {alias}.StaffId"]}


def example(question, sql):
    return {"example_question_sqls": [{"question": [question], "sql": [sql]}]}


def told(*sentences):
    return {"text_instructions": [{"content": list(sentences)}]}


@pytest.fixture
def press(warehouse):
    for statement in PRESS.split(";"):
        warehouse.run(statement)

    def ask(question, **instructions):
        tables = [{"identifier": f"main.default.{name}"} for name in ("pieces", "staff")]
        given = {"join_specs": [spec("staff", "WriterId"), spec("editor", "EditorId")]} | instructions
        space = json.dumps({"version": 2, "data_sources": {"tables": tables}, "instructions": given})
        answer = Engine(read_space(space, warehouse), date(2024, 3, 15)).ask(question)
        assert answer.sql is not None, answer.text
        return sorted(map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many pieces does Gus have?", [("2",)]),
        ("Number of pieces per editor", [("Gus", "1"), ("Hana", "2")]),
    ],
)
def test_the_join_without_a_role_is_meant_where_none_is_named(press, question, expected):
    assert press(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("keen staff by headline", [("Rain", "1"), ("Row", "1")]), ("How many keen staff?", [("2",)])],
)
def test_a_count_with_a_condition_is_learned_whatever_the_case_of_names(press, question, expected):
    keen = "SELECT WriterId, COUNT(DISTINCT EditorId) FROM main.default.Pieces WHERE Seconds >= 60 GROUP BY WriterId"

    assert press(question, **example("Keen staff by writer", keen)) == expected


def test_a_rate_of_what_an_instruction_defines_by_a_unit_is_its_share(press):
    assert press("bounce rate", **told("A bounce is a piece of under 30 seconds.")) == [("33.33",)]


def test_the_longest_of_a_number_that_is_named_is_by_that_number(press):
    turnaround = told("Turnaround is the number of days between Filed and Printed.")

    assert press("Which piece had the longest turnaround?", **turnaround) == [("Row", "8")]


def test_a_filter_that_is_called_overdue_says_what_is_overdue(press):
    late = {"sql_snippets": {"filters": [{"display_name": "overdue", "sql": ["pieces.Words > 800"]}]}}

    assert press("How many overdue pieces are there?", **late) == [("1",)]


def test_what_does_not_count_as_something_more_special_is_not_left_out(press):
    assert press("How many pieces?", **told("Rain pieces do not count as printed pieces.")) == [("3",)]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("this fiscal year", "between 2023-04-01 and 2024-03-31"),
        ("in the last financial year", "between 2022-04-01 and 2023-03-31"),
        ("next FY", "between 2024-04-01 and 2025-03-31"),
        ("in FY 2023", "between 2022-04-01 and 2023-03-31"),
    ],
)
def test_fiscal_years_are_named_or_reckoned_from_today(said, days):
    assert in_calendar_days(f"sales {said}", 4, date(2024, 3, 15)) == f"sales {days}"
