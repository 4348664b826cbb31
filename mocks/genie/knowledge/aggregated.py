"""Which columns a curator sums or averages: in measures and example queries, whatever the columns are called."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.space import NUMBER, Example, Snippet, Table

_FUNCTIONS = {exp.Sum: "SUM", exp.Avg: "AVG"}


def with_aggregates(
    tables: tuple[Table, ...], snippets: Sequence[Snippet], examples: Sequence[Example]
) -> tuple[Table, ...]:
    """The tables, whose columns of numbers know by which functions a curator puts them together."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sql in [*(s.sql for s in snippets if s.kind == "measures"), *(example.sql for example in examples)]:
        for table, column, function in _aggregated(sql, tables):
            found[table, column].add(function)
    return tuple(
        replace(
            table,
            columns=tuple(
                replace(c, aggregates=frozenset(found.get((table.full_name, c.name), ()))) for c in table.columns
            ),
        )
        for table in tables
    )


def _aggregated(sql: str, tables: Sequence[Table]) -> Iterator[tuple[str, str, str]]:
    """Table, column and function of each sum or average of one column."""
    try:
        tree = parse_one(sql, read="databricks")
    except SqlglotError:
        return
    aliases = {node.alias_or_name.lower(): node.name.lower() for node in tree.find_all(exp.Table)}
    for node in tree.find_all(*_FUNCTIONS):
        inner = node.this
        if not isinstance(inner, exp.Column):
            continue
        owner = aliases.get(inner.table.lower(), inner.table.lower())
        named = [t for t in tables if t.name.lower() == owner or (not owner and t.name.lower() in aliases.values())]
        for table in named:
            column = table.column(inner.name)
            if column is not None and column.kind == NUMBER:
                yield table.full_name, column.name, _FUNCTIONS[type(node)]
