"""Changing what an example's SQL groups by, in its syntax tree: another column, none, one value, the most of it."""

from collections.abc import Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.curated.refilling import UnfitError
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.links import Link
from mocks.genie.knowledge.space import Column, Space
from mocks.genie.refusal import AskBack

_MORE = (exp.With, exp.Window, exp.Having, exp.Limit, exp.Order, exp.Qualify, exp.SetOperation)
_MEASURE = "value"


class Regrouped:
    """One number for every value of a column, as an example computes it.

    Raises: UnfitError if the statement is anything else
    """

    def __init__(self, sql: str, group: Column, space: Space, graph: JoinGraph) -> None:
        self._space, self._graph, self._group = space, graph, group
        try:
            tree = parse_one(sql, read="databricks")
        except SqlglotError:
            raise UnfitError from None
        if not isinstance(tree, exp.Select) or tree.find(*_MORE) or len(tree.expressions) != 2:
            raise UnfitError
        self._tree = tree
        self._aliases = {t.alias_or_name: t.name.lower() for t in tree.find_all(exp.Table)}
        grouped = tree.args["group"].expressions if tree.args.get("group") is not None else []
        mine = [one for one in grouped if self._is_group(one)]
        shown = [one for one in tree.expressions if self._is_group(one.unalias())]
        if len(mine) != 1 or len(grouped) != 1 or len(shown) != 1:
            raise UnfitError
        self._measure = next(one for one in tree.expressions if one is not shown[0])
        self._shown, self._is_whole = shown[0], False

    def by(self, column: Column) -> None:
        """Groups by another column, which every row of the one before has one of.

        Raises: UnfitError
        """
        for node in [*self._uses()]:
            alias = node.table if column.table == self._group.table else self._joined(node, column)
            node.replace(exp.column(column.name, table=alias or None, quoted=not column.name.isidentifier()))
        shown = next(one for one in self._tree.expressions if one.find(exp.Column) and one is not self._measure)
        shown.replace(shown.unalias())
        self._group = column

    def whole(self) -> None:
        """Groups by nothing.

        Raises: UnfitError if the column plays another part
        """
        self._tree.set("expressions", [self._measure])
        self._tree.set("group", None)
        tests = list(dict.fromkeys(map(self._equality, self._uses())))
        for test in tests:
            test.replace(exp.true())
        self._is_whole = True

    def sql(self, only: str = "", descending: bool | None = None, limit: int = 1) -> str:
        """The statement; for one value its number alone, or as many as are asked for, the most or the least first."""
        if self._is_whole or (not only and descending is None):
            return self._tree.sql(dialect="databricks", pretty=True)
        name = self._measure.alias_or_name if isinstance(self._measure, exp.Alias) else _MEASURE
        if not isinstance(self._measure, exp.Alias):
            self._measure.replace(exp.alias_(self._measure.copy(), name))
        inner = self._tree.subquery("grouped")
        column = exp.column(self._group.name, quoted=not self._group.name.isidentifier())
        if only:
            query = exp.select(exp.column(name)).from_(inner)
            return query.where(exp.EQ(this=column, expression=exp.Literal.string(only))).sql("databricks", pretty=True)
        order = exp.Ordered(this=exp.column(name), desc=descending, nulls_first=False)
        query = exp.select("*").from_(inner).order_by(order, column).limit(limit)
        return query.sql(dialect="databricks", pretty=True)

    def _is_group(self, node: exp.Expr) -> bool:
        if not isinstance(node, exp.Column) or node.name.lower() != self._group.name.lower():
            return False
        tables = {self._aliases.get(node.table, "")} if node.table else set(self._aliases.values())
        owners = [t for t in self._space.tables if t.name.lower() in tables and t.column(node.name) is not None]
        return [t.full_name for t in owners] == [self._group.table]

    def _equality(self, node: exp.Column) -> exp.EQ:
        """The condition by which a query within the statement is of the same group."""
        test = node.parent
        if not isinstance(test, exp.EQ) or not isinstance(test.parent, exp.Where | exp.And):
            raise UnfitError
        if not (self._is_group(test.this) and self._is_group(test.expression)):
            raise UnfitError
        return test

    def _uses(self) -> Iterator[exp.Column]:
        for node in self._tree.find_all(exp.Column):
            if self._is_group(node):
                yield node

    def _joined(self, node: exp.Column, column: Column) -> str:
        """The alias of the column's table beside that of the group's, in the query in which the group stands."""
        query = node.find_ancestor(exp.Select)
        while query is not None and node.table not in _sources(query):
            query = query.find_ancestor(exp.Select)
        if query is None:
            raise UnfitError
        alias = node.table
        for link in self._way(column):
            alias = self._join(query, alias, link)
        return alias

    def _way(self, column: Column) -> list[Link]:
        try:
            way = self._graph.path(self._space.table(self._group.table), column.table)
        except AskBack:
            raise UnfitError from None
        if not way:
            raise UnfitError
        return way

    def _join(self, query: exp.Select, alias: str, link: Link) -> str:
        name = f"{alias}_{link.right.table_name}"
        joins = query.args.get("joins") or []
        if not any(join.alias_or_name == name for join in joins):
            source = exp.alias_(exp.to_table(link.right.table, dialect="databricks"), name, table=True)
            pairs = [
                exp.EQ(this=exp.column(a.name, table=alias), expression=exp.column(b.name, table=name))
                for a, b in link.pairs
            ]
            query.join(source, on=exp.and_(*pairs), copy=False)
        return name


def _sources(query: exp.Select) -> set[str]:
    """The aliases of a query's own tables."""
    sources = [query.args.get("from_"), *(query.args.get("joins") or [])]
    return {source.this.alias_or_name for source in sources if source is not None}
