"""What every database begins with is written once, copied into the new ones, and written anew in old ones."""

import pytest

from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.blank import Blank
from mocks.engines.warehouse.duck import Duck
from mocks.engines.warehouse.sql_warehouse import Warehouse

OF_OURS = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'sandbricks' ORDER BY 1"
MARK = "SELECT comment FROM duckdb_tables() WHERE table_name = 'securables'"


@pytest.fixture
def start(settings):
    """Opens the sandbox; what was opened before is closed."""
    opened = []

    def again():
        while opened:
            opened.pop().close()
        opened.append(Workspaces(settings))
        return opened[-1]

    yield again
    opened.pop().close()


@pytest.fixture
def workspaces(start):
    return start()


def test_the_second_workspace_begins_as_a_copy_and_has_nothing_of_the_first(workspaces):
    first, second = workspaces.named(DEFAULT), workspaces.create("second")
    first.engine(Warehouse).run("CREATE TABLE t AS SELECT 1 AS a")

    warehouse = second.engine(Warehouse)

    assert warehouse.run("SELECT count(*) FROM system.information_schema.tables").rows() == [["0"]]
    assert warehouse.run("SELECT DISTINCT catalog_owner FROM system.information_schema.catalogs").rows() == [
        [second.owner]
    ]
    assert warehouse.run("SELECT current_user()").rows() == [[second.owner]]
    with first.engine(Duck).reading() as one, second.engine(Duck).reading() as other:
        assert one.execute(OF_OURS).fetchall() == other.execute(OF_OURS).fetchall()


def test_the_first_database_of_a_run_is_what_the_others_are_copied_from(workspaces):
    assert workspaces.shared(Blank).content == b""

    workspaces.named(DEFAULT).engine(Warehouse)

    kept = workspaces.shared(Blank).content
    workspaces.create("second").engine(Warehouse)
    assert kept
    assert workspaces.shared(Blank).content is kept


def test_definitions_of_another_version_are_written_anew(workspaces, start):
    workspaces.named(DEFAULT).engine(Warehouse).run("CREATE TABLE t AS SELECT 1 AS a")
    with workspaces.named(DEFAULT).engine(Duck).writing() as cursor:
        mark = cursor.execute(MARK).fetchone()
        cursor.execute("COMMENT ON TABLE sandbricks.securables IS 'older'; DROP MACRO sandbricks.months_between")

    again = start()
    warehouse = again.named(DEFAULT).engine(Warehouse)

    assert warehouse.run("SELECT months_between(DATE'2024-03-01', DATE'2024-01-01'), a FROM t").rows() == [["2.0", "1"]]
    with again.named(DEFAULT).engine(Duck).reading() as cursor:
        assert cursor.execute(MARK).fetchone() == mark
    assert again.shared(Blank).content == b""
