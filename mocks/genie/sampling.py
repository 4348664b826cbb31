"""What is in the tables of a space: how many rows, how many of them hold a value, and the values of texts and keys."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.core.errors import ResourceDoesNotExist
from mocks.engines.warehouse import SqlError, TableInfo, Warehouse

TEXTS = frozenset(("STRING", "VARCHAR", "CHAR"))
WHOLE = frozenset(("BYTE", "SHORT", "INT", "LONG"))
# Above so many different values a text names nothing that people would say, and a number is compared by name alone.
MOST_TEXTS, MOST_KEYS = 1000, 5000


@dataclass(frozen=True)
class Sample:
    """One column: rows of its table, those that hold a value, different values, and these in order if they are few."""

    rows: int = 0
    filled: int = 0
    distinct: int = 0
    values: tuple[str, ...] = ()


class Samples:
    """The samples of a workspace's tables, taken once for each version of a table in two statements."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self.ended = False
        self._known: dict[str, tuple[int, dict[str, Sample]]] = {}

    def of(self, info: TableInfo) -> dict[str, Sample]:
        """The samples of a table's columns by their names.

        Raises: SqlError, ResourceDoesNotExist
        """
        if self.ended:
            raise ResourceDoesNotExist("The workspace was dropped or emptied meanwhile.")
        version = self._version(info)
        known, samples = self._known.get(info.name.full, (None, {}))
        if known != version or version < 0:
            samples = self._taken(info)
            self._known[info.name.full] = version, samples
        return samples

    def _version(self, info: TableInfo) -> int:
        """Its version; a view has none of its own and is read anew."""
        try:
            return self._warehouse.table_version(info.name.full)
        except SqlError:
            return -1

    def _taken(self, info: TableInfo) -> dict[str, Sample]:
        names = [column.name for column in info.columns]
        if not names:
            return {}
        counted = ", ".join(f"COUNT({_quoted(name)}), COUNT(DISTINCT {_quoted(name)})" for name in names)
        row = self._rows(f"SELECT COUNT(*), {counted} FROM {_source(info)}")[0]  # noqa: S608  # quoted
        whole, *found = [int(count or 0) for count in row]
        samples = {name: Sample(whole, found[2 * at], found[2 * at + 1]) for at, name in enumerate(names)}
        few = [c.name for c in info.columns if _is_listed(c.type_name, samples[c.name].distinct)]
        for name, values in self._values(info, few).items():
            told = samples[name]
            samples[name] = Sample(told.rows, told.filled, told.distinct, tuple(sorted(values)))
        return samples

    def _values(self, info: TableInfo, names: Sequence[str]) -> dict[str, list[str]]:
        parts = [
            f"SELECT {at} AS c, CAST({_quoted(name)} AS STRING) AS v FROM {_source(info)} "  # noqa: S608  # quoted
            f"WHERE {_quoted(name)} IS NOT NULL GROUP BY {_quoted(name)}"
            for at, name in enumerate(names)
        ]
        found: dict[str, list[str]] = defaultdict(list)
        for at, value in self._rows(" UNION ALL ".join(parts)) if parts else ():
            if at is not None and value:
                found[names[int(at)]].append(value)
        return found

    def _rows(self, statement: str) -> Sequence[tuple[str | None, ...]]:
        return [tuple(row) for row in self._warehouse.run(statement, read_only=True).rows()]


def _is_listed(type_name: str, distinct: int) -> bool:
    return type_name in TEXTS | WHOLE and 0 < distinct <= MOST_KEYS


def _source(info: TableInfo) -> str:
    return ".".join(_quoted(part) for part in info.name.full.split("."))


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
