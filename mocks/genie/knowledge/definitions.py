"""What sentences define: `An open order is one whose closed_on is empty`, `Recovered means outcome_cd = 'R'`."""

import re
from collections.abc import Iterator, Mapping

from sqlglot import exp

from mocks.genie.knowledge.space import BOOLEAN, NUMBER, Column, Snippet, Space, Table
from mocks.genie.language.sentences import column_name, sentences
from mocks.genie.language.words import stem, stem_set, stems

_THE_TERM = r"[\"“'`]?(?P<term>[A-Za-z][\w -]{1,60}?)[\"”'`]?"
_THE_COLUMN = r"(?:the )?(?:column |field )?[`\"]?(?P<table>[A-Za-z_]\w*)[`\"]?\.[`\"]?(?P<column>[A-Za-z_]\w*)[`\"]?"
_SAYS = "(?:say|says|ask for|asks for|speaks? of|mentions?)"
_IS_IN = r"(?:means?|refers? to|stands? for|(?:is|are) (?:stored|found|kept|recorded|held) in|is|are|=)"
_TERMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:when|if) \w+ {_SAYS} {_THE_TERM},? (?:then )?\w+ (?:means?|refers? to) {_THE_COLUMN}",
        rf"\buse {_THE_COLUMN} (?:for|as|when asked (?:for|about)|to (?:mean|answer)) {_THE_TERM}(?:[.,;]|$)",
        rf"\bfor {_THE_TERM},? (?:always )?use {_THE_COLUMN}",
        rf"{_THE_COLUMN} (?:is|are) (?:also )?(?:called|known as|referred to as|named) {_THE_TERM}(?:[.,;]|$)",
        rf"{_THE_TERM}\s+{_IS_IN}\s+{_THE_COLUMN}",
    )
)
_SENTENCE = re.compile(r"[.;:](?:\s|$)|\n")
_ONE_WHERE = re.compile(r"^(?:an?|the)?\s*(?P<names>.+?) is one (?:whose|where|when|that has) (?P<condition>.+)$", re.I)
_IS_WHEN = re.compile(
    r"^(?:an?|the)?\s*(?P<noun>[\w ]+?) is (?:still |called )?(?P<names>.+?),? "
    r"(?:if|when|while|where) (?P<condition>.+)$",
    re.I,
)
_MEANS = re.compile(r"^(?P<names>.+?) means? (?:that )?(?P<condition>.+)$", re.I)
_ROWS = re.compile(
    r"^(?P<names>.+?) (?:is|are|means?) (?:(?:an? |the )?rows? (?:of|in) )?(?:the table )?[`\"]?(?P<table>\w+)[`\"]?$",
    re.I,
)
_NULL = re.compile(r"^(?P<column>[\w.]+) (?:is|are) (?P<no>not )?(?:empty|null|missing|blank|unset)$", re.I)
_TRUTH = re.compile(r"^(?P<column>[\w.]+) (?:is|=) (?P<truth>true|false)$", re.I)
_ORDER = re.compile(
    r"^(?P<column>[\w.]+) is "
    r"(?P<order>before|after|earlier than|later than|below|above|less than|more than|greater than) "
    r"(?:the |its )?(?P<other>\w+)$",
    re.I,
)
_VALUES = re.compile(r"^(?P<column>[\w.]+) (?:is one of|is|=|are|of|(?=['\"])) ?(?P<values>.+)$", re.I)
_EMPTY = re.compile(r"^(?:empty|null) (?:while|if|when|as long as) (?:the |it |an? )?(?P<said>.+)$", re.I)
_NEGATIONS = frozenset(("no", "not", "nobody", "none", "never", "without"))


def defined_filters(space: Space) -> Iterator[tuple[Snippet, bool]]:
    """The filters that instructions define, then those that comments imply; which of the two says the flag."""
    for sentence in _told(space):
        snippet = _filter(sentence, space)
        if snippet is not None:
            yield snippet, True
    for table in space.tables:
        for column in table.columns:
            for clause in _sentences(column.description):
                if (snippet := _implied(clause, column)) is not None:
                    yield snippet, False


def defined_tables(space: Space) -> Iterator[tuple[str, Table]]:
    """Other names of tables: `Clients are rows of owner`."""
    for sentence in _told(space):
        found = _ROWS.match(sentence)
        table = _table(found["table"], space) if found else None
        if found and table is not None:
            for name in _names(found["names"]):
                yield name, table


def _told(space: Space) -> Iterator[str]:
    """The sentences of the instructions, also as they are cut at colons."""
    yield from dict.fromkeys(part for text in space.instructions for part in _sentences(text))
    yield from (sentence for sentence in sentences(space) if " means " in sentence)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _filter(sentence: str, space: Space) -> Snippet | None:
    for pattern in (_ONE_WHERE, _IS_WHEN, _MEANS):
        found = pattern.match(sentence)
        if found is None:
            continue
        names = [name for name in _names(found["names"]) if name]
        table = _table_in(found["noun"] if "noun" in found.groupdict() else found["names"], space)
        condition = _condition(found["condition"], table, space)
        if condition is not None:
            if table is not None:
                own = set(stems(table.spoken))
                names = [short for name in names if (short := _without(name, own))]
            return Snippet("filters", tuple(names), condition.sql(dialect="databricks")) if names else None
    return None


def _implied(clause: str, column: Column) -> Snippet | None:
    """`Empty while the order is open` says which rows are open."""
    found = _EMPTY.match(clause)
    if found is None or _NEGATIONS & set(found["said"].lower().split()):
        return None
    state = re.split(r"\b(?:is|are|in|still|be)\b", found["said"], maxsplit=1)[-1].strip()
    named = re.sub(r"\b(?:is|are|in|still|force)\b", " ", state).strip() or state
    if not named or len(named.split()) > 2:
        return None
    return Snippet("filters", (state, named), exp.Is(this=_column(column), expression=exp.Null()).sql("databricks"))


def _names(text: str) -> list[str]:
    parts = re.split(r",\s*(?:or|and)?\s*|\s+(?:or|and)\s+", text)
    return [part.strip(" \"'`“”") for part in parts if part.strip()]


def _without(name: str, own: set[str]) -> str:
    kept = [word for word in name.split() if stem(word) not in own and word.lower() not in ("a", "an", "the")]
    return " ".join(kept)


def _condition(text: str, table: Table | None, space: Space) -> exp.Expr | None:
    parts = [_part(part.strip(), table, space) for part in re.split(r"\s+and\s+", text)]
    known = [part for part in parts if part is not None]
    return exp.and_(*known) if known and len(known) == len(parts) else None


def _part(text: str, table: Table | None, space: Space) -> exp.Expr | None:
    text = re.sub(r"^(?:its|the|their|his|that the)\s+", "", text, flags=re.I)
    if (found := _NULL.match(text)) and (column := _named(found["column"], table, space)):
        empty = exp.Is(this=_column(column), expression=exp.Null())
        return exp.not_(empty) if found["no"] else empty
    if (found := _TRUTH.match(text)) and (column := _named(found["column"], table, space)) and column.kind == BOOLEAN:
        return _column(column) if found["truth"].lower() == "true" else exp.not_(_column(column))
    if (found := _ORDER.match(text)) and (column := _named(found["column"], table, space)):
        other = _named(found["other"], table, space)
        kind = exp.LT if found["order"].lower() in ("before", "earlier than", "below", "less than") else exp.GT
        return kind(this=_column(column), expression=_column(other)) if other else None
    if (found := _VALUES.match(text)) and (column := _named(found["column"], table, space)):
        known = {value.lower(): value for value in column.values}
        values = [known.get(name.lower()) for name in _names(found["values"])]
        kept = [exp.Literal.string(value) for value in values if value is not None]
        return _column(column).isin(*kept) if kept and len(kept) == len(values) else None
    return None


def _named(text: str, table: Table | None, space: Space) -> Column | None:
    owner, _, name = text.rpartition(".")
    if owner:
        table = _table(owner, space)
        return table.column(name) if table else None
    if table is not None and (column := table.column(name)) is not None:
        return column
    found = [column for column in space.columns() if column.name.lower() == name.lower()]
    return found[0] if len(found) == 1 else None


def _table(name: str, space: Space) -> Table | None:
    wanted = stems(name)
    return next(
        (table for table in space.tables if wanted and wanted in (stems(table.name), stems(table.spoken))), None
    )


def _table_in(text: str, space: Space) -> Table | None:
    """The table whose name ends a phrase, as in `unsettled visit`."""
    words = stems(text)
    found = [
        table
        for table in space.tables
        if any(words[-len(own) :] == own for own in (stems(table.name), stems(table.spoken)))
    ]
    return found[0] if len(found) == 1 else None


def _column(column: Column) -> exp.Column:
    return exp.column(column.name, table=column.table_name, quoted=not column.name.isidentifier())


def defined_terms(space: Space) -> Iterator[tuple[str, Column]]:
    """The terms that the instructions define: `"legal entity" means legal_entities.legal_name`."""
    for text in space.instructions:
        for found in (found for pattern in _TERMS for found in pattern.finditer(text)):
            for table in space.tables:
                column = table.column(found["column"]) if table.name.lower() == found["table"].lower() else None
                if column is not None:
                    yield _ARTICLE.sub("", found["term"]), column
    for sentence in sentences(space):
        term, _, meant = sentence.partition(" means ")
        name = column_name(meant)
        column = _named(name, None, space) if name and name.count(".") < 2 and len(term.split()) <= 4 else None
        if column is not None:
            yield _ARTICLE.sub("", term), column


_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_TAKINGS = ("revenue", "sales", "turnover", "income", "takings", "earnings", "spend", "sales amount", "sales revenue")
_WHOLE_SUMS = stem_set("amount total revenue value paid charge charged fare amt gross net sum sales invoiced billed")
_UNIT_PRICES = ("unit_price", "price_each", "price_per_unit", "unit_cost", "price")
_DEALS = stem_set("order sale purchase transaction payment invoice bill booking receipt ticket line item rental")


def implied_measures(space: Space, named: Mapping[frozenset[str], object]) -> Iterator[Snippet]:
    """Revenue where no column is called so: the one column of amounts of a table of sales, or quantity times price."""
    names = tuple(name for name in _TAKINGS if frozenset(stems(name)) not in named)
    sums = [c for table in space.tables for c in table.columns if _is_amount(c, table)]
    if not sums:
        sums_of = [found for table in space.tables if (found := _times(table)) is not None]
    else:
        sums_of = [_column(column) for column in sums]
    if names and len(sums_of) == 1:
        yield Snippet("measures", names, exp.func("SUM", sums_of[0]).sql("databricks"))


def _is_amount(column: Column, table: Table) -> bool:
    deals = bool(_DEALS & set(stems(table.spoken)))
    return deals and column.kind == NUMBER and not column.unique and bool(_WHOLE_SUMS & set(stems(column.spoken)))


def _times(table: Table) -> exp.Expr | None:
    counts = [c for c in table.columns if c.kind == NUMBER and {"quantity", "qty"} & set(stems(c.spoken))]
    prices = [c for name in _UNIT_PRICES if (c := table.column(name)) is not None]
    less = [c for c in table.columns if c.kind == NUMBER and {"discount", "rebate"} & set(stems(c.spoken))]
    if len(counts) != 1 or not prices or less:
        return None
    return exp.Mul(this=_column(counts[0]), expression=_column(prices[0]))
