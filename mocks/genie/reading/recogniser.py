"""Recognising what a question says: every word becomes part of an item, a filler, or unknown."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, product
from typing import TypeVar

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import CURATED, FULL, PARTIAL, SAID
from mocks.genie.knowledge.seasons import Seasons, leads_in
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, Column, Snippet, Table
from mocks.genie.language.dates import Span, find_spans
from mocks.genie.language.days import normalised
from mocks.genie.language.deeds import is_deed
from mocks.genie.language.english import ANTONYMS, FILLERS, dimension
from mocks.genie.language.filling import IDLE, STATES
from mocks.genie.language.fragments import Fragment, find_fragments
from mocks.genie.language.grammar import (
    AGGREGATE,
    COUNT,
    EXTREME,
    GRAIN,
    LATE,
    LIKE,
    MISSING,
    NAMED,
    NOT,
    OVERDUE,
    PHRASES,
    SPAN,
    UNKNOWN,
)
from mocks.genie.language.recurring import find_recurring
from mocks.genie.language.units import OF_TWO, unit
from mocks.genie.language.verbs import PARTICLES
from mocks.genie.language.wording import plainly
from mocks.genie.language.words import FUNCTION_WORDS, Token, plain, stems, tokens
from mocks.genie.reading.items import Item, bare_number, in_grammar, text_of


class Recogniser:
    """Cuts a question into items; the longest phrase wins."""

    def __init__(self, lexicon: Lexicon, today: date, seasons: Seasons) -> None:
        self._lexicon, self._today, self._seasons = lexicon, today, seasons

    def recognise(self, question: str) -> list[Item]:
        """The items in order."""
        text = self._seasons.around(plainly(question), normalised)
        items: list[Item] = []
        at, begin = 0, 0
        named = self._seasons.inside(text)
        spans = [s for s in find_spans(text, self._today) if not any(leads_in(s[0], s[1], value) for value in named)]
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
        """Times that come back, but for what is named so in the space: a column that holds Monday, weekend passes."""
        for start, end, span in find_recurring(text):
            inside = [word for word in tokens(span.words) if word.stem not in FILLERS]
            before, behind = tokens(text[:start])[-_BESIDE:], tokens(text[end:])[:_BESIDE]
            sizes = product(range(len(before) + 1), range(len(behind) + 1))
            around = [[*before[len(before) - one :], *inside, *behind[:other]] for one, other in sizes if one + other]
            if not (any(self._is_called([word]) for word in inside) or any(map(self._is_called, around))):
                yield start, end, span

    def _is_called(self, words: Sequence[Token]) -> bool:
        """Whether something is called so, and not only has such a word in its name."""
        several = len(words) > 1
        for entry in self._lexicon.find(words):
            value = entry.meaning if isinstance(entry.meaning, Value) else None
            if value is not None and not value.pattern and (several or stems(value.text) == (words[0].stem,)):
                return True
            if value is None and not several:
                return True
        return False

    def _cut(self, text: str, offset: int, items: list[Item]) -> int:
        words = tokens(text)
        at = skipped = 0
        while at < len(words):
            follows = items[-2:] if at == skipped else []
            item = None if _is_of_amount(words[at], follows) else self._next(words, at, follows)
            used = item.end if item is not None else 1
            if item is not None:
                item.at, item.end = offset + at, offset + at + used
                item.before = text_of(words, skipped, at - skipped).lower()
                items.append(item)
                skipped = at + used
            at += used
        return offset + len(words)

    def _next(self, words: list[Token], at: int, follows: Sequence[Item]) -> Item | None:
        """What begins at a word, an unknown one if need be; nothing for a word that says nothing."""
        item = _lettered(words[at], follows) or self._known(words, at)
        phrasal = at + 1 < len(words) and words[at + 1].text.lower() in PARTICLES and words[at].stem not in FILLERS
        if phrasal and (item is None or item.end < 2):  # `sign-ups` are no signs
            return Item(UNKNOWN, text_of(words, at, 2), 0, 2)
        item = self._of_two(words, at, item, follows) or item
        says = words[at].stem not in FILLERS or _is_worth(words[at], follows)
        unknown = item is None and says and words[at].text.lower() not in IDLE
        if unknown or (item is not None and _is_unit(item, follows)):
            length = item.end if item is not None else 1
            return Item(UNKNOWN, text_of(words, at, length), 0, length)
        return item

    def _of_two(self, words: list[Token], at: int, item: Item | None, follows: Sequence[Item]) -> Item | None:
        """`square metres`, where neither word says more by itself: what is measured in them, if anything is."""
        written = OF_TWO.get(stems(text_of(words, at, 2)))
        if written is None or (item is not None and (item.end > 1 or not item.entries or item.entries[0].rank > SAID)):
            return None
        entries = tuple(self._lexicon.find(tokens(written)))
        if not entries and not (follows and follows[-1].numbers):
            return None
        return Item(NAMED if entries else UNKNOWN, text_of(words, at, 2), 0, 2, entries=entries)

    def _known(self, words: list[Token], at: int) -> Item | None:
        named = self._named(words, at)
        grammar = in_grammar(words, at) if not _is_from_outside(words, at) else None
        if grammar is not None and named is not None and _is_told(named, grammar):
            return named
        by_time = grammar is not None and grammar.kind == GRAIN and grammar.end > 1
        if grammar is not None and by_time and self._is_called_by_time(words, at + grammar.end - 1):
            grammar = in_grammar(words[: at + grammar.end - 1], at)
        if grammar is not None and (named is None or grammar.end >= named.end) and not _is_name(named, grammar, at):
            return grammar
        return named or self._opposite(words[at]) or bare_number(words, at)

    def _named(self, words: list[Token], at: int) -> Item | None:
        for length in range(min(self._lexicon.longest, len(words) - at), 0, -1):
            chosen = words[at : at + length]
            if tuple(w.text.lower() for w in words[at + length - 1 : at + length + 1]) in _AT_LEAST:
                continue  # `booked at least two`
            if any(one.text.lower() in _BE and two.text.lower() in _THE for one, two in pairwise(chosen)):
                continue  # `which countries are the partners in`
            if length == 1 and chosen[0].stem in FILLERS - STATES and not chosen[0].text.isupper():
                continue
            leads = length > 1 and _leads(chosen) and not self._is_called_so(chosen)
            entries = self._lexicon.find(chosen, not leads)
            if length == 1 and at and words[at - 1].text.lower() == "to" and is_deed(chosen[0].text):
                entries = [e for e in entries if e.rank > PARTIAL or not isinstance(e.meaning, Value)]
            if length > 1 and entries and self._is_state_of_thing(chosen, entries[0]):
                continue
            if entries and (_is_of_each(entries[0]) or not any(w.text.lower() == "per" for w in chosen)):
                return Item(NAMED, " ".join(word.text for word in chosen), 0, length, entries=tuple(entries))
        return None

    def _is_called_by_time(self, words: list[Token], at: int) -> bool:
        """`by week day`, `per year group`: a column that is no day is called so, and no stretch of time is meant."""
        named = self._named(words, at)
        column = named.likeliest if named is not None and named.end > 1 else None
        return isinstance(column, Column) and column.kind != DATE

    def _is_called_so(self, words: Sequence[Token]) -> bool:
        """`average total amount`, `first reply`, where one column alone is called total_amount or first_reply_min."""
        if unit(words[-1].text) is not None:
            return False
        if _is_from_outside(words, 0):
            return True
        found = [entry.meaning for entry in self._lexicon.find(words) if entry.rank >= PARTIAL]
        said = tuple(word.stem for word in words)
        named = [
            m for m in found if isinstance(m, Column) and said in (stems(m.spoken), stems(m.name), _without_unit(m))
        ]
        return len(named) == len(found) == 1 and named[0].kind in (NUMBER, BOOLEAN)

    def _is_state_of_thing(self, words: Sequence[Token], entry: Entry) -> bool:
        """`cancelled bills`, which a comment names, where there are bills and one of their states is Cancelled.

        `public bodies`, which the comment of clients calls some of them, are those of the kind `public`.
        """
        if entry.rank > SAID or not isinstance(entry.meaning, Column | Table):
            return False
        state, thing = self._lexicon.find(words[:1])[:1], self._lexicon.find(words[1:])[:1]
        least, own = FULL, True
        if isinstance(entry.meaning, Table):
            least, own = SAID, all(_is_kind_of(one.meaning, entry.meaning) for one in (*state, *thing))
        return own and [type(one.meaning) for one in (*state, *thing) if one.rank >= least] == [Value, Table]

    def _opposite(self, word: Token) -> Item | None:
        """`unpaid` where there is `paid`, `open` where there is `closed`."""
        lowered = word.text.lower()
        for prefix in ("un", "in", "non", "not"):
            rest = lowered.removeprefix(prefix).lstrip("-")
            if rest != lowered and len(rest) > 3 and (entries := self._lexicon.find(tokens(rest))):
                return Item(NAMED, word.text, 0, 1, entries=tuple(entries), negated=True, inner=True)
        others = ANTONYMS.get(lowered, ())  # but not `opened` or `run`: what was opened may be closed by now
        found = (self._lexicon.find([Token(word.text, other)]) for other in others)
        known = next((tuple(entries) for entries in found if entries), ())
        return Item(NAMED, word.text, 0, 1, entries=known, negated=True, inner=True) if known else None


# How many words beside a time may belong to a name that holds it.
_BESIDE = 2
_BE, _THE = frozenset(("is", "are", "was", "were")), frozenset(("the", "a", "an"))
_AT_LEAST = (("at", "least"), ("at", "most"))


def _is_kind_of(meaning: Meaning, table: Table) -> bool:
    """Whether it is the table, or a value of one of its columns."""
    return meaning == table or (isinstance(meaning, Value) and meaning.column in table.columns)


def _is_from_outside(words: Sequence[Token], at: int) -> bool:
    """`outside firms`, where `outside the city` and `outside Berlin` say where not."""
    following = words[at + 1].text if at + 1 < len(words) else ""
    return words[at].text.lower() == "outside" and following.islower() and following not in FUNCTION_WORDS


def _without_unit(column: Column) -> tuple[str, ...]:
    *said, last = column.spoken.split()
    return stems(" ".join(said)) if unit(last) is not None else ()


def _lettered(word: Token, follows: Sequence[Item]) -> Item | None:
    """`room A`: a word in capitals is a value of the column before it, and no article."""
    column = follows[-1].likeliest if follows else None
    if not isinstance(column, Column) or not word.text.isupper() or word.stem not in FILLERS:
        return None
    found = (Entry(Value(column, word.text), FULL),) if word.text in column.values else ()
    return Item(NAMED, word.text, 0, 1, entries=found) if found else None


def _is_told(named: Item, grammar: Item) -> bool:
    """What a curator defines comes before what the words say elsewhere: `overdue`, `late`."""
    entry = named.entries[0]
    defined = isinstance(entry.meaning, Snippet | Value) and entry.rank >= CURATED
    return defined and grammar.kind in (OVERDUE, LATE, MISSING) and named.end >= grammar.end


def _is_name(named: Item | None, grammar: Item, at: int) -> bool:
    """`First` or `Max` within a sentence, where there is such a class to travel in, or somebody called so."""
    value = named is not None and isinstance(named.likeliest, Value)
    return at > 0 and value and grammar.kind in (EXTREME, AGGREGATE) and grammar.words[0].isupper()


def _is_worth(word: Token, follows: Sequence[Item]) -> bool:
    """`the order value`, where `the value` alone says no more than `what`."""
    thing = bool(follows) and isinstance(follows[-1].likeliest, Table)
    return thing and word.text.lower() in ("value", "values")


def _is_unit(item: Item, follows: Sequence[Item]) -> bool:
    """Whether a word behind a number is only its unit, and asks for no column by it."""
    weak = item.kind == NAMED and item.entries[0].rank <= SAID
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
