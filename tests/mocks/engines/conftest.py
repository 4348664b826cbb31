"""A workspace of its own for each test, without a server."""

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.blank import Blank
from mocks.engines.warehouse.sql_warehouse import Warehouse


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data", host="http://127.0.0.1:8329", token="t", control_token="c")


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """What the database of a workspace begins as; a sandbox, too, makes it once for all."""
    data = tmp_path_factory.mktemp("blank") / "data"
    workspaces = Workspaces(Settings(data=data, host="http://127.0.0.1:1", token="t", control_token="c"))
    workspaces.named(DEFAULT).engine(Warehouse)
    yield workspaces.shared(Blank).content
    workspaces.close()


@pytest.fixture
def engines(settings, blank):
    workspaces = Workspaces(settings)
    workspaces.shared(Blank).content = blank
    yield workspaces.named(DEFAULT)
    workspaces.close()


@pytest.fixture
def warehouse(engines):
    return engines.engine(Warehouse)


@pytest.fixture
def rows(warehouse):
    return lambda statement, **options: warehouse.run(statement, **options).rows()
