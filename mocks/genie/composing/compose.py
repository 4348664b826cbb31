"""Composing a query from what a question says; an item that finds no use makes the engine ask back."""

from dataclasses import dataclass

from sqlglot import exp

from mocks.genie.composing.mentions import Mentions
from mocks.genie.knowledge.names import WORD
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import MONEY
from mocks.genie.language.grammar import HOW_OFTEN
from mocks.genie.language.verbs import LIGHT, MAKING, MEASURING, TIES, is_participle
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item
from mocks.genie.reading.unknown import one_of, unknown_words
from mocks.genie.refusal import AskBack, Unknown

_BESIDE = frozenset(("for", "to", "with", "from", "of", "at", "in", "on"))
_OF_STAFF = stem_set("work employ serve")
_WE = frozenset(("we", "you", "they", "i"))


@dataclass
class Composed:
    """The statement, what it does in words, and the tables of whose things it gives a row each."""

    sql: str
    description: str
    lists: tuple[str, ...] = ()
    tree: exp.Select | None = None

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables that it reads, in small letters."""
        return frozenset(table.name.lower() for table in self.tree.find_all(exp.Table)) if self.tree else frozenset()


class Composer(Mentions):
    """Composes one query."""

    def compose(self) -> Composed:
        """The query.

        Raises: AskBack, Declined
        """
        self._group()
        self._filters.apply(self._query)
        measure = self._measure()
        self._filters.within(self._query)
        self._having()
        self._output(measure)
        self._extreme(measure)
        self._sort(measure)
        self._check_events()
        self._check()
        self._check_who(measure)
        self._check_where(measure)
        self._check_afar()
        listed = [self._query.base.full_name] if measure is None else [table_of(g.meaning) for g in self._frame.groups]
        tree = self._query.tree()
        told = "; ".join([*self._notes, *self._filters.notes])
        return Composed(tree.sql(dialect="databricks", pretty=True), told, tuple(listed), tree)

    def _output(self, measure: exp.Expr | None) -> None:
        query, subject = self._query, self._frame.subject
        if measure is not None:
            if (
                subject is not None
                and subject.column is not None
                and not query.grouped
                and self._frame.measured is not None
            ):
                subject.used = subject.column in query.base.labels
            query.output(measure.copy(), _name_of(measure))
            self._check_shown(subject)
            for function, item in self._frame.also:
                if self._home(item).full_name != query.base.full_name:
                    raise AskBack(
                        f"{query.base.name} and {self._home(item).name} are counted apart. Ask for one at a time."
                    )
                more = self._count(item) if function == "COUNT" else self._aggregate(function, item)
                query.output(more, f"{_name_of(more)}_{function.lower()}")
            return
        if query.grouped:
            return
        self._list(subject or self._frame.counted)

    def _check_shown(self, subject: Item | None) -> None:
        """A column that a question names beside what it measures has to be in the result."""
        table = subject.table if subject is not None else None
        if subject is not None and table is not None and table.full_name not in self._query.tables:
            subject.used = self._query.reaches(table.columns[0])
        column = subject.column if subject is not None else None
        home = self._home(subject) if subject is not None else None
        if subject is None or column is None or home is None or column in (*home.labels, home.key):
            return
        if set(stems(subject.words)) & set(stems(home.spoken)):
            return  # `invoices` stands for the rows, whichever column is called so
        shown = {(node.table, node.name) for node in self._query.expressions()}
        subject.used = (column.table_name, column.name) in shown or column in self._query.joins or bool(column.formula)

    def _list(self, subject: Item | None) -> None:
        query = self._query
        if subject is None:
            raise AskBack("What shall I show?")
        subject = self._in_role(subject)
        column, home = subject.column, self._home(subject)
        columns = self._listed(subject, home)
        for one in columns:
            query.output(self._shown(subject, one))
        self._show_more()
        for _, dated in self._frame.spans:
            if (
                dated is not None
                and dated.kind == DATE
                and dated.table == home.full_name
                and (column is None or column in home.labels)
            ):
                query.output(query.column(dated))
        if (
            (columns == (column,) and column not in home.labels)
            or home.full_name != query.base.full_name
            or columns[0].table != home.full_name
        ):
            query.distinct()
        if query.told():
            raise AskBack(f"I would only show {columns[0].name} again. What do you want to know?")
        self._notes.append(f"{', '.join(c.name for c in columns)} of {home.name}")

    def _listed(self, subject: Item, home: Table) -> tuple[Column, ...]:
        """The columns that a list of the subject shows."""
        column = subject.column
        if column is None or column in home.labels:
            columns = self._group_columns(subject) if subject.value is not None else home.labels
            if not columns:
                raise AskBack(f"Which columns of {home.name} shall I show?")
            return columns
        others = [i for i in self._items if i.kind != kinds.SPAN and i is not subject]
        if column.kind == NUMBER and not (column.refers or (others and self._query.narrowed)):
            raise AskBack(
                f"For what do you want {column.name}, and shall I add it up? Name a thing, a period or a total."
            )
        if {"name", "names"} & set(subject.before.split()) and "and" in subject.before.split():
            return (*home.labels, column)
        return self._named_by(subject)

    def _show_more(self) -> None:
        """Further columns that are asked for."""
        for item in (item for item in self._items if item.kind == kinds.NAMED and not item.used):
            for label in self._asked_beside(item):
                self._query.output(self._query.column(label))
                item.used = True
            if item.column is not None and self._query.reaches(item.column):
                if item.column not in self._query.base.labels and not self._is_owner(item):
                    self._show_beside(item, item.column)
                item.used = True

    def _show_beside(self, item: Item, column: Column) -> None:
        """`students and their advisors`: the names of these, also where there is none."""
        links = (*self._graph.own, *self._graph.asides, *self._graph.links)
        link = next((link for link in links if link.left == column), None)
        if link in self._graph.own and item.rank <= WORD and any(i.value is not None for i in self._items):
            raise AskBack(f"Which way round is it: is one of them the {item.words}, or do you ask for that of theirs?")
        for one in self._named_by(item):
            beside = link is not None and one != column
            self._query.output(self._query.through(link, one, True) if link and beside else self._query.column(one))

    def _check(self) -> None:
        """Every word has found its use: as a condition, as what is asked for, or as a name of a table that is there."""
        for item in self._items:
            if not item.used and item.kind == kinds.NAMED:
                self._use(item)
        said = self._said()
        self._current()
        frame = self._frame
        shown = frame.subject.column if frame.subject is not None else None
        lists = shown is not None and shown not in self._query.base.labels and not (frame.counting or frame.measured)
        by = frame.extreme.by if frame.extreme is not None else None
        amounts = MEASURING if frame.measured or frame.function or (by and not by.table) else frozenset()
        flagged = any(item.column is not None and item.column.kind == BOOLEAN for item in self._items)
        tied = lists or flagged or len(self._query.tables) > 1 or self._graph.refers(self._query.base)
        ties = TIES if tied and not self._lacks_doer() else frozenset()
        ties |= _OF_STAFF if is_of_people(self._query.base) else frozenset()
        known = LIGHT | said | ties | amounts | (MAKING if self._adds() else frozenset())
        free = [i for i in self._items if i.kind == kinds.UNKNOWN and not i.used and not _is_ours(i)]
        free = [i for i in free if not self._does(i)]
        known |= frozenset() if frame.counting and not amounts else MONEY  # `did they get their money back`
        unknown = [i.words for i in free if stem(i.words) not in known or self._restricts(i)]
        if unknown:
            raise Unknown(unknown_words(unknown, self._space), unknown)
        for item in self._items:
            anyone = item.words.lower() in ("people", "everyone", "everybody", "person", "persons")
            item.used = item.used or (item.rank <= WORD and _is_verb(item, known)) or anyone
        left = [i.words for i in self._items if not i.used and i.kind != kinds.UNKNOWN]
        if left:
            raise AskBack(
                f"I do not see how {one_of([repr(word) for word in left])} belongs to the rest of the question."
            )

    def _check_events(self) -> None:
        """`how often has each player played`: something else is counted than the players themselves."""
        often = any(i.kind == kinds.COUNT and i.words.lower() in HOW_OFTEN for i in self._items) or self._frame.extreme
        counted = self._frame.counted.table if self._frame.counted is not None else None
        grouped = any(g.table is not None and g.table == (counted or self._query.base) for g in self._frame.groups)
        if often and grouped and self._frame.measured is None:
            raise AskBack("How often what happened? I do not see which table tells of it.")

    def _does(self, verb: Item) -> bool:
        """`the adverts that Migros bought`: what somebody does whose name is a value of these rows."""
        last = next((i for i in self._items if i.end == verb.at and i.used and not verb.before), None)
        doer = last is not None and last.value is not None and last.value.column.spoken.split()[-1] == "name"
        return doer and stem(verb.words) in TIES

    def _restricts(self, item: Item) -> bool:
        """`living artists`, `current staff`: a word before what it tells of says which of them, and ties nothing."""
        said = item.words.lower()
        beside = any(i.table and i.at == item.end and not i.before and i.words.lower()[-1] == "s" for i in self._items)
        verb = (said.endswith("ing") and stem(said) in LIGHT) or said in ("current", "present")
        return said in ("takings", "earnings", "savings") or (verb and beside)

    def _said(self) -> set[str]:
        """Words that say no more than what is in the query: those of the comments on its columns and its tables."""
        shown = {(node.table, node.name) for node in self._query.expressions()}
        tables = [table for table in self._space.tables if table.full_name in self._query.tables]
        columns = [c for t in tables for c in t.columns if (c.table_name, c.name) in shown or c in self._query.joins]
        computed = [item.column.spoken for item in self._items if item.column is not None and item.column.formula]
        comments = [*(table.description for table in tables), *(column.description for column in columns), *computed]
        names = [*(table.spoken for table in tables), *(column.spoken for column in columns)]
        told = [c.description for t in tables for c in t.columns if c.kind in (NUMBER, TEXT)]
        verbs = {stem(item.words) for item in self._items if is_participle(item.words) and self._adds()}
        more = verbs & {word for said in told if "=" not in said for word in stems(said)}
        more |= {stem(i.words) for i in self._items if i.kind == kinds.UNKNOWN and _told_of(i) & {*self._query.tables}}
        return more | {word for said in (*comments, *names) for word in stems(said)}

    def _check_who(self, measure: exp.Expr | None) -> None:
        """`who was invoiced`: a sum, a day or a number is nobody."""
        shown = self._frame.subject.column if self._frame.subject is not None else None
        unnamed = self._frame.extreme is not None and self._frame.subject is None and bool(self._frame.groups)
        amount = (measure is not None and (unnamed or not self._query.grouped)) or (
            shown and shown.kind in (DATE, NUMBER) and not shown.refers
        )
        thing = self._frame.subject.table if self._frame.subject is not None and measure is None else None
        amount = amount or (thing is not None and thing.labels == (thing.key,))
        if amount and self._items[0].before.split()[:1] in (["who"], ["whom"]):
            raise AskBack("I do not see of whom this asks. Name the table or the column that holds them.")

    def _lacks_doer(self) -> bool:
        """`who signed it for the customer`: what is shown is what it was done to or for, and nobody who did it."""
        first, shown = self._items[0], self._frame.subject
        if first.kind != kinds.UNKNOWN or first.before.split()[-1:] != ["who"] or shown is None:
            return False
        people = any(is_of_people(self._space.table(table)) for table in self._query.tables)
        return not people and (shown.value is not None or bool(_BESIDE & set(shown.before.split())))


def _is_verb(item: Item, known: frozenset[str]) -> bool:
    """Whether a word that only a comment has is a verb there: `applied` in `principal applied for`."""
    return item.kind == kinds.NAMED and (stem(item.words) in known or item.words.lower().endswith(("ed", "ing")))


def _is_ours(item: Item) -> bool:
    """`classes that we offer`: whatever there is."""
    return stem(item.words) in TIES and bool(_WE & set(item.before.split()))


def _told_of(verb: Item) -> set[str]:
    """The tables that tell of what was done: those of complaints, where somebody complained."""
    return {entry.meaning.full_name for entry in verb.entries if isinstance(entry.meaning, Table) and entry.rank > WORD}


def _name_of(measure: exp.Expr) -> str:
    column = measure.find(exp.Column)
    function = measure.key if isinstance(measure, exp.Func) else "value"
    return f"{function}_{column.name}" if column is not None and column.name.isidentifier() else function
