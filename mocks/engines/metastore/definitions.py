"""Our own tables, views and macros in a database."""

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from mocks.engines.metastore.information_schema import VIEWS
from mocks.engines.metastore.names import literal
from mocks.engines.metastore.securables import CREATE
from mocks.engines.statements.history import CREATE as HISTORY
from mocks.engines.translating.spark_macros import MACROS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

_ALL = CREATE + HISTORY + VIEWS + MACROS
_MARK = "SELECT comment FROM duckdb_tables() WHERE schema_name = 'sandbricks' AND table_name = 'securables'"


def define(cursor: "Cursor") -> bool:
    """Writes them, unless the very same are there; says whether it wrote."""
    if cursor.execute(_MARK).fetchone() == (_mark(),):
        return False
    cursor.execute(f"{_ALL}COMMENT ON TABLE sandbricks.securables IS {literal(_mark())}")
    return True


@cache
def _mark() -> str:
    """What tells definitions apart; those of another DuckDB are written anew."""
    import duckdb

    return hashlib.sha256(f"{duckdb.__version__}\n{_ALL}".encode()).hexdigest()
