"""What a question only mentions: things that are in the query anyway, or that its rows belong to or take part in."""

import re

from sqlglot import exp

from mocks.genie.composing.ranking import Ranking
from mocks.genie.knowledge.names import CURATED, SAID
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import DATE, TEXT, Column, Table
from mocks.genie.knowledge.written import is_null
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import PLACES
from mocks.genie.language.verbs import is_verb
from mocks.genie.language.words import is_plural, plain, stems, word_set
from mocks.genie.reading.frame import is_measure, is_role, table_of
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_BEFORE_NOUNS = word_set("the a an any this that our their its of with by for in on at from")
_WHICH = frozenset(("which", "what", "whose"))
_OWNED = frozenset(("our", "the", "do", "are", "these", "those"))
# `with the branch`, `and from which sale`: one more thing to show.
_BESIDE = re.compile(
    r"\b(?:with|and|plus|including|also)(?: also)?(?: (?:the|their|its|his|her|(?:(?:from|in|at|of|to|by) )?which))?$"
)
_LISTED = re.compile(r"\band(?: (?:their|its|his|her))?$")


class Mentions(Ranking):
    """Finds a use for items of which nothing is said."""

    def _is_owner(self, item: Item) -> bool:
        """`which industries do our advertisers belong to`: only the industries are asked for."""
        asked, subject = {*self._items[0].before.split()[:2]} & _WHICH, self._frame.subject
        behind = subject is not None and subject.column is not None and subject in self._items
        ours = bool(_OWNED & set(item.before.split()))
        return bool(asked) and behind and ours and item.several

    def _use(self, item: Item) -> None:
        query, column = self._query, item.column
        if column is not None:
            shown = [c.name for c in query.expressions()]
            item.used = (
                column in query.base.labels
                or column.name in shown
                or column == query.base.key
                or column in query.joins
                or self._takes_part(item, column)
            ) and not item.negated
        elif item.table is not None and not item.negated:
            if not self._is_named(item, item.table) or self._is_listed_too(item):
                return
            if item.table.full_name not in query.tables and not self._is_led_to(item.table):
                if self._graph.path(query.base, item.table.full_name) is not None:
                    query.column(item.table.columns[0])
                else:
                    query.partner(item.table, negated=False)
            item.used = True

    def _takes_part(self, item: Item, column: Column) -> bool:
        """`have the depots received`, `arrived at a depot`: what each of the rows that are counted has anyway."""
        said = set(item.before.split())
        any_of_them = bool({"a", "an", "any", "some"} & said) or is_plural(item.words)
        whole = column.kind == TEXT and column.filled == 1 and self._frame.counting
        if not (whole and any_of_them and said) or {"and", "or"} & said:
            return False
        if not self._query.reaches(column):
            self._query.partner(self._space.table(column.table), negated=False)
        return True

    def _is_led_to(self, table: Table) -> bool:
        """`flights out of airports in Spain`: a value says already which of the two airports of each are meant."""
        values = [i for i in self._items if i.value is not None and i.used and i.value.column.table == table.full_name]
        return bool(values) and bool(self._graph.roles(self._query.base, table.full_name))

    def _is_listed_too(self, item: Item) -> bool:
        """`loans and contacts per segment`: one more thing that is asked for, and no condition."""
        at = self._items.index(item)
        before = self._items[at - 1] if at else None
        shown = before is not None and (before.table or before.snippet or is_measure(before))
        coordinated = bool(shown) and _LISTED.search(item.before) is not None
        return coordinated and item.table is not None and item.table.full_name not in self._query.tables

    def _asked_beside(self, item: Item) -> tuple[Column, ...]:
        """`parcels with the sender and their weight`: what names the one that each of the rows has, if it is asked."""
        table, subject = item.table, self._frame.subject
        if table is None or table == self._query.base or item.negated or subject is None or subject.at >= item.at:
            return ()
        told = any(i.value is not None and i.value.column.table == table.full_name for i in self._items)
        beside = _BESIDE.search(item.before) is not None and self._is_named(item, table)
        reached = all(self._query.reaches(label) for label in table.labels)
        return table.labels if beside and reached and not told else ()

    def _is_named(self, item: Item, table: Table) -> bool:
        """Whether the table is called by a name of its own, and not by a verb such as `treated` or `borrowed`."""
        said = item.words.split()[-1]
        known = [
            plain(word)
            for name in (table.name, table.spoken, *table.synonyms)
            for word in name.replace("_", " ").split()
        ]
        nominal = is_plural(said) or bool(_BEFORE_NOUNS & set(item.before.split()[-1:]))
        noun = item.rank >= SAID and nominal and not is_verb(said)
        return noun or item.rank >= CURATED or table.full_name in self._query.tables or plain(said) in known

    def _check_where(self, measure: exp.Expr | None) -> None:
        """`where did our people go`: people are no place.

        Raises: AskBack
        """
        shown = {word for node in self._query.expressions() for word in stems(node.name)}
        people = is_of_people(self._query.base) and measure is None
        if self._items[0].before.split()[:1] == ["where"] and people and not PLACES & shown:
            raise AskBack("I do not see where that would be. Name the column that holds it.")
        tables = [self._space.table(name) for name in self._query.tables]
        days = {c.name for table in tables for c in table.columns if c.kind == DATE or "year" in stems(c.spoken)}
        told = {node.name for node in self._query.expressions()} | {self._frame.grain}
        nodes = {one.name for node in self._query.expressions() for one in node.find_all(exp.Column)}
        first = self._items[0].before.split()
        if first[:1] == ["when"] and len(first) > 1 and not (self._frame.grain or days & (told | nodes)):
            raise AskBack("I do not see when that would be. Name the column that holds the day.")

    def _adds(self) -> bool:
        """Whether a number of a column is put together, of which a question tells what was done to it and by whom."""
        frame = self._frame
        by = frame.extreme.by if frame.extreme is not None else None
        return any(item is not None and is_measure(item) for item in (frame.measured, frame.counted, frame.subject, by))

    def _check_afar(self) -> None:
        """`how much do they take home`: no line of products called `Home`, to which nothing in the question leads.

        Raises: AskBack
        """
        base, graph = self._query.base, self._graph
        named = {table_of(i.meaning) for i in self._items if i.kind == kinds.NAMED and not i.value} - {""}
        for item in self._items:
            column = item.value.column if item.value is not None else None
            if column is None or item.words != item.words.lower() or " " in item.words or is_role(self._space, item):
                continue
            near = any(graph.distance(name, column.table) < 2 for name in (base.full_name, *named))
            if not near and not graph.reaches(base, column.table):
                raise AskBack(f"Is {item.words!r} one of {column.table_name}.{column.name}? Please name the column.")

    def _current(self) -> None:
        """`current` in a table of periods: the row whose end is empty."""
        for item in self._items:
            if item.kind == kinds.UNKNOWN and item.words.lower() in ("current", "valid"):
                ends = [
                    c for c in dates(self._query.base) if c.filled < 1 and {"to", "end", "until"} & set(stems(c.spoken))
                ]
                if len(ends) == 1:
                    self._query.filter(ends[0], is_null(ends[0]))
                    item.used = True
