"""Comparisons of two columns, also of two tables, and one number divided by another."""

import json
from datetime import date

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.default.paintings (painting_id INT, title STRING, purchase_price DOUBLE, weight_kg DOUBLE);
INSERT INTO main.default.paintings VALUES (1, 'Blue Door', 500.0, 10.0), (2, 'Night', 900.0, 4.0);
CREATE TABLE main.default.loans (loan_id INT, painting_id INT, lender STRING, due_on DATE, returned_on DATE,
 insured_for DOUBLE);
INSERT INTO main.default.loans VALUES (1, 1, 'Tate', DATE'2024-01-10', DATE'2024-01-20', 600.0),
 (2, 2, 'Prado', DATE'2024-02-10', DATE'2024-02-01', 800.0), (3, 2, 'Tate', DATE'2024-03-10', NULL, 700.0);
CREATE TABLE main.default.exhibitions (exhibition_id INT, title STRING, rooms INT, budget_eur DOUBLE,
 actual_cost_eur DOUBLE);
INSERT INTO main.default.exhibitions VALUES (1, 'North', 2, 100.0, 120.0), (2, 'Stone', 4, 60.0, 55.0);
CREATE TABLE main.default.fines (fine_id INT, loan_id INT, settled_on DATE, paid_amount DOUBLE);
INSERT INTO main.default.fines VALUES (1, 1, DATE'2024-02-01', 5.0), (2, 3, DATE'2024-03-01', 9.0);
CREATE TABLE main.default.visits (visit_id INT, exhibition_id INT);
INSERT INTO main.default.visits VALUES (1, 1), (2, 1), (3, 1), (4, 2), (5, 2)
"""


@pytest.fixture(scope="module")
def museum(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("art"), host="http://127.0.0.1:1", token="t", control_token="c")
    workspaces = Workspaces(settings)
    warehouse = workspaces.named("default").engine(Warehouse)
    for statement in TABLES.split(";"):
        warehouse.run(statement)
    names = ("paintings", "loans", "exhibitions", "fines", "visits")
    tables = [{"identifier": f"main.default.{name}"} for name in names]
    engine = Engine(read_space(json.dumps({"version": 2, "data_sources": {"tables": tables}}), warehouse), date.today())

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    yield ask
    workspaces.close()


@pytest.mark.parametrize(
    "question",
    [
        "How many loans were insured for more than the painting's purchase price?",
        "number of loans insured for more than the purchase price of the painting",
        "loans whose insured amount is above the painting's purchase price, count",
        "How many fines were settled after the loan was due?",
        "How many exhibitions cost more than planned?",
        "number of exhibitions over budget",
        "How many loans came back after the due date?",
    ],
)
def test_two_columns_are_compared_row_by_row_also_through_a_key(museum, question):
    assert museum(question) == [("1",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("purchase price per kilogram", [("100",)]),
        ("ratio of visits to exhibitions", [("2.5",)]),
        ("visits per room by exhibition", [("North", "1.5"), ("Stone", "0.5")]),
        ("For each exhibition, the ratio of visits to rooms", [("North", "1.5"), ("Stone", "0.5")]),
        ("visit-to-exhibition ratio", [("2.5",)]),
        ("total actual cost as a percentage of the total budget", [("109.375",)]),
        ("actual cost vs budget, in %", [("109.375",)]),
    ],
)
def test_one_number_is_divided_by_another(museum, question, expected):
    assert [(*row[:-1], f"{float(row[-1]):.10g}") for row in museum(question)] == expected
