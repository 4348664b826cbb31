"""The conditions of a question: values, curated filters, comparisons, negations and stretches of time."""

from sqlglot import exp

from mocks.genie import signals as kinds
from mocks.genie.dates import Span
from mocks.genie.lexicon import Value
from mocks.genie.pieces import (
    Piece,
    comparison,
    day,
    equals,
    following_thing,
    is_column,
    one_of,
    snippet_tables,
)
from mocks.genie.query import Query, reference
from mocks.genie.refusal import AskBack, Declined
from mocks.genie.space import DATE, NUMBER, Column, Snippet, Space, Table


class Conditions:
    """The conditions among the pieces of a question."""

    def __init__(self, pieces: list[Piece], span: Span | None, space: Space) -> None:
        self._pieces, self._span, self._space = pieces, span, space
        self._notes: list[str] = []

    def apply(self, query: Query) -> list[str]:
        """Adds the conditions to the query and tells them in words."""
        by_column: dict[tuple[Column, bool], list[str]] = {}
        for at, piece in enumerate(self._pieces):
            match piece.noun:
                case Value(column=column, text=text):
                    by_column.setdefault((column, self._negated(at)), []).append(text)
                    piece.used = True
                case Column(kind="boolean") as flag:
                    query.filter(flag, reference(flag), self._negated(at))
                    piece.used = True
                    self._notes.append(f"{piece.signal.words} is {'not ' if self._negated(at) else ''}true")
                case Snippet(kind="filters", sql=sql) as snippet:
                    query.raw_filter(sql, snippet_tables(snippet, self._space))
                    piece.used = True
                    self._notes.append(f"with {piece.signal.words} as defined")
                case Table() as table if table.full_name != query.base.full_name and self._negated(at):
                    query.without_partner(table)
                    piece.used = True
                    self._notes.append(f"without {table.name}")
        for (column, negated), texts in by_column.items():
            query.filter(column, equals(column, texts), negated)
            self._notes.append(f"{column.name} {'not ' if negated else ''}{' or '.join(texts)}")
        self._compare(query)
        self._within(query)
        return self._notes

    def _negated(self, at: int) -> bool:
        before = self._pieces[at - 1] if at else None
        if before is None or before.signal.kind != kinds.NOT:
            return False
        before.used = True
        return True

    def _compare(self, query: Query) -> None:
        for at, piece in enumerate(self._pieces):
            if piece.signal.kind != kinds.COMPARE:
                continue
            column = self._previous_column(at, (NUMBER,)) or self._next_column(at, (NUMBER,))
            if column is None or not isinstance(column.noun, Column):
                self._having(query, at, piece)
                continue
            piece.used = column.used = True
            query.filter(column.noun, comparison(reference(column.noun), piece.signal))
            self._notes.append(f"{column.noun.name} {piece.signal.words}")

    def _having(self, query: Query, at: int, piece: Piece) -> None:
        """`customers with more than one order`: a condition on a number of rows."""
        counted = following_thing(self._pieces, at)
        if counted is None or not isinstance(counted.noun, Table) or query.base.full_name != counted.noun.full_name:
            raise AskBack(f"What is {piece.signal.words}? I find no number in the tables that this could be about.")
        piece.used = counted.used = True
        query.having(comparison(exp.Count(this=exp.Star()), piece.signal))
        self._notes.append(f"{piece.signal.words} {counted.noun.name}")

    def _within(self, query: Query) -> None:
        span = self._span
        if span is None:
            return
        column = self._date_column(query, span)
        if span.start is not None:
            query.filter(column, exp.GTE(this=reference(column), expression=day(span.start.isoformat())))
        if span.end is not None:
            query.filter(column, exp.LT(this=reference(column), expression=day(span.end.isoformat())))
        self._notes.append(f"{column.name} {span.words}")

    def _date_column(self, query: Query, span: Span) -> Column:
        named = [p for p in self._pieces if isinstance(p.noun, Column) and p.noun.kind == DATE]
        for piece in named:
            piece.used = True
        columns = [p.noun for p in named if isinstance(p.noun, Column)] or [
            c for c in query.base.columns if c.kind == DATE
        ]
        if len(columns) == 1:
            return columns[0]
        if not columns:
            raise Declined(f"{query.base.name} has no date, so I cannot say what happened {span.words}.")
        raise AskBack(f"By which date do you mean that: {one_of([c.name for c in columns])}?")

    def _next_column(self, at: int, wanted: tuple[str, ...]) -> Piece | None:
        return next((p for p in self._pieces[at + 1 :] if not p.used and is_column(p.noun, wanted)), None)

    def _previous_column(self, at: int, wanted: tuple[str, ...]) -> Piece | None:
        return next((p for p in reversed(self._pieces[:at]) if not p.used and is_column(p.noun, wanted)), None)
