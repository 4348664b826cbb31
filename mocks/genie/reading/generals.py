"""General nouns: `the goods` are the products, `permit files` the permits, and what is `in our system` is all of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import FULL, HEAD, SAID, WORD
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.space import TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import FILLERS
from mocks.genie.language.general_nouns import EMPLOYED, HOLDING, MADE_OF, OF_WAYS, THINGS, WAYS
from mocks.genie.language.verbs import TRADE, is_verb
from mocks.genie.language.words import is_plural, plain, stem_set, stems, tokens, word_set
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item

_INSIDE = word_set("in on from of across within throughout through among over at")
_OURS = word_set("our the this your all whole entire current own their its his her")
_AMONG = word_set("of in on from among within our the these those all is are was were")
_HIRED = stem_set("hired hire employed salary wage manager")
_COLLECTIONS = WAYS | HOLDING | MADE_OF.keys() | EMPLOYED
_DOING = word_set("they we you people it by to of")
_STANDING = word_set("how are were do did")


class Generals:
    """Gives general nouns the meaning that the rest of a question gives them."""

    def __init__(self, lexicon: Lexicon, space: Space) -> None:
        self._lexicon, self._space = lexicon, space
        self._staff = [table for table in space.tables if _is_staff(table)]
        self._ways = [column for column in space.columns() if _is_way(column)]

    def read(self, items: Sequence[Item]) -> list[Item]:
        """The items, where each general noun that names nothing of its own is what it stands for, or is left out."""
        items = self._read([_of_people(_asked_how(item)) for item in items], _COLLECTIONS)
        return self._read(items, THINGS)

    def _read(self, items: Sequence[Item], nouns: Collection[str]) -> list[Item]:
        found: list[Item] = []
        lead, way = "", False
        for at, item in enumerate(items):
            told = replace(item, before=lead) if lead else item
            general = is_general(item) and word_of(item) in nouns
            lead = told.before if _only_leads(items, at) or (general and self._heads(items, at)) else ""
            if (way and _is_done_so(item)) or _only_leads(items, at):
                continue
            if not general:
                found.append(told)
            elif not self._says_nothing(items, at):
                found.append(self._meant(told, items, at))
            way = bool(found) and word_of(found[-1]) in WAYS and found[-1].likeliest in self._ways
        return found

    def _says_nothing(self, items: Sequence[Item], at: int) -> bool:
        return self._heads(items, at) or self._follows(items, at) or self._holds(items, at)

    def _heads(self, items: Sequence[Item], at: int) -> bool:
        """`things in the assets list`, `pieces of equipment`: those are the assets, and the equipment."""
        following = items[at + 1] if at + 1 < len(items) else None
        thing = following is not None and isinstance(following.likeliest, Table) and following.entries[0].rank >= SAID
        joined = following is not None and set(following.before.split()) <= _AMONG and following.before
        return word_of(items[at]) in THINGS and thing and bool(joined)

    def _follows(self, items: Sequence[Item], at: int) -> bool:
        """`permit files`, `equipment items`."""
        last = items[at - 1] if at else None
        thing = last is not None and isinstance(last.likeliest, Table) and last.entries[0].rank >= SAID
        return word_of(items[at]) in THINGS and thing and not items[at].before

    def _holds(self, items: Sequence[Item], at: int) -> bool:
        """`dishes on our menu`, `in the whole catalogue`: where all of it is, and another thing is asked for."""
        before = items[at].before.split()
        inside = len(before) > 1 and before[-1] in _OURS and bool(_INSIDE & set(before[-3:]))
        ours = before[-1:] == ["our"] and bool({"has", "have", "did", "does", "do", "is", "are"} & set(before))
        others = [item for n, item in enumerate(items) if n != at and not is_general(item)]
        thing = any(item.kind == kinds.NAMED for item in others)
        return word_of(items[at]) in HOLDING and (inside or ours) and thing

    def _meant(self, item: Item, items: Sequence[Item], at: int) -> Item:
        """The noun with what it may mean; as it is where that is not clear."""
        word = word_of(item)
        if word in WAYS:
            entries = [Entry(column, FULL) for column in self._ways_of(items, at)]
        elif word in EMPLOYED:
            entries = [Entry(table, SAID) for table in self._staff]
        elif members := [*self._members(word)]:
            entries = members[:1]
        else:
            asked = word in THINGS and not _STANDING & set(item.before.split())  # but not `how do things stand`
            entries = [Entry(table, SAID) for table in self._only_table(items, at)] if asked else []
        return replace(item, kind=kinds.NAMED, entries=tuple(entries)) if len(entries) == 1 else item

    def _members(self, word: str) -> Iterator[Entry]:
        """The table of what a collection is made of."""
        for name in MADE_OF.get(word, ()):
            for entry in self._lexicon.find(tokens(name))[:1]:
                if isinstance(entry.meaning, Table) and entry.rank >= HEAD - 0.5:
                    yield Entry(entry.meaning, max(entry.rank - 1, SAID))

    def _only_table(self, items: Sequence[Item], at: int) -> list[Table]:
        """The table that alone has whatever else is spoken of."""
        others = [item for n, item in enumerate(items) if n != at and item.kind == kinds.NAMED]
        named = [entry.meaning for item in others for entry in item.entries[:1] if not _is_weak(entry)]
        homes = dict.fromkeys(map(table_of, named))
        tables = [self._space.table(name) for name in homes if name]
        return tables if len(tables) == 1 and not any(isinstance(m, Table) for m in named) else []

    def _ways_of(self, items: Sequence[Item], at: int) -> list[Column]:
        """The columns that say how what the question speaks of was done."""
        said = _traded(word for item in items for word in stems(item.words))
        homes = {table_of(e.meaning) for n, item in enumerate(items) if n != at for e in item.entries[:1]}
        told = {
            column: len(said & _words_of(column, self._space)) + 2 * (column.table in homes) for column in self._ways
        }
        best = max(told.values(), default=0)
        return [column for column, score in told.items() if score == best > 0]


def is_general(item: Item) -> bool:
    """Whether a word is no name, and at most stands in a comment or inside the names of things."""
    weak = all(map(_is_weak, item.entries))
    known = item.kind == kinds.UNKNOWN or (item.kind == kinds.NAMED and weak)
    return known and word_of(item) in THINGS | _COLLECTIONS


def _is_weak(entry: Entry) -> bool:
    """Whether only a comment or a longer name has the word in it."""
    return entry.rank <= WORD or (isinstance(entry.meaning, Value) and entry.meaning.inner)


def word_of(item: Item) -> str:
    """The word without a plural ending, but for `goods`."""
    said = item.words.lower()
    return said if said in MADE_OF else plain(said)


def _of_people(item: Item) -> Item:
    """`how many people`: persons, and not what belongs to the department People."""
    others = tuple(e for e in item.entries if not isinstance(e.meaning, Value))
    return replace(item, entries=others) if item.words == "people" and others else item


def _asked_how(item: Item) -> Item:
    """`how urgent are they`: not those that are urgent, but what the column says."""
    value = item.likeliest if item.before.split()[-1:] == ["how"] else None
    if not isinstance(value, Value) or item.words != item.words.lower():
        return item
    return replace(item, entries=(Entry(value.column, SAID),))


def _only_leads(items: Sequence[Item], at: int) -> bool:
    """`technician visits`, where every visit has a technician: all visits."""
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    column, thing = item.likeliest, following.likeliest if following is not None else None
    if following is None or following.before or not (isinstance(column, Column) and isinstance(thing, Table)):
        return False
    single = not is_plural(item.words) and is_plural(following.words)
    by = at > 0 and items[at - 1].kind in (kinds.BY, kinds.GRAIN)
    others = any(not isinstance(entry.meaning, Column) for entry in item.entries)
    return (
        single and not (by or others) and column.kind == TEXT and column.table == thing.full_name and column.filled == 1
    )


def _is_done_so(item: Item) -> bool:
    """`way of paying`, `ways people use to report a claim`: the verb says nothing more."""
    return is_verb(item.words) and bool(_DOING & set(item.before.split())) and item.kind in (kinds.NAMED, kinds.UNKNOWN)


def _is_staff(table: Table) -> bool:
    """Whether its rows are people who are employed."""
    return is_of_people(table) and any(_HIRED & set(stems(column.spoken)) for column in table.columns)


def _is_way(column: Column) -> bool:
    """Whether its values say how something was done."""
    told = column.description.lower().startswith("how ")
    return column.kind == TEXT and bool(column.values) and (told or bool(OF_WAYS & set(column.spoken.lower().split())))


def _words_of(column: Column, space: Space) -> set[str]:
    table = space.table(column.table)
    return _traded(word for text in (column.spoken, column.description, table.spoken) for word in stems(text))


def _traded(words: Iterable[str]) -> set[str]:
    """The words that say something; to buy is to sell."""
    return {"sell" if word in TRADE else word for word in words} - FILLERS
