"""Constraints of tables: primary and foreign keys, which are only told, and checks, which every write must keep."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mocks.engines.metastore.names import Name
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

PRIMARY, FOREIGN, CHECK = "PRIMARY KEY", "FOREIGN KEY", "CHECK"
Constraint = dict[str, Any]


def check(cursor: "Cursor", name: Name, constraints: Sequence[Constraint]) -> None:
    """Refuses rows that break a check, before they are committed.

    Raises: SqlError
    """
    for told in constraints:
        if told["kind"] != CHECK:
            continue
        query = f"SELECT 1 FROM {name.duck} WHERE ({told['duck']}) IS NOT TRUE LIMIT 1"  # noqa: S608  # translated
        if cursor.execute(query).fetchall():
            raise SqlError(
                "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
                f"CHECK constraint {told['name']} {told['text']} violated by row with values of {name.shown}.",
                "23001",
            )


def added(constraints: Sequence[Constraint], new: Constraint) -> list[Constraint]:
    """The constraints with one more.

    Raises: SqlError
    """
    if any(told["name"].lower() == new["name"].lower() for told in constraints):
        raise SqlError("DELTA_CONSTRAINT_ALREADY_EXISTS", f"Constraint '{new['name']}' already exists.", "42710")
    if new["kind"] == PRIMARY and any(told["kind"] == PRIMARY for told in constraints):
        raise SqlError("DELTA_CONSTRAINT_ALREADY_EXISTS", "The table has a primary key already.", "42710")
    return [*constraints, new]


def dropped(constraints: Sequence[Constraint], name: str, if_there: bool) -> list[Constraint]:
    """The constraints without that one.

    Raises: SqlError
    """
    left = [told for told in constraints if told["name"].lower() != name.lower()]
    if len(left) == len(constraints) and not if_there:
        raise SqlError("DELTA_CONSTRAINT_DOES_NOT_EXIST", f"Constraint '{name}' does not exist.", "42704")
    return left
