"""What is ranked by what, where a question says it in passing: `the most viewed article`, `top 3 clubs, visits`."""

from dataclasses import replace

from mocks.genie.composing.together import HEADS
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.names import SAID
from mocks.genie.knowledge.roles import main_amount
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import PAYING, is_participle, is_verb
from mocks.genie.language.words import stem, stem_set, stems, word_set
from mocks.genie.reading.frame import is_measure, table_of
from mocks.genie.reading.items import Item, is_ranked_by

_PAID = word_set("paid earning salaried compensated remunerated")
_SINGLE = word_set("highest lowest")  # of one fee, where the best paid are so by all of them
_PAY = stem_set("pay wage salary fee income earnings compensation remuneration stipend hourly honorarium")
_MOST = word_set("most least often frequently")
_BY_MONEY = word_set("most least")
_TOP = word_set("top bottom best worst")


def paid_most(items: list[Item], space: Space) -> list[Item]:
    """`who paid the most in May`: of the money of which the verb tells, where no number is named."""
    for at, item in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        if item.kind != kinds.EXTREME or item.words.lower() not in _BY_MONEY or not at:
            continue
        verb = items[at - 1]
        named = following is not None and following.kind in (kinds.NAMED, kinds.COUNT, kinds.AGGREGATE)
        tables = dict.fromkeys(name for entry in verb.entries if (name := table_of(entry.meaning)))
        amounts = [c for name in tables if (c := main_amount(space.table(name))) is not None]
        if not named and stem(verb.words) in PAYING and len(amounts) == 1:
            number = Item(kinds.NAMED, amounts[0].spoken, item.at, item.end, meaning=amounts[0])
            return [*items[: at + 1], number, *items[at + 1 :]]
    return items


def most_done(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`the most viewed article`, `which member visited most often`: by how many rows there are of what was done."""
    for at, item in enumerate(items):
        if item.kind != kinds.EXTREME or item.words.lower().split()[-1] not in _MOST or item.dimension:
            continue
        before = at > 0 and is_verb(items[at - 1].words.split()[-1])
        place = at - 1 if before else at + 1
        thing = items[at - 2] if before and at > 1 else items[at + 2] if at + 2 < len(items) else None
        done = _done_to(items[place], thing, graph) if place < len(items) and thing is not None else None
        following = items[at + 1] if before and at + 1 < len(items) else None
        told = following is not None and following.kind not in (kinds.SPAN, kinds.BY, kinds.GRAIN)
        if done is None or told or (not before and (items[at + 1].before or items[at + 2].before)):
            continue
        by = [Item(kinds.BY, "by", item.end, item.end), Item(kinds.COUNT, "number of", item.end, item.end), done]
        top = replace(item, words=item.words.removesuffix(" often").removesuffix(" frequently"))
        if before:
            return [*items[: at - 1], top, *by, *items[at + 1 :]]
        return [*items[: at + 1], items[at + 2], *by, *items[at + 3 :]]
    return items


def _done_to(verb: Item, thing: Item, graph: JoinGraph) -> Item | None:
    """The events that a verb names, if they refer to the thing."""
    if thing.table is None or not is_verb(verb.words.split()[-1]) or verb.kind not in (kinds.NAMED, kinds.UNKNOWN):
        return None
    about = graph.about(thing.table.full_name)
    named = [entry.meaning for entry in verb.entries if isinstance(entry.meaning, Table)]
    done = [table for table in named if table.full_name in about]
    if len(done) != 1:
        return None
    return Item(kinds.NAMED, done[0].spoken, verb.at, verb.end, meaning=done[0], rank=SAID)


def best_paid(items: list[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """`the highest paid artist of each genre`: by what they are paid, as that is told of them or of what they did."""
    for at, item in enumerate(items[:-2]):
        paid, person = items[at + 1 : at + 3]
        tables = [entry.meaning for entry in person.entries if isinstance(entry.meaning, Table)]
        told = any(is_measure(one) for one in items[at + 3 :])
        if (
            told
            or item.kind != kinds.EXTREME
            or paid.words.lower() not in _PAID
            or paid.before
            or person.before
            or not tables
        ):
            continue
        about = graph.about(tables[0].full_name)
        for names in ({tables[0].full_name}, about):
            own = names is not about
            pay = [c for name in names for c in space.table(name).columns if _is_pay(c, own)]
            if len(pay) == 1:
                by = [Item(kinds.BY, "by", person.end, person.end)]
                if not own and item.words.lower() in _SINGLE:
                    by.append(
                        Item(
                            kinds.AGGREGATE,
                            item.words,
                            person.end,
                            person.end,
                            kinds.ENDS.get(item.detail, "MIN"),
                        )
                    )
                number = Item(kinds.NAMED, pay[0].spoken, person.end, person.end, meaning=pay[0])
                return [*items[: at + 1], replace(person, meaning=tables[0]), *by, number, *items[at + 3 :]]
    return items


def _is_pay(column: Column, own: bool) -> bool:
    told = stems(column.description) if own else ()
    return column.kind == NUMBER and not column.refers and bool(_PAY & {*stems(column.spoken), *told})


def ranked_by_those(items: list[Item]) -> list[Item]:
    """`by number of held tours`, `the most held tours`: which of the rows are counted stands behind what they are."""
    for at, item in enumerate(items[1:], 1):
        count = item.kind == kinds.COUNT and items[at - 1].kind == kinds.BY
        first = at + count
        place = first
        while place < len(items) - 1 and _tells_which(items[place]):
            place += 1
        thing = items[place] if place > first else None
        own = thing is not None and all(table_of(one.meaning) == table_of(thing.meaning) for one in items[first:place])
        ranks = count or items[at - 1].kind == kinds.EXTREME or is_ranked_by(items, first)
        if ranks and thing is not None and thing.table is not None and own and not thing.before:
            return [
                *items[:first],
                replace(thing, before=items[first].before),
                *items[first:place],
                *items[place + 1 :],
            ]
    return items


def _tells_which(item: Item) -> bool:
    """`held tours`, `enrolled pupils`: in which state they are, or what was done with them on some day."""
    day = item.column is not None and item.column.kind == DATE and is_participle(item.words)
    return item.value is not None or day


def ranked_beside(items: list[Item]) -> list[Item]:
    """`top 3 clubs, number of visits`, `top 3 clubs, visits`: they are ranked by what is told beside them."""
    ends = [at for at, item in enumerate(items) if item.kind == kinds.EXTREME]
    others = any(item.kind in (kinds.BY, kinds.SORT, kinds.GRAIN, kinds.COMPARE) for item in items)
    if len(ends) != 1 or others or not (items[ends[0]].numbers or _TOP & set(items[ends[0]].words.lower().split())):
        return items
    first = next((at for at, item in enumerate(items) if item.kind in HEADS), ends[0] + 2)
    if first < ends[0] + 2 or first >= len(items) or items[first - 1].kind != kinds.NAMED:
        return items
    beside = items[first]
    if set(beside.before.split()) - {"the"} or (beside.kind in HEADS and items[-1].kind in HEADS):
        return items
    by = [Item(kinds.BY, "by", beside.at, beside.at)]
    if beside.kind in HEADS or is_measure(beside):
        return [*items[:first], *by, *items[first:]]
    if beside.table is None or items[first - 1].table in (None, beside.table) or not beside.several:
        return items
    if (amount := main_amount(beside.table)) is not None:
        return [*items[:first], *by, replace(beside, meaning=amount), *items[first + 1 :]]
    return [*items[:first], *by, Item(kinds.COUNT, "number of", beside.at, beside.at), *items[first:]]
