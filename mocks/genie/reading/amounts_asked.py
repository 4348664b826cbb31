"""Amounts that no column is called by: takings, debts, pay, two costs together, the size of the largest."""

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.space import Space
from mocks.genie.reading.added import with_added
from mocks.genie.reading.billed import with_billed
from mocks.genie.reading.items import Item
from mocks.genie.reading.left_out import with_left_out
from mocks.genie.reading.money import with_money, with_takings
from mocks.genie.reading.owing import with_owing
from mocks.genie.reading.pay import with_pay
from mocks.genie.reading.peaks import with_peaks


def with_amounts(items: list[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """The items with the columns that hold those amounts.

    Raises: AskBack
    """
    items = with_takings(with_pay(with_added(with_billed(items, space)), space), space, graph)
    items = with_left_out(with_owing(items, space), space)
    return with_money(with_peaks(items), space, graph)
