"""Which words of a question belong together: values and their columns, negations, times, comparisons."""

from itertools import pairwise

from mocks.genie.knowledge.limits import is_limit, is_over
from mocks.genie.knowledge.names import CURATED, DEED, HEAD, PART, PARTIAL, SAID, WORD
from mocks.genie.knowledge.roles import main_amount
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import KINDS
from mocks.genie.language.filling import BEHIND_FLAGS, TITLES
from mocks.genie.language.grammar import HOW_OFTEN
from mocks.genie.language.verbs import LIGHT, MEASURING, PARTICIPLES, PAYING, TIES, is_verb
from mocks.genie.language.words import is_plural, stem, stem_set, stems
from mocks.genie.reading.denying import Denying
from mocks.genie.reading.frame import Comparison, is_date, is_dated, is_measure, is_text, table_of
from mocks.genie.reading.items import Item
from mocks.genie.reading.own_units import use_units

# What a number may be called besides: `the satisfaction score`.
_MARKS = stem_set("score rating reading figure")


class Scopes(Denying):
    """The items of one question, and the frame that they fill."""

    def _settle(self) -> None:
        self._drop_verbs()
        use_units(self._items)
        self._merge_same()
        self._name_roles()
        self._drop_kinds()
        self._qualify()
        self._negate()
        self._read_reached()
        self._read_flags()
        self._read_spans()
        self._read_comparisons()
        self._read_ids()
        self._read_fragments()

    def _drop_verbs(self) -> None:
        """A verb that sounds like a table, as in `who rented most`, is no thing to count or list; `never rented` is."""
        for at, item in self._each(kinds.NAMED):
            before = self._at(at - 1)
            free = before is None or before.kind != kinds.NOT
            if free and item.table is not None and not self._lexicon.is_noun(item.words, item.table):
                if self._is_done_to(item, item.table) or self._is_counted_deed(at, item.table):
                    item.rank = CURATED
                    continue
                item.meaning, item.rank = self._paid(item, item.table), SAID
                item.kind = kinds.NAMED if item.meaning else kinds.UNKNOWN
            denied = not free and item.rank == DEED
            if not denied and self._is_only_verb(item):
                item.kind, item.meaning = kinds.UNKNOWN, None

    def _is_done_to(self, verb: Item, table: Table) -> bool:
        """`products that were returned`, `members who complained`: those with one, if nothing more is said of them."""
        kept = {kinds.NAMED, kinds.COUNT, kinds.DISTINCT, kinds.SPAN, kinds.NOT}
        others = [i for i in self._items if i.kind in (kinds.NAMED, kinds.UNKNOWN) and not self._is_deed(i)]
        named = {table_of(i.meaning) for i in others}
        alone = {i.kind for i in self._items} <= kept and len(named) == 1 and named != {table.full_name}
        passive = bool({"were", "been", "be"} & set(verb.before.split())) and verb.words.lower().endswith("ed")
        active = verb.rank > WORD and all(self._graph.reaches(table, name) for name in named)
        return alone and "" not in named and (passive or active)

    def _is_deed(self, item: Item) -> bool:
        """Whether it is a verb for what the rows of some table tell of."""
        return item.table is not None and not self._lexicon.is_noun(item.words, item.table)

    def _is_counted_deed(self, at: int, table: Table) -> bool:
        """`how often was each machine rented`, `who rented most often`: the rentals are counted."""
        asked = any(i.kind == kinds.COUNT and i.words.lower() in HOW_OFTEN for i in self._items[:at])
        asked |= any(i.kind == kinds.EXTREME and i.words.lower().split()[-1:] == ["often"] for i in self._items)
        others = {table_of(i.meaning) for i in self._items if i.kind == kinds.NAMED} - {table.full_name, ""}
        return asked and all(self._graph.path(table, other) is not None for other in others)

    def _paid(self, verb: Item, table: Table) -> Column | None:
        """`total invoiced`, `refunded per month`: the money of what is done so, where no other number is asked for."""
        amount, found = main_amount(table), {item.kind for item in self._items}
        others = [i for i in self._items if i is not verb and i.rank > WORD and is_measure(i)]
        split = bool(found & {kinds.GRAIN, kinds.BY}) and stem(verb.words) in PAYING
        apart = any(i.kind == kinds.BY and n.value is not None for i, n in pairwise(self._items))
        asked = (split or (kinds.AGGREGATE in found and not apart)) and kinds.COUNT not in found
        return amount if asked and not others else None

    def _is_only_verb(self, item: Item) -> bool:
        """Whether a verb that only a comment has names no number: none is asked for, or another is named."""
        if item.column is not None and item.column.kind == DATE:
            return self._only_ties(item)
        if item.column is None or not is_verb(item.words) or self._tells_role(item.column):
            return False
        if item.column.kind == BOOLEAN:  # `how much did we bill`, where a flag is about bills by mail
            ours = HEAD if {"we", "they", "you"} & set(item.before.split()) else WORD
            return item.rank <= ours and stem(item.words) in LIGHT | TIES | MEASURING
        only_ties = stem(item.words) in LIGHT | TIES
        if item.rank > (PART if item.column.kind == TEXT or only_ties else DEED):
            return False
        found = {i.kind for i in self._items}
        wanted = found & {kinds.COMPARE, kinds.EXTREME} or (kinds.AGGREGATE in found and kinds.COUNT not in found)
        others = [i for i in self._items if i is not item and i.rank > WORD and is_measure(i)]
        return not wanted or bool(others) or item.column.kind == TEXT

    def _tells_role(self, column: Column) -> bool:
        """Whether the column is one of several by which its rows refer to the same things: `edited`, `written`."""
        ends = [n.right.table for n in self._graph.links if n.left == column]
        others = {n.right.table for n in self._graph.links if n.left.table == column.table and n.left != column}
        return any(link.left == column for link in self._graph.own) or bool(others & {*ends})

    def _only_ties(self, verb: Item) -> bool:
        """`people work here`, where the comment of a date has that verb too: no day is asked for."""
        found = {i.kind for i in self._items if not (i.kind == kinds.COMPARE and not i.numbers)}
        timed = found & {kinds.SPAN, kinds.GRAIN, kinds.EXTREME, kinds.COMPARE, kinds.NOT, kinds.LATE, kinds.OVERDUE}
        present = not verb.words.lower().endswith(("ed", "ing")) and verb.words.lower() not in PARTICIPLES
        before = self._at(self._items.index(verb) - 1)
        if before is not None and before.kind in (kinds.COUNT, kinds.BY, kinds.AGGREGATE):
            return False
        return verb.rank <= WORD and present and stem(verb.words) in LIGHT | TIES and not timed

    def _name_roles(self) -> None:
        """`destination city`, `airport of origin`: the column that refers to a thing only says which one is meant."""
        for at, item in self._each(kinds.NAMED):
            for other in (self._at(at + 1), self._at(at - 1)):
                between = item.before if other is self._at(at - 1) else other.before if other is not None else ""
                if other is None or item.column is None or between not in ("", "of", "of the", "of each"):
                    continue
                if other.value is not None and not between and other is self._at(at - 1):
                    continue  # `what does Logic require`
                target = {n.right.table for n in self._graph.links if n.left == item.column}
                if target and other.kind == kinds.NAMED and table_of(other.meaning) in target and not other.used:
                    item.used = True

    def _merge_same(self) -> None:
        """`how much fuel did we burn`: several words that stand for one column are one; the surest speaks for all."""
        named = [item for _, item in self._each(kinds.NAMED) if item.column is not None]
        for item in named:
            others = [i for i in named if i is not item and i.meaning == item.meaning and not i.used]
            verb = is_verb(item.words) and any(not is_verb(i.words) for i in others)
            limit = item.column is not None and is_limit(item.column) and is_over(item.words)
            if limit and not any(is_over(i.words) for i in others):
                for other in others:
                    other.used = True  # `an insurance that has expired`
                continue
            if verb or (item.rank < PARTIAL and any(i.rank >= item.rank for i in others)):
                item.used = True
        for at, item in self._each(kinds.NAMED):
            flag = self._at(at - 1)
            same = flag is not None and any(e.meaning == flag.meaning and e.rank >= HEAD for e in item.entries)
            if flag is not None and flag.column is not None and same and not item.before:  # `a paperless bill`
                item.used = flag.column.kind == BOOLEAN

    def _drop_kinds(self) -> None:
        """`phone number`, `downtime events`, `Dr Archer`: what kind of thing the name stands for."""
        for at, item in self._each(kinds.UNKNOWN):
            before, following = self._at(at - 1), self._at(at + 1)
            if before is not None and before.kind == kinds.NAMED and not item.before and stem(item.words) in KINDS:
                item.used = True
            flag = before is not None and before.column is not None and before.column.kind == BOOLEAN
            item.used = item.used or (flag and not item.before and item.words.lower() in BEHIND_FLAGS)
            marked = before is not None and before.kind == kinds.NAMED and is_measure(before) and not item.before
            item.used = item.used or (marked and stem(item.words) in _MARKS)
            titled = following is not None and following.value is not None and not following.before
            item.used = item.used or (titled and item.words.lower() in TITLES)

    def _qualify(self) -> None:
        """`priority high`, `of type Student`, `the Central branch`: the column or table only says what the value is."""
        for at, item in enumerate(self._items):
            if item.value is None:
                continue
            for step in (-1, 1, -2, 2):
                other = self._at(at + step)
                between = self._at(at + step // 2) if abs(step) == 2 else None
                if other is None or (between is not None and between.kind != kinds.NOT and between.value is None):
                    continue
                by = self._at(at + step - 1)
                is_group = by is not None and by.kind == kinds.BY
                if other.column == item.value.column and not is_group:
                    other.used = True
                elif other.table is not None and item.value.column in other.table.labels and abs(step) == 1:
                    other.used = other.used or (step == 1 and not other.before) or self._only_says_what(at)

    def _only_says_what(self, at: int) -> bool:
        """`what does the course Logic require`: the table only says what kind of thing is called so."""
        thing, last = self._items[at - 1], self._at(at - 2)
        alone = thing.table is not None and not self._items[at].before and not is_plural(thing.words)
        asked = [i for i in self._items[at + 1 :] if i.column is not None and i.column.refers]
        return alone and bool(asked) and (last is None or last.kind not in (kinds.COUNT, kinds.BY))

    def _read_flags(self) -> None:
        for kind in (kinds.DISTINCT, kinds.SHARE, kinds.GRAIN, kinds.OVERDUE, kinds.LATE):
            for at, item in self._each(kind):
                item.used = True
                self._frame.distinct |= kind == kinds.DISTINCT
                self._frame.share |= kind == kinds.SHARE
                if kind == kinds.GRAIN:
                    self._frame.grain = item.detail
                elif kind == kinds.OVERDUE:
                    self._frame.overdue = item
                elif kind == kinds.LATE:
                    done = self._near(at, -1, is_date) or self._near(at, 1, is_date)
                    if done is not None:
                        done.used = True
                    self._frame.late.append((item, done.column if done else None))

    def _read_spans(self) -> None:
        for at, item in self._each(kinds.SPAN):
            last = self._at(at - 1)
            late = last is not None and last.kind == kinds.OVERDUE
            column = None if late else self._dated(at)
            if self._frame.overdue is not None and column is None:
                self._frame.overdue.span = item.span
            else:
                self._frame.spans.append((item, column.column if column else None))
            if column is not None:
                column.used = True
            item.used = True

    def _dated(self, at: int) -> Item | None:
        """The date that a stretch of time is about."""
        for item in (self._timed(at), self._at(at + 1)):
            if item is not None and not item.used and is_dated(item) and not item.negated:
                return item
        free = [i for i in self._items if not i.used and is_dated(i) and not i.negated]
        return free[0] if len(free) == 1 and len([*self._each(kinds.SPAN)]) == 1 else None

    def _timed(self, at: int) -> Item | None:
        """What stands before a stretch of time, or before the periods by which it is counted."""
        back = at - 1
        while (before := self._at(back)) is not None and before.kind in (kinds.GRAIN, kinds.BY, kinds.OVERDUE):
            back -= 1
        return before

    def _read_reached(self) -> None:
        """`shipped in May`, `sent by year`: not the state as it is now, but the day on which it was reached."""
        for at, item in enumerate(self._items):
            timed = item.kind in (kinds.SPAN, kinds.GRAIN)
            before = None if not timed else self._timed(at) if at else self._told_last()
            if before is not None and before.value is not None:
                home = self._space.table(before.value.column.table)
                same = [c for c in home.columns if c.kind == DATE and stem(before.words) in stems(c.spoken)]
                before.meaning = same[0] if len(same) == 1 else before.meaning

    def _told_last(self) -> Item | None:
        """`in May, how many offers were sent`: the verb at the end, where the time stands at the beginning."""
        last = self._items[-1]
        return last if last.value is not None and is_verb(last.words) else None

    def _read_ids(self) -> None:
        """`order 5`, `invoice no 12`: the row with that key; `priority 1`: those with that number."""
        for at, item in self._each(kinds.NUMBER):
            if (number := self._numbered(at, item)) is not None:
                number.used = item.used = True
                item.detail = "="
                self._frame.comparisons.append(Comparison(item, number.column))
                continue
            before = self._at(at - 1)
            table = before.table if before is not None else None
            if before is not None and table is None and before.column is not None and before.column.unique:
                table = self._space.table(before.column.table)
            bare = set(item.before.split()) <= {"number", "no", "id", "nr"}
            if table is not None and table.key is not None and table.key.kind == NUMBER and bare:
                item.used = True
                item.detail = "="
                self._frame.comparisons.append(Comparison(item, table.key))

    def _numbered(self, at: int, item: Item) -> Item | None:
        last, following = self._at(at - 1), self._at(at + 1)
        told = last is not None and is_measure(last) and last.rank > WORD and not last.used
        alone = following is None or (following.table is not None and not following.before)
        return last if told and item.before in ("", "of", "is") and alone else None

    def _read_fragments(self) -> None:
        """`whose email contains mail.test`, `with mail in the address`: of the column beside it, else of the name."""
        for at, item in self._each(kinds.LIKE):
            following = self._at(at + 1)
            inside = following is not None and "in" in following.before.split() and is_text(following)
            beside = following if inside else self._near(at, -1, lambda i: is_text(i) and not self._is_counted(i), 2)
            if beside is not None:
                beside.used = True
            item.used = True
            self._frame.like.append((item, beside.column if beside is not None else None))

    def _is_counted(self, item: Item) -> bool:
        """`how many customers have a name containing ..`: they are counted by a name that is not spoken of."""
        before = self._at(self._items.index(item) - 1)
        return before is not None and before.kind == kinds.COUNT
