"""Columns `GENERATED … AS IDENTITY`: a sequence of DuckDB fills them; those that are ALWAYS so take no other value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

# Sequences outlive the tables that use them, so each has a number of its own.
_NEXT = """
SELECT coalesce(max(CAST(substr(sequence_name, 10) AS BIGINT)), 0) + 1
FROM duckdb_sequences() WHERE schema_name = 'sandbricks' AND starts_with(sequence_name, 'identity_')
"""
ALWAYS, BY_DEFAULT = "ALWAYS", "BY DEFAULT"


@dataclass(frozen=True)
class Identity:
    """Where the numbers start, how far apart they are, and whether a statement may give others."""

    start: int
    step: int
    kind: str

    def default(self, cursor: "Cursor") -> str:
        """Makes the sequence; gives what a column's definition says of it."""
        (number,) = cursor.execute(_NEXT).fetchone() or (1,)
        name = f"sandbricks.identity_{number}"
        cursor.execute(f"CREATE SEQUENCE {name} INCREMENT BY {self.step} {self._ends()} START WITH {self.start}")
        return f" DEFAULT nextval('{name}')"

    def _ends(self) -> str:
        """DuckDB counts from 1 upwards unless it is told where to end."""
        far = 2**62
        return f"MINVALUE {min(self.start, 1)}" if self.step > 0 else f"MINVALUE {-far} MAXVALUE {max(self.start, 1)}"


def identity(told: exp.GeneratedAsIdentityColumnConstraint) -> Identity:
    """What a column says of itself.

    Raises: SqlError
    """
    start, step = (_integer(told.args.get(name)) for name in ("start", "increment"))
    if step == 0:
        raise SqlError("IDENTITY_COLUMNS_ILLEGAL_STEP", "IDENTITY column step cannot be 0.", "42611")
    return Identity(start, step, ALWAYS if told.this else BY_DEFAULT)


def check_insert(insert: exp.Insert, kinds: Mapping[str, str]) -> None:
    """Refuses values for a column that is always generated.

    Raises: SqlError
    """
    always = {name.lower() for name, kind in kinds.items() if kind == ALWAYS}
    named = [name.lower() for name in _named(insert)]
    for name in always if not named else always & set(named):
        raise SqlError(
            "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED",
            f"Providing values for GENERATED ALWAYS AS IDENTITY column {name} is not supported.",
            "42808",
        )


def _named(insert: exp.Insert) -> list[str]:
    if isinstance(insert.this, exp.Schema):
        return [column.name for column in insert.this.expressions]
    query = insert.expression
    return list(query.named_selects) if insert.args.get("by_name") and isinstance(query, exp.Query) else []


def _integer(told: exp.Expr | None) -> int:
    return 1 if told is None else int(told.sql())
