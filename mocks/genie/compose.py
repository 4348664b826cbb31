"""Composing a query from what a question says; a signal that finds no use makes the engine ask back."""

from dataclasses import dataclass

from sqlglot import exp

from mocks.genie import signals as kinds
from mocks.genie.conditions import Conditions
from mocks.genie.joins import JoinGraph
from mocks.genie.lexicon import Value
from mocks.genie.pieces import (
    Piece,
    name_of,
    one_of,
    pieces,
    snippet_tables,
    unknown_words,
)
from mocks.genie.query import Query
from mocks.genie.refusal import AskBack
from mocks.genie.signals import Understood, disambiguated
from mocks.genie.space import NUMBER, Column, Snippet, Space, Table
from mocks.genie.topic import Topic


@dataclass
class Composed:
    """The statement, and what it does in words."""

    sql: str
    description: str


class Composer:
    """Composes one query."""

    def __init__(self, understood: Understood, space: Space, graph: JoinGraph) -> None:
        self._understood, self._space, self._graph = understood, space, graph
        self._pieces = [] if understood.unknown else pieces(disambiguated(understood.signals))
        self._notes: list[str] = []

    def compose(self) -> Composed:
        """The query.

        Raises: AskBack, Declined
        """
        if self._understood.unknown:
            raise AskBack(unknown_words(self._understood.unknown, self._space))
        topic = self._topic = Topic(self._pieces, self._space)
        query = Query(topic.base, self._space, self._graph)
        for piece in topic.groups:
            query.group(query.column(self._as_column(piece)))
        self._notes += Conditions(self._pieces, self._understood.span, self._space).apply(query)
        measure = self._measure(query, topic.measured, topic.counted)
        self._say_what(query, measure, topic.subject)
        self._extreme(query, measure, topic.subject)
        self._check_all_used()
        return Composed(query.sql(), "; ".join(self._notes))

    def _measure(
        self, query: Query, measured: tuple[str, Column | Snippet] | None, counted: Piece | None
    ) -> exp.Expr | None:
        if measured is not None:
            return self._aggregate(query, *measured)
        if counted is None:
            ranked = self._topic.ranked()
            if ranked is not None and isinstance(ranked.noun, Table):
                ranked.used = True
                return self._count_of(query, ranked.noun)
            return None
        self._notes.insert(0, f"number of {counted.signal.words}")
        if isinstance(counted.noun, Table):
            return self._count_of(query, counted.noun)
        if isinstance(counted.noun, Column):
            return exp.Count(this=exp.Distinct(expressions=[query.column(counted.noun)]))
        return exp.Count(this=exp.Distinct(expressions=[query.column(self._as_column(counted))]))

    def _count_of(self, query: Query, table: Table) -> exp.Expr:
        if table.full_name == query.base.full_name:
            return exp.Count(this=exp.Star())
        if table.key is None:
            raise AskBack(f"I cannot tell the rows of {table.name} apart, so I cannot count them here.")
        return exp.Count(this=exp.Distinct(expressions=[query.column(table.key)]))

    def _aggregate(self, query: Query, function: str, of: Column | Snippet) -> exp.Expr:
        if isinstance(of, Snippet):
            for table in snippet_tables(of, self._space):
                query.column(table.columns[0])
            self._notes.insert(0, of.names[0])
            return exp.maybe_parse(of.sql, dialect="databricks")
        self._notes.insert(0, f"{function.lower()} of {of.name}")
        return exp.func(function, query.column(of))

    def _say_what(self, query: Query, measure: exp.Expr | None, subject: Piece | None) -> None:
        distinct = [piece for piece in self._pieces if piece.signal.kind == kinds.DISTINCT]
        for piece in distinct:
            piece.used = True
        if measure is not None:
            if subject is not None and (not query.grouped or isinstance(subject.noun, Column)):
                self._group_by_subject(query, subject)
            query.output(measure.copy(), name_of(measure))
            return
        if query.grouped and not self._has_columns_left():
            query.output(exp.Count(this=exp.Star()), "count")
            self._notes.insert(0, f"number of rows of {query.base.name}")
            return
        query.ungroup()
        self._list(query, subject)
        if distinct or (subject is not None and isinstance(subject.noun, Column)):
            query.distinct()

    def _has_columns_left(self) -> bool:
        """`the rate of each contract`: columns are asked for, so nothing is counted."""
        return any(isinstance(p.noun, Column) and (not p.used or p is self._topic.subject) for p in self._pieces)

    def _group_by_subject(self, query: Query, subject: Piece) -> None:
        ranked = any(piece.signal.kind == kinds.EXTREME for piece in self._pieces)
        if isinstance(subject.noun, Table) and subject.noun.full_name == query.base.full_name and not ranked:
            return
        query.group(query.column(self._as_column(subject)))

    def _list(self, query: Query, subject: Piece | None) -> None:
        if subject is None:
            raise AskBack("What shall I show?")
        column = self._as_column(subject)
        if subject is self._topic.ranked() and query.base.key is not None:
            query.output(query.column(query.base.label or query.base.key))
        elif column.kind == NUMBER and not query.narrowed:
            raise AskBack(
                f"For what do you want {column.name}, and shall I add it up? Name a thing, a period or a total."
            )
        query.output(query.column(column))
        self._notes.insert(0, f"{column.name} of {query.base.name}")
        for piece in self._pieces:
            if isinstance(piece.noun, Column) and piece is not subject and piece.signal.kind == kinds.NAMED:
                query.output(query.column(piece.noun))
                piece.used = True

    def _extreme(self, query: Query, measure: exp.Expr | None, subject: Piece | None) -> None:
        extreme = next((piece for piece in self._pieces if piece.signal.kind == kinds.EXTREME), None)
        if extreme is None:
            return
        if measure is not None and not query.grouped:
            raise AskBack(f"The {extreme.signal.words} of what? I do not see what to compare.")
        extreme.used = True
        descending = extreme.signal.detail == "desc"
        ranked = self._topic.ranked()
        if measure is None:
            if ranked is None or not isinstance(ranked.noun, Column):
                raise AskBack(f"By what is it the {extreme.signal.words}? Name a number or a date of the tables.")
            measure = query.column(ranked.noun)
        for piece in self._pieces:
            piece.used = piece.used or piece.signal.kind == kinds.BY
        query.order(measure.copy(), descending)
        if subject is not None and (query.grouped or not query.empty):
            query.order(query.column(self._as_column(subject)), descending=False)
        query.limit(int(extreme.signal.numbers[0]) if extreme.signal.numbers else 1)
        self._notes.append(f"the {extreme.signal.words}")

    def _as_column(self, piece: Piece) -> Column:
        match piece.noun:
            case Column() as column:
                return column
            case Table() as table if table.label is not None:
                return table.label
            case Value() as value:
                return self._named_by_role(value)
        raise AskBack(f"By which column do you mean {piece.signal.words}?")

    def _named_by_role(self, value: Value) -> Column:
        """The name of the things that have the role: the label of the one table that the role's table refers to."""
        home = self._space.table(value.column.table)
        if home.label is not None:  # the rows of that table are the things themselves
            return home.label
        counted = {p.noun.full_name for p in self._pieces if isinstance(p.noun, Table)}
        targets = {link.right.table for link in self._graph.links if link.left.table == home.full_name} - counted
        labels = [label for name in targets if (label := self._space.table(name).label) is not None]
        named = [label for label in labels if label.name.lower().endswith("name")] or labels
        if len(named) != 1:
            raise AskBack(f"What shall I show for {value.text}?")
        return named[0]

    def _check_all_used(self) -> None:
        left = [piece.signal.words for piece in self._pieces if not piece.used]
        if left:
            raise AskBack(
                f"I do not see how {one_of([repr(word) for word in left])} belongs to the rest of the question."
            )
