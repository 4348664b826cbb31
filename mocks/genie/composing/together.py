"""Several numbers in one question: each from its own rows, then set side by side or divided."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from mocks.genie.composing.partners import source
from mocks.genie.knowledge.space import Space
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import word_set
from mocks.genie.reading.changes import Change, moved
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_KEY = "key_"
HEADS = (kinds.COUNT, kinds.AGGREGATE)
_ENDS = word_set("in for from with by at per who that which whose on to during since until over under")
_JOINED = frozenset(("and", "plus", "with", "&"))


@dataclass(frozen=True)
class Part:
    """A query for one of the numbers: its groups come first, the number last."""

    tree: exp.Select
    note: str


def phrases(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Where the words of each number begin and end, if there are several: `the number of loans and their amount`."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(items):
        if items[at].kind not in HEADS:
            at += 1
            continue
        end = at + 1
        while end < len(items) and items[end].kind == items[at].kind == kinds.AGGREGATE and not items[end].before:
            end += 1
        while end < len(items) and belongs(items[end]):
            end += 1
        found.append((at, end))
        at = end
    joined = [_is_joined(items, begin) for begin, _ in found[1:]]
    close = all(tied or end == begin for tied, (_, end), (begin, _) in zip(joined, found, found[1:], strict=False))
    return found if any(joined) and close else []


def _is_joined(items: Sequence[Item], begin: int) -> bool:
    """`sessions and bookings`, `number of sessions, number of bookings`."""
    listed = items[begin].kind == kinds.COUNT and items[begin - 1].kind == kinds.NAMED and not items[begin].before
    more = items[begin + 1] if begin + 1 < len(items) else None
    listed = listed and more is not None and more.table is not None and not more.before
    return listed or bool(_JOINED & set(items[begin].before.split()))


def belongs(item: Item) -> bool:
    named = item.kind in (kinds.NAMED, kinds.UNKNOWN, kinds.DISTINCT)
    return named and not _ENDS & set(item.before.split()) and "and" not in item.before.split()


def parts_of(items: Sequence[Item], spans: Sequence[tuple[int, int]]) -> Iterator[list[Item]]:
    """For each number its own items and those said of all; without a thing it takes the next one's."""
    inside = {place for begin, end in spans for place in range(begin, end)}
    for number, (begin, end) in enumerate(spans):
        own = [*range(begin, end)]
        if not any(items[place].kind == kinds.NAMED for place in own):
            thing = next((s for s in spans[number + 1 :] if any(items[p].kind == kinds.NAMED for p in range(*s))), None)
            thing = thing or next((s for s in reversed(spans[:number]) if items[s[1] - 1].kind == kinds.NAMED), None)
            counts = items[begin].kind == kinds.COUNT
            told = [p for p in range(*thing) if items[p].kind not in HEADS] if thing else []
            own += [p for p in told if not (counts and len(told) > 1 and is_measure(items[p]))]
        chosen = [place for place in range(len(items)) if place not in inside or place in own]
        yield [replace(items[place]) for place in sorted(chosen)]


def as_number(items: Sequence[Item]) -> list[Item]:
    """What the items name as a number: a sum, or how many there are.

    Raises: AskBack if they name nothing
    """
    copies = [replace(item) for item in items]
    if not copies:
        raise AskBack("Of what? Name a table or a number of the tables.")
    if any(item.kind in HEADS or item.snippet is not None for item in copies):
        return copies
    counts = any(item.table is not None for item in copies) and not any(is_measure(item) for item in copies)
    head = Item(kinds.COUNT, "number of", copies[0].at, copies[0].at) if counts else None
    return [head or Item(kinds.AGGREGATE, "total", copies[0].at, copies[0].at, "SUM"), *copies]


def side_by_side(parts: Sequence[Part], items: Sequence[Item], space: Space) -> exp.Select:
    """One row for each group with all the numbers; a count of what a group has none of is zero."""
    merged = _merged(parts)
    if merged is not None:
        return merged
    names = _groups(_keyed(parts[0].tree))
    if any(_groups(_keyed(part.tree)) != names for part in parts[1:]):
        raise AskBack("These numbers are not by the same things. Ask for one at a time.")
    values = [_value(part.tree, at) for at, part in enumerate(parts)]
    if not names:
        return exp.select(*(exp.alias_(exp.Subquery(this=part.tree), values[at]) for at, part in enumerate(parts)))
    subqueries = [_aliased(part.tree, f"part_{at + 1}") for at, part in enumerate(parts)]
    every = _every(parts[0].tree, items, space)
    first = "every" if every is not None else "part_1"
    own = [name for name in names if not name.startswith(_KEY)]
    shown = [exp.column(name, table=first) if every is not None else exp.column(name) for name in own]
    numbers = [_or_zero(part, exp.column(values[at], table=f"part_{at + 1}")) for at, part in enumerate(parts)]
    outer = exp.select(*shown, *(exp.alias_(n, value) for n, value in zip(numbers, values, strict=True)))
    if every is not None:
        outer = outer.from_(every)
        for subquery in subqueries:
            equal = [
                exp.NullSafeEQ(this=exp.column(n, table="every"), expression=exp.column(n, table=subquery.alias))
                for n in names
            ]
            outer = outer.join(subquery, on=exp.and_(*equal), join_type="left")
        return outer
    outer = outer.from_(subqueries[0])
    for subquery in subqueries[1:]:
        outer = outer.join(subquery, using=[exp.to_identifier(n) for n in names], join_type="full outer")
    return outer


def compared(earlier: Part, later: Part, change: Change) -> exp.Select:
    """Two periods and the change from one to the other; only the percentage where that is what is asked."""

    def shown(before: exp.Expr, now: exp.Expr) -> list[exp.Expr]:
        difference = exp.alias_(moved(before, now, change.percent), "change")
        return [difference] if change.percent else [exp.alias_(before, "earlier"), exp.alias_(now, "later"), difference]

    return both(earlier, later, shown)


def both(
    one: Part, other: Part, shown: Callable[[exp.Expr, exp.Expr], list[exp.Expr]], join: str = "full outer"
) -> exp.Select:
    """What is made of two numbers, for each group if there are groups; the join says of which of them.

    Raises: AskBack
    """
    names = _groups(_keyed(one.tree))
    if _groups(_keyed(other.tree)) != names:
        raise AskBack("These numbers are not by the same things. Ask for one at a time.")
    values = [_value(part.tree, at) for at, part in enumerate((one, other))]
    first, second = _aliased(one.tree, "one"), _aliased(other.tree, "other")
    outer = exp.select(
        *(exp.column(name) for name in names if not name.startswith(_KEY)),
        *shown(exp.column(values[0], table="one"), exp.column(values[1], table="other")),
    ).from_(first)
    if not names:
        return outer.join(second, join_type="cross")
    return outer.join(second, using=[exp.to_identifier(name) for name in names], join_type=join)


def _merged(parts: Sequence[Part]) -> exp.Select | None:
    """One query, where all numbers are of the same rows."""
    trees = [part.tree.copy() for part in parts]
    numbers = [tree.expressions[-1] for tree in trees]
    for tree in trees:
        tree.set("expressions", tree.expressions[:-1])
    if any(tree != trees[0] for tree in trees[1:]):
        return None
    names = [f"{number.alias_or_name or 'value'}_{at + 1}" for at, number in enumerate(numbers)]
    return trees[0].select(*(exp.alias_(number.unalias().copy(), names[at]) for at, number in enumerate(numbers)))


def _groups(tree: exp.Select) -> list[str]:
    return [str(shown.alias_or_name) for shown in tree.expressions[:-1]]


def _value(tree: exp.Select, at: int) -> str:
    number = tree.expressions[-1]
    name = f"{number.alias_or_name or 'value'}_{at + 1}"
    number.replace(exp.alias_(number.unalias().copy(), name))
    return name


def _aliased(tree: exp.Select, name: str) -> exp.Subquery:
    return exp.Subquery(this=tree, alias=exp.TableAlias(this=exp.to_identifier(name)))


def _or_zero(part: Part, value: exp.Expr) -> exp.Expr:
    counts = isinstance(part.tree.expressions[-1].unalias(), exp.Count)
    return exp.func("COALESCE", value, exp.Literal.number(0)) if counts else value


def _every(tree: exp.Select, items: Sequence[Item], space: Space) -> exp.Subquery | None:
    """All things that are grouped by, also those without rows of a number; nothing if they are of several tables."""
    shown = tree.expressions[:-1]
    names = {column.table for one in shown for column in one.find_all(exp.Column)}
    tables = [table for table in space.tables if {table.name} == names]
    timed = any(item.kind == kinds.GRAIN for item in items)
    if timed or len(tables) != 1 or not all(isinstance(one.unalias(), exp.Column) for one in shown):
        return None
    inner = exp.select(*(one.copy() for one in shown)).from_(source(tables[0])).where(*_conditions_on(tree, names))
    unique = {column.name for column in tables[0].columns if column.unique}
    apart = any(column.name in unique for one in shown for column in one.find_all(exp.Column))
    return _aliased(inner if apart else inner.distinct(), "every")


def _keyed(tree: exp.Select) -> exp.Select:
    """The query with what it groups by without showing it, so that two things of one name stay apart."""
    group = tree.args.get("group")
    shown = [one.unalias() for one in tree.expressions]
    hidden = [one for one in (group.expressions if group else []) if one not in shown]
    keys = [exp.alias_(one.copy(), f"{_KEY}{at + 1}") for at, one in enumerate(hidden)]
    tree.set("expressions", [*keys, *tree.expressions])
    return tree


def _conditions_on(tree: exp.Select, names: set[str]) -> list[exp.Expr]:
    """The conditions of a query that are on that table alone."""
    where = tree.args.get("where")
    found = [*where.this.flatten()] if where and isinstance(where.this, exp.And) else [where.this] if where else []
    return [one.copy() for one in found if {column.table for column in one.find_all(exp.Column)} == names]
