"""Follow-ups: `only the open ones`, `and in 2024?`, `by city instead` keep, replace or add to what was asked before."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import FULL
from mocks.genie.knowledge.space import BOOLEAN, NUMBER, Column, Snippet, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.changes import Change, read_change
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_OPENING = (
    r"^\W*(?:(?:ok|okay|right|alright|good|fine|great|thanks|thank you|please|kindly)\b[\s,.!]*)*"
    r"(?:(?:could|can|may|would) (?:i|we|you) (?:please )?(?:have|see|get|show(?: me)?|give(?: me)?|do) "
    r"(?=(?:that|this|it|the same|only|just)\b))?"
)
FOLLOWS = re.compile(
    r"^\W*(?:and|only|just|same|what about|how about|now|but|of those|of these|which of (?:those|them|these)|the same|"
    r"also|instead|then|make (?:it|that)|do the same|repeat|leave (?:out|off)|exclude|excluding|drop|remove|omit|skip|"
    r"ignore)\b|\binstead\W*$|\bonly\W*$",
    re.IGNORECASE,
)
_MAY_FOLLOW = re.compile(
    r"^\W*(?:by|per|restrict|limit|narrow|filter|break|split|group|sort|sorted|order|show only|for|in|without|"
    r"excluding|top|since|before|after)\b",
    re.IGNORECASE,
)
_FIGURE = r"(?:figures?|numbers?|results?|counts?|totals?|list|breakdown|thing|question|view)"
_THAT = rf"(?:it|that|this|them|(?:the|that|this) {_FIGURE})"
_POINTS_BACK = re.compile(
    rf"\b(?:the )?(?:same|corresponding|respective) {_FIGURE}\b"
    r"|\b(?:of |among )?(?:those|these|them|same)\b|^\W*(?:and )?which ones?\b|\b(?:as well|too)(?=\W*$)"
    r"|\binstead\b|^\W*now\b"
    r"|^\W*(?:and )?(?:now )?(?:restrict|limit|narrow|filter|break|split|group|make|show|provide|give|repeat)"
    rf"(?: me)? {_THAT}(?: down| up)?(?: to)?\b|\bwhat does {_THAT} look like\b|\bdo {_THAT}\b"
    rf"|^{_THAT} (?=just|only|for|in|by|per)|\bhow (?:is|was|were|are) (?:it|that|they)\b"
    r"|\bwhat if (?:you|we) (?:only |just )?(?:take|took|look at)\b|\bif (?:you|we) (?:only |just )?(?:take|took)\b",
    re.IGNORECASE,
)
# Pronouns for what the question before listed.
_SHOWN = frozenset(("show", "give", "list", "tell", "with", "their", "its"))
_DID_THEY = re.compile(r"\b(?:do|does|did|have|had|are|were) they\b", re.IGNORECASE)
_THEY = frozenset(("they", "their", "them"))
_NUMBER = re.compile(r"\b(?:the|their|its) number(?= (?:with|that|who|which|in|by|where|having)\b)", re.IGNORECASE)
_BARE_FOLLOW = re.compile(r"^\W*(?:and|what about|how about|same|but)\b", re.IGNORECASE)
_SOME_ONLY = re.compile(r"\b(?:only|just)\b", re.IGNORECASE)
_HEADS = {kinds.COUNT, kinds.AGGREGATE, kinds.SHARE}
_NAMELESS = {kinds.COUNT, kinds.EXTREME, kinds.ORDER}
_ASKS = {*_HEADS, kinds.EXTREME, kinds.DISTINCT}


def opened(question: str) -> str:
    """The question without what only leads over to it: `OK, and 2024?`."""
    return re.sub(_OPENING, "", question, flags=re.IGNORECASE)


def needs_earlier(question: str) -> bool:
    """Whether it goes on from an earlier question by its first words."""
    return _BARE_FOLLOW.search(question) is not None


def own_words(question: str) -> str:
    """What a follow-up says itself, without the words that point back."""
    return " ".join(_POINTS_BACK.sub(" ", _NUMBER.sub("how many", opened(question))).split())


def goes_on(question: str, items: Sequence[Item]) -> bool:
    """Whether a question is about the one before: it says so, or it is no question by itself."""
    asked = opened(question)
    if FOLLOWS.search(asked) or _POINTS_BACK.search(asked):
        return True
    if items and _THEY & set(items[0].before.split()):
        return True
    if _DID_THEY.search(asked) and not any(item.is_thing for at, item in enumerate(items) if not _asked_for(items, at)):
        return True
    about = any(isinstance(e.meaning, Table) for i in items for e in i.entries)
    asks = any(item.kind in _ASKS for item in items)
    named = any(item.kind == kinds.NAMED for item in items)
    if not about and _MAY_FOLLOW.search(asked):
        return True
    if items and not named and all(item.kind in _NAMELESS for item in items):
        return True  # `how many are there?`, `highest first`
    if items and not about and items[0].kind == kinds.COUNT and all(map(_is_state, items[1:])):
        return True  # `how many are open?`
    return not asks and ((bool(_SOME_ONLY.search(asked)) and named) or (bool(items) and all(map(_is_condition, items))))


def earlier_change(
    question: str, earlier: Sequence[str], is_name: Callable[[str], bool]
) -> tuple[Change | None, tuple[str, ...]]:
    """What the last question asks of a number over time, if a follow-up goes on with it; and the questions without."""
    if not earlier or not FOLLOWS.search(opened(question)):
        return None, tuple(earlier)
    change, text = read_change(earlier[-1], is_name)
    return change, (*earlier[:-1], text)


def continued(before: list[Item], now: list[Item]) -> list[Item]:
    """The earlier question with what the follow-up changes: it asks something else of the same, or adds a condition.

    Raises: AskBack if all that it adds are words that tie things together: `who wrote them?`
    """
    if now and all(item.kind == kinds.UNKNOWN for item in now):
        raise AskBack(f"What do you want to know of them by {' '.join(item.words for item in now)!r}?")
    if (other := _other_of_same(before, now)) is not None:
        return other
    if now and all(item.is_thing and _SHOWN & set(item.before.split()) for item in now):
        now = [one for item in now for one in _by_names(item)]
    found = {item.kind for item in now}
    regroups = bool(found & {kinds.BY, kinds.GRAIN}) and not found & _ASKS
    asks_anew = bool(found & _ASKS - {kinds.EXTREME}) or (kinds.EXTREME in found and kinds.NAMED in found)
    replaced = {column for item in now for column in _columns(item)}
    spans = any(item.kind == kinds.SPAN for item in now)
    adds = bool(now) and bool({"and", "about"} & set(now[0].before.split()))  # `and how many payments?`, for the same
    kept_groups = _grouped(before) if adds else []
    heads = [item for item in _heads(before) if not any(item is one for one in kept_groups)] if asks_anew else []
    instead = [*_counted(before)] if adds and asks_anew and any(item.is_thing for item in now) else []
    dropped = [*(_grouped(before) if regroups else []), *heads, *instead]
    kept = [
        item
        for item in before
        if not (_columns(item) & replaced or (spans and item.kind == kinds.SPAN) or any(item is one for one in dropped))
    ]
    asked = [item for item in now if item.kind not in (kinds.NAMED, kinds.SPAN, kinds.NOT)] if asks_anew else []
    rest = [item for item in now if not any(item is one for one in asked)]
    periods = [at for at, item in enumerate(before) if item.kind == kinds.SPAN]
    if [item.kind for item in now] == [kinds.SPAN] and len(periods) == 1:  # the other one stands where this one stood
        return [*before[: periods[0]], *now, *before[periods[0] + 1 :]]
    if not any(item.kind == kinds.COUNT for item in asked):
        return [*kept, *now]
    kept[:1] = [replace(item, before="") for item in kept[:1]]
    still = [item for item in kept if item.kind == kinds.SPAN]
    counted = [item for at, item in enumerate(now) if _asked_for(now, at)]
    rest = [item for item in rest if not any(item is one for one in counted)]
    return [*asked, *counted, *(item for item in kept if item.kind != kinds.SPAN), *rest, *still]


def _other_of_same(before: list[Item], now: list[Item]) -> list[Item] | None:
    """Another function, end or number of the very same question; nothing where the follow-up says more."""
    found = {item.kind for item in now}
    if found == {kinds.AGGREGATE} and any(item.kind in _HEADS for item in before):
        return _with_other_function(before, now)
    if found == {kinds.EXTREME} and any(item.kind == kinds.EXTREME for item in before):
        return [_other_end(item, now[-1]) if item.kind == kinds.EXTREME else item for item in before]
    if found == {kinds.EXTREME} and not now[-1].numbers and (ends := _other_function(before, now[-1])):
        return ends
    if found == {kinds.EXTREME} and any(item.kind in _HEADS for item in before):
        numbers = now[-1].numbers or (1,)  # `which one has the most?`
        return [*before, replace(now[-1], words=f"top {numbers[0]:.0f}", numbers=numbers)]
    if now and all(map(_is_amount, now)) and any(item.kind in _HEADS for item in before):
        return _of_other_number(before, now)
    if found == {kinds.AGGREGATE} and now[-1].words.lower() == "how much" and any(map(_is_end, before)):
        return before  # `and how much was it?`, of the first of all: it is shown beside it
    return None


def _by_names(item: Item) -> Iterator[Item]:
    """`show the author as well`: the names of those beside what was listed."""
    table = next(entry.meaning for entry in item.entries if isinstance(entry.meaning, Table))
    return (replace(item, entries=(Entry(label, FULL),)) for label in table.labels)


def _asked_for(items: Sequence[Item], at: int) -> bool:
    """`how many orders do they have`: the thing that is counted."""
    return at > 0 and items[at - 1].kind == kinds.COUNT and not items[at].before and items[at].is_thing


def _with_other_function(before: Sequence[Item], now: Sequence[Item]) -> list[Item]:
    """`and the average?`: of what was added up before."""
    first = next(at for at, item in enumerate(before) if item.kind in _HEADS)
    return [*before[:first], *now, *(item for item in before[first:] if item.kind not in _HEADS)]


def _is_end(item: Item) -> bool:
    return item.kind == kinds.EXTREME


def _other_end(before: Item, now: Item) -> Item:
    """`and the lowest?`, `the top 3`: by the same as before, from the other end or more of them."""
    dated = before.detail in ("first", "last")
    same = (dated and now.detail not in ("first", "last")) or (
        bool(now.numbers) and now.words.lower().startswith(("top", "best"))
    )
    return replace(before, words=now.words, detail=before.detail if same else now.detail, numbers=now.numbers)


def _other_function(before: Sequence[Item], now: Item) -> list[Item]:
    """`and the highest?`, after an average of all: the highest number instead."""
    if any(item.kind in (kinds.BY, kinds.GRAIN, kinds.COUNT) or item.detail == "SUM" for item in before):
        return []
    function = replace(now, kind=kinds.AGGREGATE, detail={"desc": "MAX", "asc": "MIN"}.get(now.detail, ""))
    asked = function.detail and any(item.kind == kinds.AGGREGATE for item in before)
    return [function if item.kind == kinds.AGGREGATE else item for item in before] if asked else []


def _of_other_number(before: Sequence[Item], now: Sequence[Item]) -> list[Item]:
    """`and calories?`: as much of that instead, for the same."""
    first = next(item for item in before if item.kind in _HEADS)
    head = first if first.kind == kinds.AGGREGATE else replace(first, kind=kinds.AGGREGATE, words="total", detail="SUM")
    kept = [item for item in before if item.kind not in _HEADS and not _is_amount(item)]
    return [head, *(replace(item, before="") for item in now), *kept]


def _heads(before: Sequence[Item]) -> list[Item]:
    """What the earlier question wanted to know, as opposed to what it was about and under which conditions."""
    heads = [at for at, item in enumerate(before) if not _is_about(item) and not _is_compared(before, at)]
    return [before[at] for at in heads if not _is_of_time(before, at)]


def _is_of_time(before: Sequence[Item], at: int) -> bool:
    """`matches played in 2024`: the verb says what was in that year."""
    timed = [item.kind for item in before[at + 1 : at + 2]] == [kinds.SPAN]
    return at > 0 and timed and before[at].kind == kinds.UNKNOWN and before[at - 1].is_thing


def _is_compared(before: Sequence[Item], at: int) -> bool:
    """Whether the item is part of a comparison or a negation."""
    near = [before[place] for place in (at - 1, at + 1) if 0 <= place < len(before)]
    tied = (kinds.COMPARE, kinds.NOT, kinds.MISSING)
    own = before[at].kind
    return own in (*tied, kinds.SPAN, kinds.LATE, kinds.OVERDUE) or (
        own == kinds.NAMED and any(item.kind in tied for item in near)
    )


def _grouped(items: list[Item]) -> list[Item]:
    """What an earlier question groups by."""
    places = [at for at, item in enumerate(items) if item.kind == kinds.BY]
    following = [items[at + 1] for at in places if at + 1 < len(items)]
    return [*(items[at] for at in places), *following, *(item for item in items if item.kind == kinds.GRAIN)]


def _counted(before: Sequence[Item]) -> Iterator[Item]:
    """The thing of which the earlier question asked how many there are."""
    return (thing for count, thing in pairwise(before) if count.kind == kinds.COUNT and thing.is_thing)


def _is_amount(item: Item) -> bool:
    """Whether it names a number of something, and no thing."""
    best = item.likeliest
    return item.kind == kinds.NAMED and isinstance(best, Column) and best.kind == NUMBER and not best.refers


def _is_about(item: Item) -> bool:
    """Whether the item says what the earlier question was about, rather than what it wanted to know of it."""
    return item.kind == kinds.NAMED and (bool(_columns(item)) or any(_restricts(e.meaning) for e in item.entries))


def _restricts(meaning: object) -> bool:
    if isinstance(meaning, Column):
        return meaning.kind == BOOLEAN
    return isinstance(meaning, Table) or (isinstance(meaning, Snippet) and meaning.kind == "filters")


def _is_state(item: Item) -> bool:
    """A condition, or a column that holds whether something is so."""
    best = item.likeliest
    return _is_condition(item) or (isinstance(best, Column) and best.kind == BOOLEAN)


def _is_condition(item: Item) -> bool:
    """A value, a period or a negation: nothing that could be asked for."""
    if item.kind == kinds.NAMED:
        return bool(item.entries) and all(isinstance(entry.meaning, Value) for entry in item.entries)
    return item.kind in (kinds.SPAN, kinds.NOT)


def _columns(item: Item) -> set[str]:
    """The columns whose values the item names."""
    values = [entry.meaning for entry in item.entries if isinstance(entry.meaning, Value)]
    return {f"{value.column.table}.{value.column.name}" for value in values}
