"""By which columns the things of a query are shown: a name rather than the key of what has one."""

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from mocks.genie.composing.query import Query
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.links import Link, is_plain
from mocks.genie.knowledge.space import NUMBER, Column, Space
from mocks.genie.language.english import KEYS
from mocks.genie.language.words import stems
from mocks.genie.reading.frame import Frame
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack


class Naming:
    """What is shown for the things of one query."""

    _query: Query

    def __init__(self, items: Sequence[Item], frame: Frame, space: Space, graph: JoinGraph) -> None:
        self._items, self._frame, self._space, self._graph = items, frame, space, graph

    def _group_columns(self, item: Item) -> tuple[Column, ...]:
        if item.column is not None:
            return self._named_by(item)
        if item.table is not None and item.table.labels:
            return item.table.labels
        if item.value is not None:
            return (self._by_role(item),)
        raise AskBack(f"By which column do you mean {item.words!r}?")

    def _named_by(self, item: Item) -> tuple[Column, ...]:
        """The column; for a reference to a thing with a name, that name."""
        assert item.column is not None
        if KEYS & set(stems(item.words)):
            return (item.column,)
        if (link := self._role(item.column)) is not None:
            return self._space.table(link.right.table).labels or (item.column,)
        targets = [link.right for link in self._graph.links if link.left == item.column]
        if targets and self._graph.roles(self._space.table(item.column.table), targets[0].table):
            targets = [t for t in targets if t.kind == NUMBER]
        if len(targets) == 1:
            labels = self._space.table(targets[0].table).labels
            if labels and labels[0].spoken.endswith("name"):
                return labels
        return (item.column,)

    def _shown(self, item: Item, column: Column) -> exp.Expr:
        """The column, or that of the row to which the named column leads."""
        link = self._role(item.column) if item.column is not None and item.column != column else None
        return self._query.through(link, column) if link is not None else self._query.column(column)

    def _role(self, column: Column) -> Link | None:
        """The link to a row by its role for another: to a manager, a department's head, a course that is required."""
        for link in (*self._graph.own, *self._graph.asides):
            if link.left == column:
                return link
        home = self._space.table(column.table)
        links = [link for link in self._graph.links if link.left == column and not is_plain(link)]
        return links[0] if links and not home.labels and self._graph.roles(home, links[0].right.table) else None

    def _in_role(self, subject: Item) -> Item:
        """`prerequisites of Logic`: rows without a name that only tell which thing has that role for another."""
        home = subject.table
        if home is None or home.labels:
            return subject
        roles = [column for column in home.columns if self._role(column) is not None]
        return replace(subject, meaning=roles[0]) if len(roles) == 1 else subject

    def _by_role(self, item: Item) -> Column:
        """The name of the things that have a role: the label of the one table that the role's table refers to."""
        assert item.value is not None
        home = self._space.table(item.value.column.table)
        if home.label is not None:  # the rows of that table are the things themselves
            return home.label
        counted = {i.table.full_name for i in self._items if i.table}
        targets = {link.right.table for link in self._graph.links if link.left.table == home.full_name} - counted
        labels = [label for name in targets if (label := self._space.table(name).label) is not None]
        named = [label for label in labels if label.spoken.endswith("name")] or labels
        if len(named) != 1:
            raise AskBack(f"What shall I show for {item.value.text}?")
        return named[0]
