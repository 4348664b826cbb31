"""The pieces of a question, and those that say what to do: count, compare, rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.space import Column, Snippet, Table
from mocks.genie.language.dates import Span
from mocks.genie.language.english import adjective, dimension, is_older
from mocks.genie.language.grammar import (
    AGGREGATE,
    BY,
    COMPARE,
    COUNT,
    EXTREME,
    LONGEST,
    NUMBER,
    OR_MORE,
    PHRASES,
)
from mocks.genie.language.words import Token, is_plural, number, plain


@dataclass
class Item:
    """A piece of meaning: its kind, the words it stands for, what they may name, and whether the query uses it.

    What is negated of a row itself, `customers with unpaid bills`, is `inner`; else there is no such row.
    """

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
    inner: bool = False
    meaning: Meaning | None = None
    rank: float = 0.0

    @property
    def likeliest(self) -> Meaning | None:
        """What it means as surely as anything else, before its meaning is settled."""
        return self.entries[0].meaning if self.entries else None

    @property
    def is_thing(self) -> bool:
        """Whether it names a table as surely as anything else."""
        return isinstance(self.likeliest, Table)

    @property
    def several(self) -> bool:
        """Whether its last word is a plural."""
        return is_plural(self.words.split()[-1])

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


def in_grammar(words: list[Token], at: int) -> Item | None:
    """What a word begins to say of what to do: count, add up, compare, rank."""
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
    item = Item(kind, text_of(words, at, length + more), 0, length + more, detail, numbers=numbers)
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
    item = Item(COMPARE, text_of(words, at, length + more), 0, length + more, numbers=numbers)
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
        return Item(COMPARE, text_of(words, at, 3), 0, 3, OR_MORE[tail], numbers=(count,))
    following = in_grammar(words, at + 1) if number(words[at + 1]) is None else None
    if following is None or following.kind != EXTREME or following.numbers:
        return None
    following.numbers, following.end = (count,), following.end + 1
    following.words = f"{words[at].text} {following.words}"
    return following


def bare_number(words: list[Token], at: int) -> Item | None:
    """A number by itself."""
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


def text_of(words: Sequence[Token], at: int, length: int) -> str:
    """So many words from a place on."""
    return " ".join(word.text for word in words[at : at + length])


def is_ranked_by(items: Sequence[Item], at: int) -> bool:
    """Whether what stands at a place ranks the things before it: `top 5 clients by fees`."""
    by = items[at - 1] if at > 1 else None
    if by is None or by.kind != BY or by.words.lower() != "by":
        return False
    ranked = [n for n, item in enumerate(items[: at - 1]) if item.kind == EXTREME and _is_top(item)]
    return bool(ranked) and not any(item.kind in (BY, AGGREGATE, COUNT) for item in items[ranked[-1] + 1 : at - 1])


def _is_top(item: Item) -> bool:
    return bool(item.numbers) or item.words.lower() in ("top", "best", "worst", "bottom")


def named_tables(items: Sequence[Item], least: float = 0) -> list[Table]:
    """The tables that items most probably name, as surely as that at the least."""
    firsts = (entry for item in items for entry in item.entries[:1])
    return [e.meaning for e in firsts if isinstance(e.meaning, Table) and e.rank >= least]
