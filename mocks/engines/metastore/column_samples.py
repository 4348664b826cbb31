"""What is in the columns of a table: how many rows hold a value, how many differ, and the values where they are few.

A large table is counted in one scan with estimates; exact counts are taken only of columns that may be keys.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mocks.engines.metastore.names import quoted
from mocks.engines.metastore.tables import ColumnInfo, TableInfo

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

TEXTS = frozenset(("STRING", "VARCHAR", "CHAR"))
DATES = frozenset(("DATE", "TIMESTAMP", "TIMESTAMP_NTZ"))
WHOLE = frozenset(("BYTE", "SHORT", "INT", "LONG"))
MOST_VALUES = 5_000
_LARGE = 100_000
_NEARLY = 0.8  # an estimate of different values is off by a tenth at most


@dataclass(frozen=True)
class Sample:
    """One column: rows of its table, those that hold a value, different values, and these in order if they are few.

    Of dates the first and the last, as texts.
    """

    rows: int = 0
    filled: int = 0
    distinct: int = 0
    values: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


def sample(cursor: "Cursor", table: TableInfo) -> dict[str, Sample]:
    """The samples of a table's columns by their names; values of texts and whole numbers as texts."""
    if not table.columns:
        return {}
    found = _counted(cursor, table)
    few = [column.name for column in table.columns if _is_listed(column, found[column.name])]
    for name, values in _values(cursor, table, few):
        told = found[name]
        known = tuple(sorted(value for value in values if value)) if len(values) <= MOST_VALUES else ()
        found[name] = Sample(told.rows, told.filled, len(values) if known else told.distinct, known)
    for name, first, last in _days(cursor, table):
        found[name] = replace(found[name], first=first, last=last)
    return found


def _counted(cursor: "Cursor", table: TableInfo) -> dict[str, Sample]:
    rows = _row(cursor, "SELECT count(*)", table)[0]
    count = "approx_count_distinct({0})" if rows > _LARGE else "count(DISTINCT {0})"
    parts = [f"count({name}), {count.format(name)}" for name in (quoted(column.name) for column in table.columns)]
    counts = _row(cursor, f"SELECT {', '.join(parts)}", table)
    found = {c.name: Sample(rows, counts[2 * at], counts[2 * at + 1]) for at, c in enumerate(table.columns)}
    return found if rows <= _LARGE else found | dict(_exactly(cursor, table, found))


def _exactly(cursor: "Cursor", table: TableInfo, estimates: dict[str, Sample]) -> Iterator[tuple[str, Sample]]:
    """The samples of the columns of texts and whole numbers that may tell all rows apart."""
    for column in table.columns:
        told = estimates[column.name]
        if column.type_name in TEXTS | WHOLE and told.filled == told.rows and told.distinct >= _NEARLY * told.rows:
            counted = _row(cursor, f"SELECT count(DISTINCT {quoted(column.name)})", table)[0]
            yield column.name, Sample(told.rows, told.filled, counted)
        else:
            yield column.name, Sample(told.rows, told.filled, min(told.distinct, told.filled, told.rows - 1))


def _is_listed(column: ColumnInfo, told: Sample) -> bool:
    return column.type_name in TEXTS | WHOLE and 0 < told.distinct <= MOST_VALUES / _NEARLY


def _values(cursor: "Cursor", table: TableInfo, names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The different values of each column, and one more than are wanted if there are so many."""
    for name in names:
        column, source = quoted(name), table.name.duck
        query = f"""SELECT DISTINCT CAST({column} AS VARCHAR) FROM {source} WHERE {column} IS NOT NULL
            LIMIT {MOST_VALUES + 1}"""  # noqa: S608  # quoted
        yield name, [value for (value,) in cursor.execute(query).fetchall()]


def _days(cursor: "Cursor", table: TableInfo) -> Iterator[tuple[str, str, str]]:
    """The first and the last day of each column of dates that has any."""
    dates = [column.name for column in table.columns if column.type_name in DATES]
    ends = ", ".join(f"CAST({end}({quoted(name)}) AS VARCHAR)" for name in dates for end in ("min", "max"))
    row = cursor.execute(f"SELECT {ends} FROM {table.name.duck}").fetchone() if dates else None  # noqa: S608  # quoted
    for at, name in enumerate(dates if row else ()):
        first, last = row[2 * at : 2 * at + 2] if row else (None, None)
        if first and last:
            yield name, first, last


def _row(cursor: "Cursor", select: str, table: TableInfo) -> tuple[int, ...]:
    row = cursor.execute(f"{select} FROM {table.name.duck}").fetchone()
    assert row is not None
    return tuple(int(count or 0) for count in row)
