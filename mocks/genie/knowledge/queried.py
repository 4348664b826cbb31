"""Which columns of a space an example query speaks of."""

from collections.abc import Mapping

from sqlglot import exp

from mocks.genie.knowledge.space import Column, Space


def sources_of(tree: exp.Expr) -> Mapping[str, str]:
    """By the alias or name under which a query speaks of a table the table's name, both in small letters."""
    return {node.alias_or_name.lower(): node.name.lower() for node in tree.find_all(exp.Table)}


def queried(node: exp.Column, sources: Mapping[str, str], space: Space) -> Column | None:
    """The one column that a query with these sources can mean there."""
    owner = sources.get(node.table.lower(), "")
    used = (table for table in space.tables if table.name.lower() in sources.values())
    found = [c for t in used if owner in ("", t.name.lower()) and (c := t.column(node.name)) is not None]
    return found[0] if len(found) == 1 else None
