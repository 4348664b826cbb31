"""A workspace of its own for each test, without a server."""

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.sql_warehouse import Warehouse


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data", host="http://127.0.0.1:8329", token="t", control_token="c")


@pytest.fixture
def engines(settings):
    workspaces = Workspaces(settings)
    yield workspaces.named(DEFAULT)
    workspaces.close()


@pytest.fixture
def warehouse(engines):
    return engines.engine(Warehouse)


@pytest.fixture
def rows(warehouse):
    return lambda statement, **options: warehouse.run(statement, **options).rows()
