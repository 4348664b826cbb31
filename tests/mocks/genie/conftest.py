"""A bicycle shop: a world of tables that nothing in the engine was written for."""

import json
import re
from datetime import date
from functools import lru_cache

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.genie.engine import Engine
from mocks.genie.knowledge.sampling import Samples
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.default.customers (customer_id INT, customer_name STRING, city STRING);
INSERT INTO main.default.customers VALUES (1, 'Ada', 'Turin'), (2, 'Bert', 'Lyon'), (3, 'Cleo', 'Turin');
CREATE TABLE main.default.products (product_id INT, product_name STRING, category STRING, price DOUBLE);
INSERT INTO main.default.products VALUES (1, 'Rover', 'Road bike', 900.0), (2, 'Goat', 'Mountain bike', 1200.0),
 (3, 'Bell', 'Part', 9.5);
CREATE TABLE main.default.sales (sale_id INT, customer_id INT, product_id INT, quantity INT, amount DOUBLE,
 sold_on DATE, channel STRING);
INSERT INTO main.default.sales VALUES
 (1, 1, 1, 1, 900.0, DATE'2024-01-10', 'Online'), (2, 1, 3, 2, 19.0, DATE'2024-02-11', 'Shop'),
 (3, 2, 2, 1, 1200.0, DATE'2024-02-20', 'Online'), (4, 2, 3, 1, 9.5, DATE'2023-12-30', 'Shop')
"""
BARE = {
    "version": 2,
    "data_sources": {"tables": [{"identifier": f"main.default.{t}"} for t in ("customers", "products", "sales")]},
}


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("bikes"), host="http://127.0.0.1:1", token="t", control_token="c")
    workspaces = Workspaces(settings)
    warehouse = workspaces.named("default").engine(Warehouse)
    for statement in TABLES.split(";"):
        warehouse.run(statement)
    yield warehouse
    workspaces.close()


@pytest.fixture(scope="session")
def asked_about(warehouse):
    """An engine for the tables that the SQL creates in a schema of their own, with what a curator says of each."""

    def build(schema, sql, instructions=None, **said):
        fresh = (f"DROP SCHEMA IF EXISTS main.{schema} CASCADE", f"CREATE SCHEMA main.{schema}")
        for statement in [*fresh, *sql.split(";")]:
            warehouse.run(statement)
        names = re.findall(r"CREATE TABLE (\S+)", sql)
        tables = [{"identifier": name, **said.get(name.rpartition(".")[2], {})} for name in names]
        spec = json.dumps({"version": 2, "data_sources": {"tables": tables}, "instructions": instructions or {}})
        return Engine(read_space(spec, warehouse), date(2024, 3, 15))

    return build


@pytest.fixture(scope="session")
def understood(warehouse):
    """The engine of a space: the same one while neither the space nor a table of it changes, as in a workspace."""
    samples = Samples(warehouse)

    @lru_cache(maxsize=50)
    def built(serialized, versions):
        return Engine(read_space(serialized, warehouse, samples), date(2024, 3, 15))

    def build(spec):
        names = [table["identifier"] for table in spec["data_sources"]["tables"]]
        return built(json.dumps(spec), tuple(warehouse.table_versions(names)))

    return build


@pytest.fixture
def engine(understood):
    def build(instructions=None, more=(), **tables):
        spec = json.loads(json.dumps(BARE)) | {"instructions": instructions or {}}
        spec["data_sources"]["tables"] += [{"identifier": f"main.default.{name}"} for name in more]
        for table in spec["data_sources"]["tables"]:
            table |= tables.get(table["identifier"].rpartition(".")[2], {})
        return understood(spec)

    return build


@pytest.fixture
def rows(engine, warehouse):
    def ask(question, *earlier, instructions=None, **tables):
        answer = engine(instructions, **tables).ask(question, earlier)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask
