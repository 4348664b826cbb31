"""The pieces a query is composed of: a signal with its one meaning, and the small expressions made from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp, parse_one

from mocks.genie import signals as kinds
from mocks.genie.lexicon import Value
from mocks.genie.query import literal, reference
from mocks.genie.refusal import AskBack
from mocks.genie.signals import Signal
from mocks.genie.space import BOOLEAN, DATE, NUMBER, Column, Snippet, Space, Table

Noun = Table | Column | Value | Snippet
_COMPARISONS = {">": exp.GT, "<": exp.LT, ">=": exp.GTE, "<=": exp.LTE, "=": exp.EQ}


@dataclass
class Piece:
    """A signal with its one meaning, and whether the query uses it yet."""

    signal: Signal
    noun: Noun | None
    used: bool = False


def pieces(signals: Sequence[Signal]) -> list[Piece]:
    """The signals, each with one meaning.

    Raises: AskBack if a phrase may mean several things
    """
    return [Piece(signal, _meaning(signal)) for signal in signals]


def following_thing(all_pieces: list[Piece], at: int) -> Piece | None:
    """The thing named next; a value right before it only describes it, as in `open invoices`."""
    named = [
        p
        for p in all_pieces[at + 1 :]
        if p.signal.kind == kinds.NAMED and not _is_filter(p.noun) and not is_flag(p.noun)
    ]
    described = [p for p in named if isinstance(p.noun, Table | Column)]
    if named and isinstance(named[0].noun, Value) and described:
        between = described[0].signal.at - named[0].signal.at
        if between <= len(named[0].signal.words.split()) * (named.index(described[0])):
            return described[0]
    return named[0] if named else None


def is_column(noun: Noun | None, wanted: tuple[str, ...]) -> bool:
    """Whether it is a column with values of such a kind."""
    return isinstance(noun, Column) and noun.kind in wanted


def is_flag(noun: Noun | None) -> bool:
    """Whether it is a column of truth values, whose name alone is a condition."""
    return is_column(noun, (BOOLEAN,))


def is_rankable(noun: Noun | None) -> bool:
    """Whether a question can ask for the most of it."""
    return isinstance(noun, Table) or is_column(noun, (NUMBER, DATE)) or _is_measure(noun)


def _is_measure(noun: Noun | None) -> bool:
    return isinstance(noun, Snippet) and noun.kind == "measures"


def _is_filter(noun: Noun | None) -> bool:
    return isinstance(noun, Snippet) and noun.kind == "filters"


def _meaning(signal: Signal) -> Noun | None:
    if not signal.entries:
        return None
    if len(signal.entries) > 1:
        options = sorted({_described(entry.meaning) for entry in signal.entries})
        raise AskBack(f"{signal.words!r} can mean {one_of(options)}. Which do you mean?")
    return signal.entries[0].meaning


def _described(noun: Noun) -> str:
    match noun:
        case Table():
            return f"the table {noun.name}"
        case Column():
            return f"{noun.table.rpartition('.')[2]}.{noun.name}"
        case Value():
            return f"{noun.column.table.rpartition('.')[2]}.{noun.column.name} = {noun.text!r}"
        case Snippet():
            return f"the {noun.kind.rstrip('s')} {noun.names[0]}"


def unknown_words(unknown: tuple[str, ...], space: Space) -> str:
    """What to answer when words of the question name nothing in the space."""
    words, tables = one_of([repr(word) for word in unknown]), ", ".join(sorted(table.name for table in space.tables))
    return (
        f"I do not know what {words} means here. This space has the tables {tables}. Please say it in their words, or "
        "teach the space with a synonym, an instruction or an example query."
    )


def equals(column: Column, texts: list[str]) -> exp.Expr:
    """The column has one of the values."""
    values = [literal(text) for text in dict.fromkeys(texts)]
    return exp.EQ(this=reference(column), expression=values[0]) if len(values) == 1 else reference(column).isin(*values)


def comparison(of: exp.Expr, signal: Signal) -> exp.Expr:
    """The condition that a comparison signal states."""
    if signal.detail == "between":
        return exp.Between(this=of, low=literal(signal.numbers[0]), high=literal(signal.numbers[1]))
    return _COMPARISONS[signal.detail](this=of, expression=literal(signal.numbers[0]))


def day(iso: str) -> exp.Expr:
    """A date literal."""
    return exp.cast(exp.Literal.string(iso), "date")


def name_of(measure: exp.Expr) -> str:
    """A name for the column of a result."""
    column = measure.find(exp.Column)
    function = measure.key if isinstance(measure, exp.Func) else "value"
    return f"{function}_{column.name}" if column is not None and column.name.isidentifier() else function


def snippet_tables(snippet: Snippet, space: Space) -> list[Table]:
    """The tables that a curated piece of SQL is over."""
    named: set[str] = {
        column.table.lower() for column in parse_one(snippet.sql, read="databricks").find_all(exp.Column)
    }
    found = [table for table in space.tables if table.name.lower() in named]
    if not found:
        raise AskBack(f"The {snippet.kind.rstrip('s')} {snippet.names[0]!r} names no table of this space.")
    return found


def one_of(options: list[Any]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    texts = [str(option) for option in options]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"
