"""By which date the things of a table count: one that an instruction names, or that of the whole they are part of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mocks.genie.knowledge.conditions import column_named
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import dates, happened, is_year
from mocks.genie.knowledge.shown import shown_dates
from mocks.genie.knowledge.space import DATE, TEXT, Column, Space, Table
from mocks.genie.language.sentences import sentences
from mocks.genie.language.words import stems
from mocks.genie.refusal import AskBack

_COLUMN = r"(?:the )?(?:column |field )?[`\"]?(?P<column>\w+(?:\.\w+)?)[`\"]?(?: column| field)?"
_INSTEAD = r",? (?:(?:for|as) [\w ]*?,? ?)?(?:and not|not|never|instead of|rather than) (?:the )?\w+"
_TIMES = r"(?:dates?|times?|(?:time )?periods?|date filters?|time filters?|filtering by (?:date|time)|time-based \w+)"
_DATED_BY = re.compile(
    rf"^(?P<what>.+?),? (?:(?:is|are) )?(?:always )?(?:dated|counted|recogni[sz]ed|booked|reported|filtered|grouped) "
    rf"(?:in time )?(?:by|on|from|at) (?:its |their |the )?{_COLUMN}",
    re.IGNORECASE,
)
_THESE_BY = re.compile(rf"^(?P<what>[\w ]+) by (?:its |their |the )?{_COLUMN}$", re.IGNORECASE)
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:use|filter (?:on|by)) {_COLUMN}{_INSTEAD}",
        rf"^(?:for|when (?:asked about|filtering (?:on|by))) (?:all |any |the )?{_TIMES},? (?:always )?use {_COLUMN}$",
        rf"\buse {_COLUMN} (?:for|as) (?:all |any |the )?(?:default )?{_TIMES}\b",
        rf"\b(?:{_TIMES}|months?|years?) (?:always )?(?:(?:is|are) (?:taken )?(?:from|by)|refers? to|means?) {_COLUMN}",
        rf"^the (?:default )?date of (?:an? |the )?\w+ (?:is|means) {_COLUMN}$",
    )
)


_USES = r"(?:is|are|means?|go(?:es)? by|(?:always |please )?use[sd]?|refers? to|(?:is|are) (?:told|given|named) by)"
_FOR = re.compile(
    r"^(?:for|when (?:asked|filtering) (?:about|on|by)"
    r"|(?:for )?(?:the )?(?:dates?|times?|years?|months?|periods?|days?) (?:of|for)) "
    rf"(?:all |any |an? |the )?(?P<what>[\w -]+?),? {_USES} (?:always )?(?P<said>.+)$",
    re.IGNORECASE,
)
_OF_ITS = re.compile(r"^\s*(?:the )?(?:date|time|year|month|day|period) of (?:its|the|their|an?) ", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|its|their) ", re.IGNORECASE)


def with_dates(space: Space, graph: JoinGraph) -> Space:
    """The space, whose tables know the date by which their things count, where one is told or they have none."""
    told = dict(shown_dates(space)) | dict(told_dates(space))
    dated = replace(space, tables=tuple(replace(t, dated=told.get(t.full_name)) for t in space.tables))
    return replace(dated, tables=tuple(replace(t, dated=t.dated or _of_whole(t, dated, graph)) for t in dated.tables))


def told_dates(space: Space) -> Iterator[tuple[str, Column]]:
    """The dates that instructions name, each with the table whose things they date."""
    for sentence in sentences(space):
        found = next((match for pattern in _SAID if (match := pattern.search(sentence))), None)
        column = _date(found["column"], space) if found else None
        if column is not None:
            yield column.table, column
        found = _DATED_BY.search(sentence) or _THESE_BY.match(sentence)
        column = _date(found["column"], space) if found else None
        if found is not None and column is not None:
            for table in _said(found["what"], space):
                yield table.full_name, column
        yield from _spoken(sentence, space)


def _spoken(sentence: str, space: Space) -> Iterator[tuple[str, Column]]:
    """`For visits use the check-in time`, `the year of a planting is the year of its harvest, hrv_dt`."""
    found = _FOR.match(sentence)
    tables = _said(found["what"], space) if found is not None else []
    if found is None or len(tables) != 1:
        return
    parts = [found["said"], *reversed(found["said"].split(","))]
    for part in [*parts, *(_OF_ITS.sub("", part) for part in parts)]:
        column = column_named(_ARTICLE.sub("", part.strip()), tables[0], space)
        if column is not None and column.table == tables[0].full_name and (column.kind == DATE or is_year(column)):
            yield tables[0].full_name, column
            return


def _date(text: str, space: Space) -> Column | None:
    owner, _, name = text.rpartition(".")
    tables = [t for t in space.tables if owner.lower() in ("", t.name.lower()) and t.column(name) is not None]
    column = tables[0].column(name) if tables else None
    return column if column is not None and column.kind == DATE else None


def _said(text: str, space: Space) -> list[Table]:
    """The tables of what is dated: they are named, or a column of theirs, or a measure over them."""
    words = {*re.findall(r"\w+", text.lower())}
    measures = [s.sql.lower() for s in space.snippets if s.kind == "measures" and _mentions(text, s.names)]
    own = {column.table for word in words if (column := column_named(word, None, space)) is not None}
    named = [t for t in space.tables if t.name.lower() in words or _mentions(text, (t.spoken, *t.synonyms))]
    named = named or [t for t in space.tables if t.full_name in own]
    return [t for t in space.tables if t in named or any(f"{t.name.lower()}." in sql for sql in measures)]


def _mentions(text: str, names: Iterable[str]) -> bool:
    said = " ".join(stems(text))
    return any(re.search(rf"(?<!\S){re.escape(' '.join(stems(name)))}(?!\S)", said) for name in names)


def _of_whole(table: Table, space: Space, graph: JoinGraph) -> Column | None:
    """Things without a day of their own have that of what they are part of: `order lines` that of their order.

    That is the only thing as whose part they are named; or, where they have but days that they may never reach, such as
    that of a refund, the only one without a name of its own to which all of them belong: tickets have the day of their
    order.
    """
    own = stems(table.spoken)
    wholes = {n.right.table for n in graph.links if n.left.table == table.full_name and n.right.table != n.left.table}
    named = [
        t for t in map(space.table, sorted(wholes)) if len(own) > 1 and stems(t.spoken) == own[: len(stems(t.spoken))]
    ]
    if dates(table):
        named = [*_bought_in(table, space, graph)] if all(_is_later(day, own) for day in dates(table)) else []
    if len(named) != 1:
        return None
    try:
        return happened(named[0], "")
    except AskBack:
        return None


def _is_later(day: Column, own: Iterable[str]) -> bool:
    """Whether it is a day that not all things reach and that is not named as they are."""
    return day.filled < 1 and not set(own) & set(stems(day.spoken))


def _bought_in(table: Table, space: Space, graph: JoinGraph) -> Iterator[Table]:
    for link in graph.links:
        whole = space.table(link.right.table)
        unnamed = not any(label.kind == TEXT and label != whole.key for label in whole.labels)
        if link.left.table == table.full_name and link.left.filled == 1 and unnamed and whole != table:
            yield from [whole] if any(day.filled == 1 for day in dates(whole)) else []
