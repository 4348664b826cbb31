"""From the items of a question to a statement: one query, or several numbers set beside or against each other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlglot import exp

from mocks.genie.composing.compose import Composed, Composer
from mocks.genie.composing.contrasts import contrasted
from mocks.genie.composing.counting import OF_MONEY, counted_totals, summed_money
from mocks.genie.composing.having import listed, number_of_rows, of_sums
from mocks.genie.composing.ratios import difference, division, ratio
from mocks.genie.composing.shapes import headed, shaped
from mocks.genie.composing.spans import period, shifted, unit_of
from mocks.genie.composing.together import (
    Part,
    as_number,
    compared,
    parts_of,
    phrases,
    side_by_side,
)
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.roles import main_amount
from mocks.genie.knowledge.space import Space
from mocks.genie.language import grammar as kinds
from mocks.genie.language.dates import Span
from mocks.genie.language.words import stems
from mocks.genie.reading.changes import Change, over_time
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item
from mocks.genie.reading.reader import Reader
from mocks.genie.reading.wholes import as_share
from mocks.genie.refusal import AskBack


class Composing:
    """Composes the statements of one space."""

    def __init__(self, space: Space, lexicon: Lexicon, graph: JoinGraph, today: date) -> None:
        self._space, self._lexicon, self._graph, self._today = space, lexicon, graph, today

    def compose(self, items: list[Item], change: Change | None = None) -> Composed:
        """The statement for items whose meanings are known.

        Raises: AskBack, Declined
        """
        items = headed(items, self._graph)
        items = summed_money(items, compared=True) if change is not None and not change.running else items
        if change is not None and change.paired:
            return self._paired(items, change)
        if change is not None:
            return self._series(items, change)
        items = shaped(contrasted(items), self._space, self._graph)
        return self._divided(items) or self._several(items) or self._one(as_share(items))

    def _one(self, items: list[Item]) -> Composed:
        read = Reader(items, self._space, self._lexicon, self._graph).read()
        frame = of_sums(read, items, self._space, self._graph)
        if (those := listed(frame)) is not None:
            found = Composer(items, those, self._space, self._graph, self._today).compose()
            assert found.tree is not None
            return _composed(number_of_rows(found.tree), ["the number of them", found.description])
        return Composer(items, frame, self._space, self._graph, self._today).compose()

    def _part(self, items: list[Item]) -> Part:
        composed = self._one(items)
        assert composed.tree is not None
        return Part(composed.tree, composed.description)

    def _several(self, items: list[Item]) -> Composed | None:
        """Each number by itself; nothing where there is one, or where one of them cannot stand alone."""
        numbers = phrases(items)
        if not numbers:
            return None
        try:
            parts = [self._part(part) for part in parts_of(items, numbers)]
            trees = [part.tree.copy() for part in parts]
            tree = side_by_side(parts, items, self._space)
        except AskBack:
            return None
        if any(one in trees[:at] for at, one in enumerate(trees)):
            raise AskBack(f"I read both numbers as the same: {parts[0].note}. Please name their tables or columns.")
        return _composed(tree, [part.note for part in parts])

    def _divided(self, items: list[Item]) -> Composed | None:
        found = division(items, self._graph)
        if found is None:
            return None
        above, below = (self._part(side) for side in (found.above, found.below))
        split = any(item.kind in (kinds.BY, kinds.GRAIN) for item in items)
        if found.minus and not split and any(len(part.tree.expressions) > 1 for part in (above, below)):
            raise AskBack("Of which two numbers do you want the difference? Name their tables or columns.")
        if found.minus:
            return _composed(difference(above, below), [above.note, "less", below.note])
        return _composed(ratio(above, below, found.times), [above.note, "divided by", below.note])

    def _series(self, items: list[Item], change: Change) -> Composed:
        grain = next((item.detail for item in items if item.kind == kinds.GRAIN), "")
        if not grain and not change.unit:
            raise AskBack("Over which periods: by day, week, month, quarter or year?")
        if not grain and not change.running and not change.stepwise:
            return self._paired([*items, self._current(change.unit)], change)
        whole = items if grain else [*items, Item(kinds.GRAIN, f"by {change.unit}", -1, -1, change.unit)]
        part = self._part(_added(whole) if change.running else whole)
        told = "added up from period to period" if change.running else f"change from the {grain or change.unit} before"
        return _composed(over_time(part.tree, grain or change.unit, change), [part.note, told])

    def _paired(self, items: list[Item], change: Change) -> Composed:
        spans = [item for item in items if item.kind == kinds.SPAN and item.span is not None]
        if len(spans) == 1:
            spans.append(shifted(spans[0], change.unit))
        if len(spans) != 2 or any(s.span is None or s.span.start is None or s.span.end is None for s in spans):
            raise AskBack("Which two periods shall I compare?")
        spans.sort(key=lambda item: (item.span and item.span.start) or date.min)
        rest = as_number([item for item in items if item.kind != kinds.SPAN])
        unit = unit_of(spans)
        if not change.said and unit and not any(item.kind == kinds.GRAIN for item in rest):
            grain = Item(kinds.GRAIN, f"by {unit}", -1, -1, unit)
            return self._one([*rest, *(replace(span, before="") for span in spans), grain])
        earlier, later = (self._part([*map(replace, rest), replace(span)]) for span in spans)
        return _composed(compared(earlier, later, change), [later.note, "against", earlier.note])

    def _current(self, unit: str) -> Item:
        start, end = period(self._today, unit)
        return Item(kinds.SPAN, f"this {unit}", -1, -1, span=Span(f"this {unit}", start, end))


def _added(items: list[Item]) -> list[Item]:
    """`cumulative weight`, `cumulative payments`: what is running is a sum, of money also where no number is named."""
    total = Item(kinds.AGGREGATE, "total", -1, -1, "SUM")
    heads = [item for item in items if item.kind in (kinds.COUNT, kinds.AGGREGATE)]
    if any(item.kind == kinds.COUNT or item.detail != "SUM" for item in heads):
        return items
    rest = [item for item in items if not any(item is head for head in heads)]
    if any(item.column is not None and is_measure(item) for item in items):
        return [total, *rest]
    paid = [i for i in items if i.table is not None and OF_MONEY & set(stems(i.table.spoken))]
    amount = main_amount(paid[0].table) if len(paid) == 1 and paid[0].table is not None else None
    if amount is None:
        return counted_totals(items)
    return [total, Item(kinds.NAMED, amount.spoken, -1, -1, meaning=amount), *rest]


def _composed(tree: exp.Select, notes: Sequence[str]) -> Composed:
    return Composed(tree.sql(dialect="databricks", pretty=True), "; ".join(dict.fromkeys(notes)), (), tree)
