"""Filling the parameters of a trusted asset from the words of a question: values of the tables, numbers and dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mocks.genie.curated.examples import canonical
from mocks.genie.curated.slots import DATES, LISTS, TEXTS, WHOLE, Slot
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Value
from mocks.genie.language.dates import Span, find_spans
from mocks.genie.language.days import normalised
from mocks.genie.language.english import FILLERS
from mocks.genie.language.verbs import LIGHT
from mocks.genie.language.wording import plainly
from mocks.genie.language.words import Token, number, tokens

_QUOTED = re.compile(r"[\"“]([^\"”]{1,80})[\"”]|(?<!\w)['‘]([^'’]{1,80})['’](?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASKED = re.compile(r"[\"“]((?:[\w'-]+[ ,]+){2,}[\w'?-]+)[\"”]|(?:^|[.:;]\s+)((?:[\w'-]+[ ,]+){2,}[\w'-]+\?)")
_MARKED = re.compile(r":(\w+)|[<{\[](\w+)[>}\]]")


@dataclass(frozen=True)
class Part:
    """Some words of a question that belong together, and what they may be: values, a name, a number, a time."""

    tokens: tuple[Token, ...]
    values: tuple[Value, ...] = ()
    name: str = ""
    number: str = ""
    span: Span | None = None


@dataclass
class Filled:
    """The values for parameters by name, the parameters that need one and have none, and the words that are left."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: list[Slot] = field(default_factory=list)
    words: tuple[str, ...] = ()


class Arguments:
    """Reads questions of one space for the parameters of its trusted assets."""

    def __init__(self, lexicon: Lexicon, today: date) -> None:
        self._lexicon, self._today = lexicon, today

    def parts(self, question: str) -> list[Part]:
        """The parts of a question, in order."""
        text = normalised(plainly(question))
        spans = [(start, end, Part(tuple(tokens(s.words)), span=s)) for start, end, s in find_spans(text, self._today)]
        names = [(m.start(), m.end(), self._quoted(m[1] or m[2])) for m in _QUOTED.finditer(text)]
        found, begin = list[Part](), 0
        for start, end, part in sorted([*spans, *names], key=lambda cut: cut[0]):
            if start >= begin:
                found += [*self._cut(text[begin:start]), part]
                begin = end
        return [*found, *self._cut(text[begin:])]

    def fill(self, question: str, slots: Sequence[Slot]) -> Filled:
        """What the question gives for the parameters."""
        parts, filled = self.parts(question), Filled()
        left = parts
        for slot in sorted(slots, key=lambda slot: slot.is_optional):
            taken = _taken(slot, parts if slot.type in DATES else left)  # one time may give its first day and its last
            if taken is None:
                filled.missing += [] if slot.is_optional else [slot]
                continue
            values, parts = taken
            filled.values[slot.name] = values
            left = [_GAP if part in parts else part for part in left]
        filled.words = tuple(_said(left))
        return filled

    def _quoted(self, text: str) -> Part:
        words = tuple(tokens(text))
        return Part(words, tuple(self._values(words)), name=text)

    def _cut(self, text: str) -> Iterator[Part]:
        words = tokens(text)
        at = 0
        while at < len(words):
            part = self._known(words, at) or _number(words[at]) or _name(words, at) or Part((words[at],))
            yield part
            at += len(part.tokens)

    def _known(self, words: Sequence[Token], at: int) -> Part | None:
        for length in range(min(self._lexicon.longest, len(words) - at), 0, -1):
            chosen = tuple(words[at : at + length])
            if length == 1 and chosen[0].stem in FILLERS and not chosen[0].text.isupper():
                continue
            if values := tuple(self._values(chosen)):
                digits = _number(chosen[0])
                return Part(chosen, values, number=digits.number if digits else "")
        return None

    def _values(self, words: Sequence[Token]) -> Iterator[Value]:
        for entry in self._lexicon.find(words, names=False) if words else ():
            if isinstance(entry.meaning, Value) and len(entry.meaning.texts) == 1:
                yield Value(entry.meaning.column, entry.meaning.texts[0])


_GAP = Part(())


def _said(parts: Sequence[Part]) -> Iterator[str]:
    run: list[Token] = []
    for part in [*parts, _GAP]:
        run += part.tokens
        if not part.tokens:
            yield from telling(run)
            run = []


def telling(words: Sequence[Token]) -> Iterator[str]:
    """The words that carry meaning, each by its stem or by the first of those that mean the same."""
    for word in canonical(words):
        if isinstance(word, str):
            yield word
        elif word.stem not in FILLERS | LIGHT:
            yield word.stem


def _number(word: Token) -> Part | None:
    value = number(word)
    return None if value is None else Part((word,), number=str(value))


def _name(words: Sequence[Token], at: int) -> Part | None:
    """An identifier such as GGA-001, or capital letters inside the question."""
    if any(c.isdigit() for c in words[at].text):
        return Part((words[at],), name=words[at].text)
    length = 0
    while at and at + length < len(words) and words[at + length].text[0].isupper():
        length += 1
    return (
        Part(tuple(words[at : at + length]), name=" ".join(w.text for w in words[at : at + length])) if length else None
    )


def _taken(slot: Slot, parts: Sequence[Part]) -> tuple[tuple[str, ...], list[Part]] | None:
    """The values for a parameter, with the parts that gave them."""
    if slot.type in TEXTS | LISTS:
        found = [(text, part) for part in parts if (text := _text(slot, part)) is not None]
    elif slot.type in DATES:
        found = [(day, part) for part in parts if part.span and (day := _day(slot, part.span)) is not None]
    else:
        found = [(digits, part) for part in _nearest(slot, parts) if (digits := _digits(slot, part)) is not None]
    chosen = found if slot.type in LISTS else found[:1]
    return (tuple(text for text, _ in chosen), [part for _, part in chosen]) if chosen else None


def _text(slot: Slot, part: Part) -> str | None:
    """The value as the tables spell it; another name only where the tables do not tell all values."""
    if slot.columns:
        known = next((value.text for value in part.values if value.column in slot.columns), None)
        is_open = slot.is_pattern or not any(column.values for column in slot.columns)
        return known or (part.name if is_open and part.name else None)
    if slot.told:
        words = " ".join(token.text for token in part.tokens).casefold()
        return next((told for told in slot.told if told.casefold() == words), None) or part.name or None
    return next((value.text for value in part.values), None) or part.name or None


def _digits(slot: Slot, part: Part) -> str | None:
    digits = part.number
    if slot.is_year:
        span = part.span
        whole = span is not None and span.start is not None and span.end == date(span.start.year + 1, 1, 1)
        digits = str(span.start.year) if span and span.start and whole and span.start.month == 1 else digits
        return digits if _YEAR.fullmatch(digits) else None
    return digits if digits and not (slot.type in WHOLE and "." in digits) else None


def _nearest(slot: Slot, parts: Sequence[Part]) -> list[Part]:
    """The parts, those first that stand beside a word of the parameter's name: `over 30 days` for `days`."""

    def is_far(at: int) -> bool:
        beside = (*parts[max(0, at - 1)].tokens, *(parts[at + 1].tokens if at + 1 < len(parts) else ()))
        return not slot.words & {token.stem for token in beside}

    return [parts[at] for at in sorted(range(len(parts)), key=is_far)]


def _day(slot: Slot, span: Span) -> str | None:
    """The first day, the last, or the only one, as the parameter is compared."""
    first, last = span.start, span.end and span.end - timedelta(days=1)
    if slot.is_end:
        return str(span.end if slot.is_exclusive else last) if last else None
    if slot.is_start:
        return str(first) if first else None
    return str(first) if first is not None and first == last else None


def marked(question: str) -> frozenset[str]:
    """The names of parameters that stand in a question as `:region` or `<region>`."""
    return frozenset(match[1] or match[2] for match in _MARKED.finditer(question))


def asked_in(comment: str) -> list[str]:
    """The questions that a comment gives as examples: in quotation marks, or with a question mark."""
    return [match[1] or match[2] for match in _ASKED.finditer(comment)]
