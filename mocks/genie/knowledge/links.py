"""Which columns refer to rows elsewhere, as far as names, comments and values show where nobody declared it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mocks.genie.knowledge.people import is_of_people, is_person
from mocks.genie.knowledge.space import DATE, OTHER, Column, Space, Table
from mocks.genie.language.verbs import ABOVE
from mocks.genie.language.words import stem, stems

_KINDS_OF_KEY = ("id", "key", "code", "no", "number", "cd", "nr", "ref", "num", "sk")


@dataclass(frozen=True)
class Link:
    """Each row of the left table has at most one partner on the right; `more` are further columns of their key.

    A curator may have told in which role that partner is.
    """

    left: Column
    right: Column
    more: tuple[tuple[Column, Column], ...] = field(default=(), compare=False)
    role: str = field(default="", compare=False)

    @property
    def pairs(self) -> tuple[tuple[Column, Column], ...]:
        """All columns that must be equal."""
        return (*self.more, (self.left, self.right))


def is_plain(link: Link) -> bool:
    """The column is named as the key, or as the table that it refers to: no role of its own."""
    mine = link.left.name.lower()
    return mine == link.right.name.lower() or stem(mine) == stem(link.right.table_name)


def links_in_roles(space: Space, links: Sequence[Link]) -> Iterator[Link]:
    """`curator_id` where one table alone holds people, or those who are curators, or to whom nothing else refers."""
    people = [t for t in space.tables if is_of_people(t) and t.key is not None]
    known = {link.left for link in (*links, *own_links(space))}  # a mentor of writers is a writer
    for column in space.columns():
        named, kind = stems(column.name)[:-1], stems(column.name)[-1:]
        if column in known or column.unique or not named or kind[0] not in _KINDS_OF_KEY or not is_person(named[-1]):
            continue
        held = [t for t in people if t.key and t.full_name != column.table and _holds(t.key, column)]
        held = [t for t in held if _are(t, named[-1])] or held
        held = [t for t in held if all(link.right.table != t.full_name for link in links)] if len(held) > 1 else held
        if len(held) == 1 and held[0].key is not None:
            yield Link(column, held[0].key)


def _are(people: Table, role: str) -> bool:
    """Whether a column says of some that they are that."""
    return any(role in stems(value) for column in people.columns for value in column.values)


def _holds(key: Column, column: Column) -> bool:
    return key.kind == column.kind and bool(column.keys) and bool(key.keys) and column.keys <= key.keys


def inferred(space: Space) -> Iterator[Link]:
    """Columns that are named as a key elsewhere, or speak of it, and hold only such keys."""
    for table in space.tables:
        for key in table.columns:
            if key.unique and key.kind not in (DATE, OTHER) and _is_key(key, table):
                for column in space.columns():
                    if column.table != table.full_name and _refers(column, key, table) and _contained(column, key):
                        yield Link(column, key)


def own_links(space: Space) -> Iterator[Link]:
    """Columns that refer to other rows of their own table: a manager, a parent."""
    for table in space.tables:
        key = table.key
        for column in table.columns if key is not None else ():
            assert key is not None
            said = {*stems(column.spoken), *stems(column.description)}
            alike = column != key and column.kind == key.kind and not column.unique and _contained(column, key)
            if alike and _refers_elsewhere(column, table, space):
                continue
            named = stems(column.spoken)[-len(stems(key.spoken)) :] == stems(key.spoken)
            if alike and (named or ABOVE & said or _is_one_of(column, table)):
                yield Link(column, key)


def _is_one_of(column: Column, table: Table) -> bool:
    """`Artist who recommended this one`: the comment begins with what the rows of the table are."""
    found = re.match(r"(?:the |an? )?(\w+) (?:who|that|which|whom|by whom)\b", column.description, re.IGNORECASE)
    this_one = column.description.lower().rstrip(" .").endswith(" this one")
    return found is not None and (this_one or stem(found[1]) == stems(table.spoken)[-1])


def _refers_elsewhere(column: Column, table: Table, space: Space) -> bool:
    """`head_writer_id`, where there are writers: its name tells of another table's rows."""
    others = [(other, other.key) for other in space.tables if other != table and other.key is not None]
    named = replace(column, description="")
    return any(_refers(named, key, other) and _contained(column, key) for other, key in others)


def _is_key(column: Column, table: Table) -> bool:
    name = column.name.lower()
    return column == table.key or name.endswith(_KINDS_OF_KEY) or stem(name) in stems(table.name)


def _refers(column: Column, key: Column, table: Table) -> bool:
    """By its name; or because its name ends in the table's, or its comment names the key, and its values are keys."""
    if column.kind != key.kind:
        return False
    return _is_named_for(column, key, table) or (key == table.key and _seems_to_refer(column, key, table))


def _is_named_for(column: Column, key: Column, table: Table) -> bool:
    """`book_id` or `best_book_id` for `book_id`, or for `id` of the books; `id` alone is everybody's own."""
    mine, theirs = stems(column.name), stems(key.name)
    if len(theirs) > 1 or theirs[0] not in _KINDS_OF_KEY:
        return mine[-len(theirs) :] == theirs and not (mine == theirs and theirs[-1] == "name")
    owner = stems(table.name)[-1]
    return mine[-2:] == (owner, *theirs) or (mine[-1] in _KINDS_OF_KEY and mine[-2:-1] == (owner,) and key == table.key)


def _seems_to_refer(column: Column, key: Column, table: Table) -> bool:
    if not column.keys or not key.keys:
        return False
    mine, said, owner = stems(column.name), stems(column.description), stems(table.name)[-1]
    told = owner in said and (mine[-1] in _KINDS_OF_KEY or bool({"cod", "id", "key"} & set(said)))
    return mine[-1] == owner or told or _within(stems(key.name), said)


def _within(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(phrase) > 1 and any(words[at : at + len(phrase)] == phrase for at in range(len(words)))


def _contained(column: Column, key: Column) -> bool:
    if not column.keys or not key.keys:
        return True
    return column.keys <= key.keys
