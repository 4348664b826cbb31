"""Comparisons with a sum: `customers whose orders add up to over 1000`, `brands with revenue above 5000`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.names import WORD
from mocks.genie.knowledge.roles import main_number
from mocks.genie.knowledge.space import Column, Snippet
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import MEASURING
from mocks.genie.language.words import stem, tokens
from mocks.genie.reading.frame import Comparison, is_measure
from mocks.genie.reading.items import Item

_SUM = re.compile(r"\s*sum\(\s*`?(?P<table>\w+)`?\.`?(?P<column>\w+)`?\s*\)\s*$", re.IGNORECASE)


def read_sum(found: Comparison, items: Sequence[Item], lexicon: Lexicon) -> None:
    """Finds of what sum a comparison is that names no column, if the question speaks of one."""
    at = items.index(found.item)
    measured = [i for i in items[max(0, at - 1) : at + 3] if _is_measure(i)]
    if measured:
        measured[0].used = True
        found.of = of_rows(measured[0], items)
        found.measure = measured[0] if found.of is None else None
        return
    sums = [i for i in items if i.kind == kinds.AGGREGATE and i.detail == "SUM" and not i.used]
    if not sums:
        return
    tables = [i for i in items[: at + 3] if i.table is not None and not i.used]
    split = len(tables) > 1 or any(i.kind == kinds.GRAIN for i in items)
    number = main_number(tables[-1].table) if tables and split and tables[-1].table is not None else None
    verbs = [i for i in items[:at] if i.kind == kinds.UNKNOWN and stem(i.words) in MEASURING]
    taken = [e.meaning for e in lexicon.find(tokens("revenue")) if isinstance(e.meaning, Snippet)]
    if number is not None:
        tables[-1].used, found.of, found.function = True, number, "SUM"
    elif verbs and len(taken) == 1 and len(tables) == 1:
        found.measure = Item(kinds.NAMED, "revenue", -1, -1, meaning=taken[0], used=True)
    else:
        return
    for item in sums:
        item.used = True


def of_rows(measure: Item, items: Sequence[Item]) -> Column | None:
    """`timesheets with over 8 hours`, where hours are summed up for everything else: the column of the single rows."""
    summed = _SUM.match(measure.snippet.sql) if measure.snippet is not None else None
    tables = [item.table for item in items if item.table is not None and not item.negated]
    split = any(item.kind in (kinds.BY, kinds.GRAIN) for item in items)
    own = summed is not None and len(tables) == 1 and tables[0].name.lower() == summed["table"].lower()
    return tables[0].column(summed["column"]) if summed is not None and own and not split else None


def _is_measure(item: Item) -> bool:
    return item.snippet is not None and item.snippet.kind == "measures" and not item.used


def read_exact(items: Sequence[Item]) -> list[Comparison]:
    """`patients with 3 stays`, `courses of 6 credits`: as many exactly, of a number or of rows elsewhere."""
    found = []
    for at, (item, thing) in enumerate(pairwise(items)):
        ranging = at > 0 and items[at - 1].kind == kinds.NUMBER
        ranging |= at == 0 and item.before.split()[-1:] in (["which"], ["what"])  # `which 4 colleagues`
        if item.kind != kinds.NUMBER or item.used or thing.used or thing.before or ranging or item.words == "one":
            continue
        others = [i for n, i in enumerate(items) if i.table is not None and not i.used and (n < at or thing.column)]
        counted = thing.table is not None and all(other.table != thing.table for other in others)
        if others and (counted or (is_measure(thing) and thing.rank > WORD)):
            item.used, thing.used, item.detail = True, True, "="
            found.append(Comparison(item, thing.table or thing.column))
    return found
