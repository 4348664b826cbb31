"""Which rows a query keeps: conditions on its base, joined to what they are about, and on rows that refer to it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlglot import exp, parse_one

from mocks.genie.composing.partners import Partners, last_of, source, together
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.links import Link
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.knowledge.written import column_of, not_null
from mocks.genie.refusal import AskBack, Declined, NotJoined


class Narrowing:
    """The rows of a base table for which all conditions hold; columns bring their joins along."""

    def __init__(
        self, base: Table, space: Space, graph: JoinGraph, through: Collection[str] = (), said: Collection[str] = ()
    ) -> None:
        self.base, self._space, self._graph, self._through = base, space, graph, through
        self._partners = Partners(base, space, graph, through, said)
        self._joined: dict[str, Link | None] = {base.full_name: None}
        self._elsewhere: dict[tuple[str, bool], list[exp.Expr]] = {}
        self._apart: list[tuple[str, exp.Expr]] = []
        self._conditions: list[exp.Expr] = []
        self._settled: list[exp.Expr] = []
        self._away: set[str] = set()
        self.denies_once = False

    def column(self, column: Column) -> exp.Expr:
        """The column, with the joins that lead to it.

        Raises: AskBack, Declined
        """
        written = column_of(column)
        named = {node.table for node in written.find_all(exp.Column)} if column.formula else set()
        for table in (column.table, *(t.full_name for t in self._space.tables if t.name in named)):
            self._reach(table)
        return written

    def _reach(self, table: str) -> None:
        way = self._graph.path(self.base, table, self._through)
        if way is None:
            raise Declined(
                f"I cannot combine {self.base.name} with {last_of(table)} row by row: the space has "
                "no join that gives each row one partner. A join spec or an example query would teach it."
            )
        for link in way:
            self._joined.setdefault(link.right.table, link)

    def referring(self, link: Link, condition: exp.Expr) -> exp.Expr:
        """That the columns of a link are the key of a row for which the condition holds."""
        mine, theirs = zip(*link.pairs, strict=True)
        inner = exp.select(*map(column_of, theirs)).from_(source(self._space.table(link.right.table))).where(condition)
        return exp.In(this=together(mine), query=exp.Subquery(this=inner))

    def lacks(self, link: Link) -> None:
        """Keeps the rows whose key is not in the column that refers to them from elsewhere."""
        theirs, mine = zip(*link.pairs, strict=True)
        present = [not_null(column) for column in theirs]
        inner = exp.select(*map(column_of, theirs)).from_(source(self._space.table(link.left.table))).where(*present)
        self._conditions.append(exp.not_(exp.In(this=together(mine), query=exp.Subquery(this=inner))))

    def reaches(self, column: Column) -> bool:
        """Whether each row of the base has one value of that column."""
        return self._graph.path(self.base, column.table, self._through) is not None

    def filter(self, column: Column, condition: exp.Expr, negated: bool = False, inner: bool = False) -> None:
        """Keeps the rows for which the condition on that column holds, there or in a table that refers to the base.

        Negated there shall be no such row, or, `inner`, one for which it does not hold.
        """
        if self.reaches(column):
            self.column(column)
            self._conditions.append(exp.not_(exp.paren(condition)) if negated else condition)
        else:
            told = exp.not_(exp.paren(condition)) if inner else condition
            self._elsewhere.setdefault((column.table, negated != inner), []).append(told)

    def filter_each(self, column: Column, conditions: Sequence[exp.Expr]) -> None:
        """Keeps the rows to which rows elsewhere refer for which the conditions hold, be it a row for each of them."""
        self._apart += [(column.table, condition) for condition in conditions]

    def speaks_of(self, table: str) -> bool:
        """Whether something is said of rows elsewhere in that table."""
        return bool(self._elsewhere.get((table, False)))

    def raw_filter(self, sql: str, tables: list[Table], negated: bool = False, inner: bool = False) -> None:
        """Keeps the rows for which a curated condition holds."""
        condition = exp.paren(parse_one(sql, read="databricks"))
        if len(tables) == 1 and not self.reaches(tables[0].columns[0]):
            told = exp.not_(condition) if inner else condition
            self._elsewhere.setdefault((tables[0].full_name, negated != inner), []).append(told)
            return
        for table in tables:
            self.column(table.columns[0])
        self._conditions.append(exp.not_(condition) if negated else condition)

    def settle(self) -> None:
        """Has the conditions so far hold for all that the query is about, also if it takes a share."""
        self._settled = self._taken()

    def take_conditions(self) -> list[exp.Expr]:
        """The conditions that are not settled, or else all, which the query no longer has."""
        taken = self._taken()
        if not taken:
            taken, self._settled = self._settled, []
        return taken

    def _taken(self) -> list[exp.Expr]:
        taken = self._found()
        self._away |= {name for name, _ in [*self._elsewhere, *self._apart]}
        self._conditions, self._elsewhere, self._apart = [], {}, []
        return taken

    @property
    def tables(self) -> set[str]:
        """The tables that the query is about."""
        return {*self._joined, *self._away, *(name for name, _ in [*self._elsewhere, *self._apart])}

    def _stated(self) -> list[exp.Expr]:
        """The conditions so far, there and elsewhere."""
        elsewhere = [one for conditions in self._elsewhere.values() for one in conditions]
        return [*self._conditions, *self._settled, *elsewhere, *(one for _, one in self._apart)]

    def partner(self, table: Table, negated: bool) -> None:
        """Keeps the rows that some row of the other table refers to, or none."""
        self._elsewhere.setdefault((table.full_name, negated), [])

    def condition(self, condition: exp.Expr) -> None:
        """Keeps the rows for which it holds."""
        self._conditions.append(condition)

    def _all_conditions(self) -> list[exp.Expr]:
        found = self._settled + self._found()
        said = {condition.unnest().sql() for condition in found}
        if any(isinstance(one, exp.Not) and one.this.unnest().sql() in said for one in found):
            raise AskBack("Two of the conditions exclude each other. How do you mean them?")
        return found + self._always(found)

    def _found(self) -> list[exp.Expr]:
        """The conditions with those on other tables: what one row elsewhere can fulfil together, one row has to."""
        asked, denied = (self._asked(negated) for negated in (False, True))
        found = list(self._conditions)
        for table, condition in self._apart:
            found += self._exist({**asked, table: [*asked.get(table, []), condition]})
        if not self._apart:
            found += self._exist(asked)
        together = [denied] if self.denies_once and denied else [{name: denied[name]} for name in denied]
        return found + [exp.not_(one) for names in together for one in self._exist(names, negated=True)]

    def _asked(self, negated: bool) -> dict[str, list[exp.Expr]]:
        return {name: conditions for (name, no), conditions in self._elsewhere.items() if no == negated}

    def _exist(self, asked: dict[str, list[exp.Expr]], negated: bool = False) -> Iterator[exp.Expr]:
        """That there are rows in those tables for which the conditions hold: one row, if all can be said of one."""
        whole = self._partners.bridge([*asked]) if len(asked) > 1 else None
        for names in [[*asked]] if whole else [[name] for name in asked]:
            bridge = whole or self._partners.bridge(names)
            if bridge is None:
                raise NotJoined(
                    f"How do {self.base.name} and {last_of(names[0])} belong together? "
                    "The space has no single join between them."
                )
            conditions = [one for name in names for one in asked[name]]
            spoken = self._partners.speaks_of(bridge, names)
            if not self._partners.belongs(bridge) and not (spoken and (negated or conditions)):
                raise NotJoined(
                    f"Rows of {self.base.name} do not belong to rows of {last_of(names[0])}. How do you mean that?"
                )
            if conditions and not (spoken or negated):
                raise AskBack(f"What has {self.base.name} to do with {last_of(names[0])}? The question does not say.")
            self.column(bridge.mine)
            yield self._partners.condition(bridge, [one.copy() for one in conditions], names)

    def _always(self, conditions: list[exp.Expr]) -> list[exp.Expr]:
        """What a curator wants of every question, unless this one speaks of that column itself."""
        said = {(node.table, node.name) for condition in conditions for node in condition.find_all(exp.Column)}
        return [
            exp.paren(parse_one(sql, read="databricks"))
            for column, sql in self._space.always
            if column.table in self._joined and (column.table_name, column.name) not in said
        ]


def literal(value: Any) -> exp.Expr:
    """A text or a number as a literal."""
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)
