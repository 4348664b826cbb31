"""By which column a row refers to what is named, where there are several: flights from Athens, staff under Ann Lee."""

from collections import defaultdict
from collections.abc import Sequence

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.links import Link, is_plain
from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.roles import role_of
from mocks.genie.knowledge.space import Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.deeds import does
from mocks.genie.language.verbs import ABOVE, GOALS, OUT_OF, PARTICLES, SOURCES, TOWARDS, UNDER, is_participle
from mocks.genie.language.words import is_plural, stem, stems, word_set
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.happenings import DONE
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_TWO = 2
_ADVERBS = word_set("both ever never not himself herself personally alone")
_DOING = word_set("by who whoever emp employee staff user member person author")
_INSIDE = word_set("to under of in within below beneath inside")


def asked_role(items: Sequence[Item], graph: JoinGraph) -> Item | None:
    """`the mentor of Lea`, `Lea's mentor`, `who mentors Lea`: who has the role; `mentored by Lea` is the reverse."""
    own = {link.left for link in graph.own}
    for at, item in enumerate(items):
        if item.column not in own or item.kind != kinds.NAMED or item.column is None:
            continue
        last, following = items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None
        if last is not None and last.value is not None and last.words.lower().endswith("'s") and not item.before:
            return item
        if following is None or following.value is None or following.value.column.table != item.column.table:
            continue
        noun = following.before in ("of", "of the") and not is_participle(item.words) and "whose" not in item.before
        told = any(other.table is not None and other.table.full_name == item.column.table for other in items[:at])
        done = at == 0 and item.before == "who" and following.before in ("", "the")
        done = done and item.words.lower().split()[-1] not in ("to", "by", "under", "for")
        if done or (noun and not told):
            return item
    return None


class References:
    """The roles in which the values of one question are named."""

    def __init__(self, items: Sequence[Item], graph: JoinGraph, asked: Column | None = None) -> None:
        self._items, self._graph, self._asked = items, graph, asked

    def through(self) -> set[str]:
        """The tables and, as `table.column`, the columns that are named, or said by a direction: `to each city`."""
        named = [(at, item) for at, item in enumerate(self._items) if item.kind == kinds.NAMED and item.meaning]
        columns = [item.column for _, item in named if item.column is not None]
        columns += [link.left for at, item in named for link in self.led(at, table_of(item.meaning))]
        if any(n.left == self._asked and n.right.table == i.value.column.table for n in self._graph.links
               for _, i in named if i.value is not None):  # fmt: skip
            columns = [column for column in columns if column != self._asked]  # `what does Logic require`
        columns += [link.left for link in self._told()]
        return {table_of(item.meaning) for _, item in named} | {f"{c.table}.{c.name}" for c in columns}

    def _told(self) -> list[Link]:
        """`messages sent per person`: of several roles of one thing for another the one of which the verbs tell."""
        roles: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for link in self._graph.links:
            roles[link.left.table, link.right.table].append(link)
        told = [self._done(links, self._items) for links in roles.values() if len(links) > 1]
        return [links[0] for links in told if len(links) == 1]

    def _done(self, links: Sequence[Link], items: Sequence[Item]) -> list[Link]:
        """Those roles of which a verb among the items tells: who opened it, of `opened`."""
        named = [item for item in items if item.kind in (kinds.NAMED, kinds.UNKNOWN)]
        free = [item for item in named if item.table is None or item.detail == DONE]
        said = [item.words.split() for item in free if item.words.split()]
        told = [n for n in links if any(_tells_of(role_of(n.left), words) for words in said)]
        return [n for n in told if not _is_what_is_done(n)]

    def _by_verb(self, links: Sequence[Link], at: int) -> Link | None:
        """`opened by Ann`, `did Ann open`: the role of which the verb beside a value tells.

        Raises: AskBack if verbs tell of several: `did Ann both open and solve`
        """
        back = at - 1
        while back >= 0 and self._items[back].kind == kinds.BY:
            back -= 1
        done = back < at - 1 or "by" in self._items[at].before.split()
        following: Sequence[Item] = [
            item for item in self._items[at + 1 : at + 2] if set(item.before.split()) <= _ADVERBS
        ]
        both = following and "both" in following[0].before.split()
        following = self._items[at + 1 : at + 3] if both else following
        verbs = self._items[max(back, 0) : back + 1] if done else following
        found = self._done(links, verbs)
        if len(found) > 1:
            raise AskBack(f"Is {self._items[at].words} meant as {' or as '.join(n.left.spoken for n in found)}?")
        for verb in verbs[:1] if found else ():
            verb.used = verb.used or not done or verb.column in {n.left for n in links}
        return found[0] if found else None

    def led(self, at: int, target: str) -> list[Link]:
        """The roles in which a thing is meant by the words before it: one at most for each table that refers to it."""
        links = [link for link in self._graph.links if link.right.table == target]
        owners = {link.left.table: [n for n in links if n.left.table == link.left.table] for link in links}
        found = [self._directed(roles, at) for roles in owners.values() if len(roles) > 1]
        return [link for link in found if link is not None]

    def link(self, base: Table, at: int) -> Link | None:
        """The link that the value at that place is meant for; nothing where there is no choice, or none is said."""
        value = self._items[at].value
        assert value is not None
        if value.column.table == base.full_name and self._asked in {n.left for n in self._graph.own}:
            return None
        if value.column.table == base.full_name:
            named = value.column in base.labels or value.column.unique
            return self._above(base, at) if named else None
        if (elsewhere := self._elsewhere(base, at)) is not None:
            return elsewhere
        near = self._near(base, at)
        owner = base if near is None else near
        links = self._graph.roles(owner, value.column.table)
        ends = (owner.full_name, value.column.table)
        direct = [n for n in self._graph.links if (n.left.table, n.right.table) == ends and not is_plain(n)]
        found = self._by_verb(links, at) or self._named(links or direct, at) or self._directed(links, at)
        if found is None and near is not None and not links:
            single = [
                n for n in self._graph.links if n.left.table == near.full_name and n.right.table == value.column.table
            ]
            found = single[0] if len(single) == 1 else None
        return found

    def _elsewhere(self, base: Table, at: int) -> Link | None:
        """`crew of flights to Athens`, `whose destination is Athens`: by the role of rows that belong to the base."""
        item = self._items[at]
        assert item.value is not None
        target = item.value.column.table
        others = [n for n in self._graph.links if n.right.table == target and n.left.table != base.full_name]
        if (named := self._named([n for n in others if not is_plain(n)], at)) is not None:
            return named
        led = [link for link in self.led(at, target) if link.left.table != base.full_name]
        if len(led) != 1 or self._graph.roles(base, target):
            return None
        spoken = any(i.table is not None and i.table != base for i in self._items[:at])
        return led[0] if spoken or not self._graph.reaches(base, target) else None

    def _near(self, base: Table, at: int) -> Table | None:
        """`crew on flights to Athens`: the table just before the value, where it is not what the question is about."""
        for item in reversed(self._items[max(0, at - 2) : at]):
            if item.table is not None:
                other = item.table != base and not self._graph.reaches(base, item.table.full_name)
                return item.table if other and self._items[at].before else None
            if item.kind == kinds.NAMED and item.column is None:
                return None
        return None

    def _named(self, links: Sequence[Link], at: int) -> Link | None:
        """`whose destination is Athens`, `origin country Spain`: the nearest column of a role, before or behind."""
        for distance in (1, 2, -1, 3, -2):
            near = self._items[at - distance] if 0 <= at - distance < len(self._items) else None
            found = [n for n in links if near is not None and near.column == n.left and n.left != self._asked]
            if found and near is not None:
                near.used = True
                return found[0]
        return None

    def _directed(self, links: Sequence[Link], at: int) -> Link | None:
        """`to Athens`, `departing from Spain`."""
        said = self._leading(at)
        for words, roles, opposite in ((TOWARDS, GOALS, SOURCES), (OUT_OF, SOURCES, GOALS)):
            ends = [{*stems(n.left.spoken), *stems(n.left.description)} for n in links]
            found = [n for n, told in zip(links, ends, strict=True) if roles & told]
            if (
                not found and len(links) == _TWO
            ):  # `to Ann`, where the one who sent it is told and Ann has the other role
                found = [n for n, told in zip(links, ends, strict=True) if not opposite & told]
            if words & said and len(found) == 1:
                return found[0]
        return None

    def _leading(self, at: int) -> set[str]:
        """The words before a thing, past others of its table: `out of airports in Spain`, `to each country`."""
        item, before = self._items[at], self._items[at - 1] if at else None
        said = set(stems(item.before))
        if before is None:
            return said
        same = item.meaning is not None and table_of(before.meaning) == table_of(item.meaning)
        if before.kind in (kinds.BY, kinds.DISTINCT, kinds.COUNT) or same:
            return said | self._leading(at - 1)
        return said | set(stems(before.words)) if before.kind == kinds.UNKNOWN else said

    def _is_of_it(self, base: Table, at: int) -> bool:
        """`which categories belong to Kitchen`, `units under Sales`: several things of one, and not the one itself."""
        before = [i for i in self._items[:at] if i.table == base and i.kind == kinds.NAMED]
        many = bool(before) and is_plural(before[-1].words)
        under = self._items[at - 1]
        said = {*self._items[at].before.split(), *(under.words.lower().split() if under.kind == kinds.COMPARE else ())}
        return many and bool(_INSIDE & said) and not self._items[at].negated

    def _above(self, base: Table, at: int) -> Link | None:
        """`who reports to Ann Lee`, `whose manager is Ann Lee`."""
        own = [link for link in self._graph.own if link.left.table == base.full_name]
        if (found := self._named(own, at)) is not None:
            return found
        if len(own) == 1 and self._is_of_it(base, at):
            return own[0]
        near = [i for i in self._items[max(0, at - 3) : at] if i.column is None or i.column in {n.left for n in own}]
        said = set(stems(" ".join([*(f"{i.before} {i.words}" for i in near), self._items[at].before])))
        leading = [link for link in own if ABOVE & {*stems(link.left.spoken), *stems(link.left.description)}]
        if len(leading) == 1 and UNDER & said:
            for item in near:
                item.used = item.used or bool(UNDER & set(stems(item.words)))
            return leading[0]
        return None


def _is_what_is_done(link: Link) -> bool:
    """`required_id`: what somebody requires, and not who does."""
    named = any(map(is_participle, link.left.spoken.lower().split()))
    return named and not _DOING & set(role_of(link.left).lower().split())


def _tells_of(role: str, words: Sequence[str]) -> bool:
    """Whether the words for a role tell of what a verb says, or a noun such as `check-ins`, which is more than it."""
    noun = len(words) == _TWO and words[-1] in PARTICLES
    return set(map(stem, words)) <= set(stems(role)) if noun else does(role, stem(words[0]))


def is_end(meaning: Meaning, item: Item, items: Sequence[Item]) -> bool:
    """Whether a column is that of the end to which, or from which, something is said to go."""
    column = meaning.column if isinstance(meaning, Value) else meaning
    roles = set(stems(column.spoken)) if isinstance(column, Column) else set()
    at = items.index(item)
    by = items[at - 1].before if at and items[at - 1].kind == kinds.BY else ""
    said = set(stems(f"{by} {item.before}"))
    return any(said & words and roles & ends for words, ends in ((TOWARDS, GOALS), (OUT_OF, SOURCES)))
