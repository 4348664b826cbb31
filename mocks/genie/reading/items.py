"""Recognising what a question says: every word becomes part of an item, a filler, or unknown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mocks.genie.knowledge.lexicon import Entry, Lexicon, Meaning, Value
from mocks.genie.knowledge.names import FULL, QUANTITY
from mocks.genie.knowledge.space import Column, Snippet, Table
from mocks.genie.language.dates import Span, find_spans
from mocks.genie.language.days import normalised
from mocks.genie.language.english import ANTONYMS, FILLERS, adjective, dimension, is_older
from mocks.genie.language.filling import IDLE
from mocks.genie.language.fragments import Fragment, find_fragments
from mocks.genie.language.grammar import (
    AGGREGATE,
    COMPARE,
    COUNT,
    EXTREME,
    LIKE,
    LONGEST,
    NAMED,
    NOT,
    NUMBER,
    OR_MORE,
    PHRASES,
    SPAN,
    UNKNOWN,
)
from mocks.genie.language.recurring import find_recurring
from mocks.genie.language.units import unit
from mocks.genie.language.wording import plainly
from mocks.genie.language.words import Token, number, plain, tokens


@dataclass
class Item:
    """A piece of meaning: its kind, the words it stands for, what they may name, and whether the query uses it."""

    kind: str
    words: str
    at: int
    end: int
    detail: str = ""
    entries: tuple[Entry, ...] = ()
    numbers: tuple[float, ...] = ()
    span: Span | None = None
    dimension: str = ""
    before: str = ""
    lead: str = ""
    used: bool = False
    negated: bool = False
    meaning: Meaning | None = None
    rank: float = 0.0

    @property
    def column(self) -> Column | None:
        return self.meaning if isinstance(self.meaning, Column) else None

    @property
    def table(self) -> Table | None:
        return self.meaning if isinstance(self.meaning, Table) else None

    @property
    def value(self) -> Value | None:
        return self.meaning if isinstance(self.meaning, Value) else None

    @property
    def snippet(self) -> Snippet | None:
        return self.meaning if isinstance(self.meaning, Snippet) else None


class Recogniser:
    """Cuts a question into items; the longest phrase wins."""

    def __init__(self, lexicon: Lexicon, today: date) -> None:
        self._lexicon, self._today = lexicon, today

    def recognise(self, question: str) -> list[Item]:
        """The items in order."""
        text = normalised(plainly(question))
        items: list[Item] = []
        at, begin = 0, 0
        spans = find_spans(text, self._today)
        spans += _apart([*self._recurring(text)], spans)
        cuts: list[tuple[int, int, Span | Fragment]] = [*spans, *_apart(find_fragments(text), spans)]
        for start, end, found in sorted(cuts, key=lambda cut: cut[0]):
            at = self._cut(text[begin:start], at, items)
            lead = " ".join(text[begin:start].lower().split()[-3:])
            if isinstance(found, Span):
                items.append(Item(SPAN, found.words, at, at + 1, span=found, lead=lead))
            else:
                items.append(Item(LIKE, found.text, at, at + 1, detail=found.pattern, lead=lead))
            at, begin = at + 1, end
        self._cut(text[begin:], at, items)
        return items

    def _recurring(self, text: str) -> Iterator[tuple[int, int, Span]]:
        """Times that come back, but for what is named so in the space: a column that holds Monday."""
        for start, end, span in find_recurring(text):
            if not any(self._lexicon.find([word]) for word in tokens(span.words) if word.stem not in FILLERS):
                yield start, end, span

    def _cut(self, text: str, offset: int, items: list[Item]) -> int:
        words = tokens(text)
        at = skipped = 0
        while at < len(words):
            follows = items[-2:] if at == skipped else []
            item = None if _is_of_amount(words[at], follows) else self._next(words, at, follows)
            used = item.end if item is not None else 1
            if item is not None:
                item.at, item.end = offset + at, offset + at + used
                item.before = _text(words, skipped, at - skipped).lower()
                items.append(item)
                skipped = at + used
            at += used
        return offset + len(words)

    def _next(self, words: list[Token], at: int, follows: Sequence[Item]) -> Item | None:
        """What begins at a word, an unknown one if need be; nothing for a word that says nothing."""
        item = self._known(words, at)
        unknown = item is None and words[at].stem not in FILLERS and words[at].text.lower() not in IDLE
        if unknown or (item is not None and _is_unit(item, follows)):
            return Item(UNKNOWN, words[at].text, 0, 1)
        return item

    def _known(self, words: list[Token], at: int) -> Item | None:
        named = self._named(words, at)
        grammar = _grammar(words, at)
        if grammar is not None and (named is None or grammar.end >= named.end) and not _is_name(named, grammar, at):
            return grammar
        return named or self._opposite(words[at]) or _number(words, at)

    def _named(self, words: list[Token], at: int) -> Item | None:
        for length in range(min(self._lexicon.longest, len(words) - at), 0, -1):
            chosen = words[at : at + length]
            if length == 1 and chosen[0].stem in FILLERS and not chosen[0].text.isupper():
                continue
            entries = self._lexicon.find(chosen, not (length > 1 and _leads(chosen)))
            if entries and (_is_of_each(entries[0]) or not any(w.text.lower() == "per" for w in chosen)):
                return Item(NAMED, " ".join(word.text for word in chosen), 0, length, entries=tuple(entries))
        return None

    def _opposite(self, word: Token) -> Item | None:
        """`unpaid` where there is `paid`, `open` where there is `closed`."""
        lowered = word.text.lower()
        for prefix in ("un", "in", "non", "not"):
            rest = lowered.removeprefix(prefix).lstrip("-")
            if rest != lowered and len(rest) > 3 and (entries := self._lexicon.find(tokens(rest))):
                return Item(NAMED, word.text, 0, 1, entries=tuple(entries), negated=True)
        found = (self._lexicon.find([Token(word.text, other)]) for other in ANTONYMS.get(word.stem, ()))
        known = next((tuple(entries) for entries in found if entries), ())
        return Item(NAMED, word.text, 0, 1, entries=known, negated=True) if known else None


def _is_name(named: Item | None, grammar: Item, at: int) -> bool:
    """`First` within a sentence, where there is such a class to travel in."""
    value = named is not None and isinstance(named.entries[0].meaning, Value)
    return at > 0 and value and grammar.kind == EXTREME and grammar.words[0].isupper()


def _is_unit(item: Item, follows: Sequence[Item]) -> bool:
    """Whether a word behind a number is only its unit, and asks for no column by it."""
    weak = item.kind == NAMED and item.entries[0].rank <= QUANTITY
    return weak and bool(follows) and bool(follows[-1].numbers) and unit(item.words) is not None


def _is_of_amount(word: Token, follows: Sequence[Item]) -> bool:
    """`500 km long`: the word only says of what the amount is, which its unit says as well."""
    told = len(follows) == 2 and bool(follows[0].numbers) and unit(follows[1].words) is not None
    return told and dimension(word.text.lower()) is not None


_Cut = TypeVar("_Cut", Span, Fragment)


def _apart(cuts: list[tuple[int, int, _Cut]], spans: list[tuple[int, int, Span]]) -> list[tuple[int, int, _Cut]]:
    """Those that do not overlap with a stretch of time: `starting with 2024`."""
    return [one for one in cuts if not any(one[0] < span[1] and span[0] < one[1] for span in spans)]


def _is_of_each(entry: Entry) -> bool:
    """Whether `per` is in the name itself: `units per hour`, but not `customers per category`."""
    return entry.rank >= FULL or (isinstance(entry.meaning, Column) and "per" in entry.meaning.spoken.split())


def _leads(words: Sequence[Token]) -> bool:
    """Whether a phrase begins with a word that says what to do with the rest: `total cost` is no column."""
    return any(
        PHRASES.get(tuple(plain(word.text) for word in words[:length]), ("",))[0] in (COUNT, AGGREGATE, EXTREME, NOT)
        for length in (1, 2)
    )


def _grammar(words: list[Token], at: int) -> Item | None:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        phrase = words[at : at + length]
        found = PHRASES.get(tuple(plain(word.text) for word in phrase))
        if found is not None:
            return _item(words, at, length, *found)
    return _leading_number(words, at) or _by_adjective(words, at)


def _item(words: list[Token], at: int, length: int, kind: str, detail: str) -> Item:
    numbers: tuple[float, ...] = ()
    more = 0
    if kind in (COMPARE, EXTREME):
        numbers, more = _numbers(words, at + length, 2 if detail == "between" else 1)
    item = Item(kind, _text(words, at, length + more), 0, length + more, detail, numbers=numbers)
    following = words[at + item.end] if at + item.end < len(words) else None
    if kind == EXTREME and following is not None and detail in ("desc", "asc"):
        plain_form = following.text.lower()
        if dimension(plain_form) or (is_older(plain_form) is not None):
            _describe(item, plain_form, detail == "desc")
            item.end += 1
    return item


def _describe(item: Item, plain_form: str, much: bool) -> None:
    """Gives the item the dimension of an adjective and the direction in which it points."""
    older = is_older(plain_form)
    if older is not None:
        item.detail = "first" if older == much else "last"
        return
    _, upwards = dimension(plain_form) or ((), True)
    item.dimension = plain_form
    item.detail = "desc" if upwards == much else "asc"


def _by_adjective(words: list[Token], at: int) -> Item | None:
    """`heaviest`, `longer than 500`, `more expensive than average`."""
    much = {"more": True, "less": False}.get(words[at].text.lower())
    if much is not None and at + 2 < len(words) and words[at + 2].text.lower() == "than":
        return _by_degree(words, at, much)
    found = adjective(words[at].text)
    if found is None:
        return None
    plain_form, degree = found
    if degree == "superlative":
        item = Item(EXTREME, words[at].text, 0, 1)
        item.numbers, more = _numbers(words, at + 1, 1)
        item.end += more
        _describe(item, plain_form, True)
        return item
    if at + 1 >= len(words) or words[at + 1].text.lower() != "than":
        return None
    return _compared(words, at, 2, plain_form, True)


def _by_degree(words: list[Token], at: int, much: bool) -> Item | None:
    plain_form = words[at + 1].text.lower()
    return None if dimension(plain_form) is None else _compared(words, at, 3, plain_form, much)


def _compared(words: list[Token], at: int, length: int, plain_form: str, much: bool) -> Item:
    """`later than`, `more recent than`: the so many words of a comparison, and the number after them."""
    numbers, more = _numbers(words, at + length, 1)
    item = Item(COMPARE, _text(words, at, length + more), 0, length + more, numbers=numbers)
    _describe(item, plain_form, much)
    item.detail = {"desc": ">", "asc": "<", "first": "<", "last": ">"}[item.detail]
    return item


def _leading_number(words: list[Token], at: int) -> Item | None:
    """`the 5 largest ...`, `300 or more`: the number before what it belongs to."""
    count = number(words[at])
    if count is None or at + 1 >= len(words):
        return None
    tail = tuple(word.text.lower() for word in words[at + 1 : at + 3])
    if tail in OR_MORE:
        return Item(COMPARE, _text(words, at, 3), 0, 3, OR_MORE[tail], numbers=(count,))
    following = _grammar(words, at + 1) if number(words[at + 1]) is None else None
    if following is None or following.kind != EXTREME or following.numbers:
        return None
    following.numbers, following.end = (count,), following.end + 1
    following.words = f"{words[at].text} {following.words}"
    return following


def _number(words: list[Token], at: int) -> Item | None:
    value = number(words[at])
    return None if value is None else Item(NUMBER, words[at].text, 0, 1, numbers=(value,))


def _numbers(words: list[Token], at: int, wanted: int) -> tuple[tuple[float, ...], int]:
    found: list[float] = []
    start = at
    while at < len(words) and len(found) < wanted:
        value = _TIMES.get(words[at].text.lower(), number(words[at]))
        if value is not None:
            found.append(value)
        elif not (found and words[at].text.lower() == "and"):
            break
        at += 1
    return (tuple(found), at - start) if len(found) == wanted else ((), 0)


_TIMES = {"once": 1, "twice": 2, "thrice": 3}


def _text(words: Sequence[Token], at: int, length: int) -> str:
    return " ".join(word.text for word in words[at : at + length])
