"""Recognising what a question says: every word becomes part of a signal, a filler, or unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mocks.genie.dates import Span, find_span
from mocks.genie.lexicon import Entry, Lexicon, Value
from mocks.genie.space import Column, Table
from mocks.genie.words import FILLERS, Token, number, plain, tokens

COUNT, DISTINCT, AGGREGATE, EXTREME, BY, COMPARE, NOT, SHARE, NAMED = (
    *("count", "distinct", "aggregate", "extreme", "by", "compare", "not", "share", "named"),
)
_GRAMMAR: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("how many", "number of", "count of", "count", "total number of", "how often"), (COUNT, "")),
    **dict.fromkeys(("unique", "distinct", "different"), (DISTINCT, "")),
    **dict.fromkeys(("total", "sum of", "sum", "how much", "combined", "overall total"), (AGGREGATE, "SUM")),
    **dict.fromkeys(("average", "avg", "mean", "on average"), (AGGREGATE, "AVG")),
    **dict.fromkeys(("maximum", "max"), (AGGREGATE, "MAX")),
    **dict.fromkeys(("minimum", "min"), (AGGREGATE, "MIN")),
    **dict.fromkeys(
        ("highest", "largest", "biggest", "greatest", "most", "top", "latest", "newest"), (EXTREME, "desc")
    ),
    **dict.fromkeys(
        ("lowest", "smallest", "least", "fewest", "bottom", "earliest", "oldest", "first"), (EXTREME, "asc")
    ),
    **dict.fromkeys(
        ("by", "per", "each", "for each", "for every", "grouped by", "group by", "broken down by"), (BY, "")
    ),
    **dict.fromkeys(
        ("more than", "over", "above", "greater than", "exceeding", "larger than", "higher than", ">"), (COMPARE, ">")
    ),
    **dict.fromkeys(("less than", "under", "below", "fewer than", "lower than", "smaller than", "<"), (COMPARE, "<")),
    **dict.fromkeys(("at least", "no less than", "minimum of", ">="), (COMPARE, ">=")),
    **dict.fromkeys(("at most", "no more than", "up to", "<="), (COMPARE, "<=")),
    **dict.fromkeys(("exactly", "equal to", "="), (COMPARE, "=")),
    "between": (COMPARE, "between"),
    **dict.fromkeys(("not", "without", "no", "never", "except", "excluding", "other than"), (NOT, "")),
    **dict.fromkeys(
        ("share of", "percentage of", "percent of", "proportion of", "fraction of", "what share"), (SHARE, "")
    ),
}
_PHRASES = {tuple(map(plain, phrase.split())): meaning for phrase, meaning in _GRAMMAR.items()}
_LONGEST = max(map(len, _PHRASES))


@dataclass(frozen=True)
class Signal:
    """A piece of meaning: its kind, the words it stands for, and what they may name."""

    kind: str
    words: str
    at: int
    detail: str = ""
    entries: tuple[Entry, ...] = ()
    numbers: tuple[float, ...] = ()


@dataclass(frozen=True)
class Understood:
    """A question, taken apart."""

    question: str
    signals: tuple[Signal, ...]
    span: Span | None
    unknown: tuple[str, ...]


def recognise(question: str, lexicon: Lexicon, today: date) -> Understood:
    """The signals of a question in order; the longest phrase wins."""
    span, rest = find_span(question, today)
    words = tokens(rest)
    signals: list[Signal] = []
    unknown: list[str] = []
    at = 0
    while at < len(words):
        signal, used = _next(words, at, lexicon)
        if signal is not None:
            signals.append(signal)
        elif words[at].stem not in FILLERS:
            unknown.append(words[at].text)
        at += used
    return Understood(question, tuple(signals), span, tuple(unknown))


def _next(words: list[Token], at: int, lexicon: Lexicon) -> tuple[Signal | None, int]:
    named = _named(words, at, lexicon)
    grammar = _grammar(words, at)
    if grammar is not None and (named is None or grammar[1] >= named[1]):
        return grammar
    return named or (None, 1)


def _named(words: list[Token], at: int, lexicon: Lexicon) -> tuple[Signal, int] | None:
    for length in range(min(lexicon.longest, len(words) - at), 0, -1):
        chosen = words[at : at + length]
        entries = lexicon.find(chosen)
        if entries and not (length == 1 and chosen[0].stem in FILLERS and not chosen[0].text.isupper()):
            text = " ".join(word.text for word in chosen)
            return Signal(NAMED, text, at, entries=tuple(entries)), length
    return None


def _grammar(words: list[Token], at: int) -> tuple[Signal, int] | None:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        found = _PHRASES.get(tuple(plain(word.text) for word in words[at : at + length]))
        if found is None:
            continue
        numbers, more = _numbers(words, at + length, 2 if found[1] == "between" else 1)
        if found[0] == COMPARE and not numbers:
            continue
        if found[0] not in (COMPARE, EXTREME):
            numbers, more = (), 0
        text = " ".join(word.text for word in words[at : at + length + more])
        return Signal(found[0], text, at, found[1], numbers=numbers), length + more
    return _leading_number(words, at)


def _leading_number(words: list[Token], at: int) -> tuple[Signal, int] | None:
    """`the 5 largest ...`: the number before its superlative."""
    count = number(words[at])
    if count is None or at + 1 >= len(words):
        return None
    found = _PHRASES.get((plain(words[at + 1].text),))
    if found is None or found[0] != EXTREME:
        return None
    return Signal(EXTREME, f"{words[at].text} {words[at + 1].text}", at, found[1], numbers=(count,)), 2


def _numbers(words: list[Token], at: int, wanted: int) -> tuple[tuple[float, ...], int]:
    numbers: list[float] = []
    start = at
    while at < len(words) and len(numbers) < wanted:
        value = number(words[at])
        if value is not None:
            numbers.append(value)
        elif not (numbers and words[at].text.lower() == "and"):
            break
        at += 1
    return (tuple(numbers), at - start) if len(numbers) == wanted else ((), 0)


def disambiguated(signals: Sequence[Signal]) -> list[Signal]:
    """Where a phrase may mean several things, those win that belong to a table which the question names otherwise."""
    sure = {table_of(s.entries[0]) for s in signals if s.kind == NAMED and len(s.entries) == 1}
    named = {table_of(e) for s in signals for e in s.entries if isinstance(e.meaning, Table)}
    return [_narrowed(signal, named, sure) for signal in signals]


def _narrowed(signal: Signal, named: set[str], sure: set[str]) -> Signal:
    entries = signal.entries
    for sort in (Table, Value):  # a thing before its column, what stands in a column before what it is called
        if len(entries) > 1:
            entries = tuple(e for e in entries if isinstance(e.meaning, sort)) or entries
    for tables in (named, sure):
        if len(entries) > 1:
            entries = tuple(e for e in entries if table_of(e) in tables) or entries
    return Signal(signal.kind, signal.words, signal.at, signal.detail, entries, signal.numbers)


def table_of(entry: Entry) -> str:
    """The table that the meaning belongs to; none for a snippet."""
    match entry.meaning:
        case Table(full_name=name):
            return name
        case Column(table=name):
            return name
        case Value(column=column):
            return column.table
    return ""
