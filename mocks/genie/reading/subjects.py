"""What a list is about, or what is ranked, where a question only measures or tells of something."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.links import is_plain
from mocks.genie.knowledge.names import WORD
from mocks.genie.knowledge.people import may_act
from mocks.genie.knowledge.roles import units_of
from mocks.genie.knowledge.space import BOOLEAN, DATE
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import KEYS
from mocks.genie.language.verbs import is_participle, is_verb
from mocks.genie.language.words import stem, word_set
from mocks.genie.reading.amounts import Amounts
from mocks.genie.reading.frame import is_date, is_text, table_of
from mocks.genie.reading.items import Item

_BEING = word_set("that who which is are was were be being as")
_OF_ALL = word_set("of the all our these those")


class Subjects(Amounts):
    """Reads the subject of one question."""

    def _only_tells(self, item: Item) -> bool:
        """`km ridden by Ada`: a verb beside what is measured, and no day that is asked for."""
        return self._frame.measured is not None and is_date(item) and is_verb(item.words.split()[0])

    def _is_said_of_all(self, item: Item) -> bool:
        """`which registered owners`: those who were, and no day that is asked for."""
        thing = self._at(self._items.index(item) + 1)
        done = is_date(item) and is_participle(item.words)
        return done and thing is not None and thing.is_thing and thing.several and not thing.before

    def _those_of_kind(self, item: Item) -> Item | None:
        """`sales per waiter`: each of the people of whom that is said, who alone are looked at."""
        column = item.value.column if item.value is not None and item.words.islower() else None
        home = self._space.table(column.table) if column is not None else None
        told = home is not None and column not in home.labels and may_act(home)
        return Item(kinds.NAMED, item.words, -1, -1, meaning=home, used=True) if told else None

    def _only_owns(self, item: Item, following: Item | None) -> bool:
        """`by product category`: the categories to which products refer."""
        owner, of = item.table, following.table if following is not None and not following.before else None
        return owner is not None and of is not None and owner != of and self._graph.reaches(owner, of.full_name)

    def _read_subject(self) -> None:
        """What a list is about, or what is ranked: the first thing that nothing else uses."""
        frame = self._frame
        if frame.counted is not None or frame.subject is not None:
            return
        if (people := self._kind_of_people()) is not None:
            frame.subject = people
            return
        free = [i for i in self._items if i.kind == kinds.NAMED and not i.used and not i.negated]
        tables = [i for i in free if i.table is not None]
        columns = [i for i in free if i.column is not None and i.column.kind != BOOLEAN]
        columns = [i for i in columns if i.rank > WORD or self._is_asked_for(i)]
        columns = [i for i in columns if not (self._describes(self._items.index(i)) or self._only_tells(i))]
        columns = [i for i in columns if not self._is_said_of_all(i)]
        plain = [i for i in columns if i.column is not None and i.column.kind != DATE]
        plain = plain or ([] if frame.share else columns)  # the share of those for which there is such a day
        chosen = next(iter(tables), None)
        after = self._at(self._items.index(chosen) + 1) if chosen is not None else None
        if chosen is not None and frame.distinct and after in plain:
            chosen = self._its_column(chosen, after) or chosen
        if chosen is not None and (role := self._in_the_role(chosen, plain)) is not None:
            chosen.used, chosen = True, role
        if chosen is None or (plain and self._items.index(plain[0]) < self._items.index(chosen)):
            chosen = next(iter(plain), None)
        if chosen is None and frame.measured is None and (deed := self._deed()) is not None:
            self._read_deed(deed)
        elif chosen is None and frame.measured is None:
            chosen = next((i for i in free if i.value is not None or i.snippet is not None), None)
            frame.subject = chosen or self._measured_row() or self._flagged(free)
            return
        if chosen is not None:
            chosen.used = True
            frame.subject = self._by_key(chosen)

    def _kind_of_people(self) -> Item | None:
        """`which guide led tours`, `which nurse looks after Ann`, where staff are told apart as guides and nurses."""
        first, second = self._at(0), self._at(1)
        if first is None or first.value is None or second is None or (second.table and not second.before):
            return None
        if not ({"which", "what"} & set(first.before.split()) and first.words.islower()):
            return None
        home = self._space.table(first.value.column.table)
        if not may_act(home) or first.value.column in home.labels:
            return None
        return Item(kinds.NAMED, first.words, -1, -1, meaning=home, used=True)

    def _in_the_role(self, thing: Item, columns: Sequence[Item]) -> Item | None:
        """`the teacher that heads the department`: the column by which the department refers to who does."""
        after = self._at(self._items.index(thing) + 1)
        if after is None or thing.table is None or after not in columns or not _BEING & set(after.before.split()):
            return None
        by_name = [n for n in self._graph.links if not is_plain(n) and self._graph.reaches(thing.table, n.left.table)]
        refers = [n for n in (*self._graph.asides, *by_name) if n.left == after.column]
        return after if any(n.right.table == thing.table.full_name for n in refers) else None

    def _by_key(self, thing: Item) -> Item:
        """`ids of the writers`, `writer ids`: the key, and no name."""
        at = self._items.index(thing)
        before, after = self._at(at - 1), self._at(at + 1)
        told = before if before is not None and set(thing.before.split()) <= _OF_ALL else None
        for word in (told, after if after is not None and not after.before else None):
            if word is not None and word.kind == kinds.UNKNOWN and stem(word.words) in KEYS and thing.table is not None:
                word.used = True
                return replace(thing, meaning=thing.table.key or thing.meaning)
        return thing

    def _is_asked_for(self, item: Item) -> bool:
        """`who chairs the department`, where a comment says so of the column that holds who does."""
        first = item is self._items[0] and item.before.split() == ["who"]
        return first and item.column is not None and item.column.refers

    def _read_deed(self, deed: Item) -> None:
        """`bookings by month`: how many there were, where a list of them would be one of their table's rows."""
        frame = self._frame
        if frame.grain or frame.groups:
            frame.counted, frame.counting = deed, True
        elif deed.column is not None:
            home = self._space.table(deed.column.table)
            frame.subject = Item(kinds.NAMED, deed.words, -1, -1, meaning=home, used=True)

    def _flagged(self, free: Sequence[Item]) -> Item | None:
        """`our hubs`, where a flag says which airports are hubs: the rows of which it is true."""
        found = [i for i in free if i.column is not None and i.column.kind == BOOLEAN and i.words[-1:] == "s"]
        if len(found) != 1 or found[0].column is None:
            return None
        home = self._space.table(found[0].column.table)
        return Item(kinds.NAMED, found[0].words, -1, -1, meaning=home, used=True)

    def _measured_row(self) -> Item | None:
        """`the highest reading` where each has a unit of its own: a row of them, as there is no most of all units."""
        extreme = self._frame.extreme
        by = extreme.by if extreme is not None and not self._frame.groups and not self._frame.function else None
        table = self._space.table(by.column.table) if by is not None and by.column is not None else None
        if by is None or table is None or not units_of(table):
            return None
        return Item(kinds.NAMED, by.words, -1, -1, meaning=table)

    def _counted_thing(self, at: int) -> tuple[Item | None, Item | None]:
        """`how many member towns`: the towns, and not the members."""
        thing, described = super()._counted_thing(at)
        behind = self._at(self._items.index(thing) + 1) if thing is not None else None
        of_it = self._its_column(thing, behind) if thing is not None and behind is not None else None
        labels = thing.table.labels if thing is not None and thing.table is not None else ()
        if thing is None or of_it is None or not of_it.several or of_it.column in labels:
            return thing, described
        thing.used = True
        return of_it, described

    def _its_column(self, thing: Item, following: Item | None) -> Item | None:
        """`each book genre`: the text column that follows its table's name."""
        if thing.table is None or following is None or following.before or not is_text(following):
            return None
        return following if table_of(following.meaning) == thing.table.full_name else None
