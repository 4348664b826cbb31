"""Words that name nothing and that a question can do without: `marked` in `the orders marked as a gift`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.nearness import Encode
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import LIGHT, PARTICIPLES, TIES
from mocks.genie.language.words import is_plural, stem, word_set
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack, NotJoined

# Cosine of a question with itself without the word, all-MiniLM-L6-v2: words that add a condition lie lower.
_ALIKE = 0.94
_COMPARING = word_set("more less most least fewer other another same only first last good bad")
_FARING = word_set("doing faring performing")  # `how is our team doing` asks for more than its name


def spare(question: str, items: Sequence[Item], encode: Encode) -> str:
    """The only unknown word, if its form and place allow that it says nothing new, and the question means the same
    without it; else an empty text."""
    unknown = [at for at, item in enumerate(items) if item.kind == kinds.UNKNOWN]
    free = [at for at in unknown if _may_go(items, at)]
    if len(free) != 1:
        return ""
    word = items[free[0]].words
    if _is_joining(items, free[0]):
        return word
    without = " ".join(question.replace(word, " ", 1).split())
    whole, rest = encode([question, without])
    return word if float(whole @ rest) >= _ALIKE else ""


def _is_joining(items: Sequence[Item], at: int) -> bool:
    """`new members per month`: those who joined then."""
    timed = any(item.kind in (kinds.SPAN, kinds.GRAIN) for item in items)
    return items[at].words.lower() == "new" and timed and at + 1 < len(items) and _is(items[at + 1].entries, Table)


def _may_go(items: Sequence[Item], at: int) -> bool:
    """An adverb; a participle behind what it tells of; the head of a column's name, or an adjective before one."""
    if _is_joining(items, at):
        return True
    word, last = items[at].words.lower(), items[at - 1] if at else None
    following = items[at + 1] if at + 1 < len(items) and not items[at + 1].before else None
    after = following.entries if following is not None else ()
    if word in _FARING:
        return False
    if word in _COMPARING or word.endswith("ly"):
        return at == len(items) - 1 and word not in _COMPARING  # `fully booked` is more than booked
    if word.endswith("ed") or word in PARTICIPLES:
        restricts = _is(after, Table) or any(item.kind == kinds.SPAN for item in items)
        behind = last is not None and last.kind != kinds.AGGREGATE  # `total refunded amount` is that of some
        return behind and not restricts and not {"and", "or"} & set(items[at].before.split())
    compound = last is not None and not items[at].before and not is_plural(last.words)
    headed = compound and last is not None and _is(last.entries, Column, NUMBER, DATE, BOOLEAN, TEXT)
    return headed or (_is(after, Column, TEXT, BOOLEAN) and not _is_kind(after))


def _is_kind(entries: Sequence[Entry]) -> bool:
    """A column of kinds, of which the word before may be one: `the south region`."""
    meaning = entries[0].meaning if entries else None
    return isinstance(meaning, Column) and meaning.kind == TEXT and bool(meaning.values) and not meaning.unique


def _is(entries: Sequence[Entry], sort: type, *of: str) -> bool:
    meaning = entries[0].meaning if entries else None
    if isinstance(meaning, Column):
        return sort is Column and meaning.kind in of and not meaning.refers
    return isinstance(meaning, sort)


def only_tied(items: Sequence[Item], refusal: AskBack | None) -> list[Item] | None:
    """`how many purchase orders did we place`, where the orders of customers have a day on which they were placed:
    the items with a verb that only ties things together in place of a column that these things do not have."""
    column = refusal.column if isinstance(refusal, NotJoined) else None
    verbs = [item for item in items if item.kind == kinds.NAMED and stem(item.words) in TIES | LIGHT]
    ties = [verb for verb in verbs if any(entry.meaning == column for entry in verb.entries)]
    if not (isinstance(column, Column) and column.kind == DATE and ties):
        return None
    return [replace(item, kind=kinds.UNKNOWN, entries=(), meaning=None) if item in ties else item for item in items]
