"""What sentences define: `An open order is one whose closed_on is empty`, `Recovered means outcome_cd = 'R'`."""

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlglot import exp

from mocks.genie.knowledge.conditions import column_named, condition
from mocks.genie.knowledge.empties import state_when_empty, states_of_life
from mocks.genie.knowledge.flags import opposite_of
from mocks.genie.knowledge.roles import is_unit_price, priced_piece
from mocks.genie.knowledge.space import NUMBER, Column, Snippet, Space, Table
from mocks.genie.knowledge.synonyms import names_thing
from mocks.genie.knowledge.written import column_of
from mocks.genie.language.apart import apart
from mocks.genie.language.defining import definitions
from mocks.genie.language.sentences import column_name, sentences, several, singled, told
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
_SENTENCE = re.compile(
    r"[.;:](?:\s|$)|\n|,\s+(?=(?:empty|null|blank|unset|missing|not (?:yet )?set)\b)"
    r"|,\s+(?=(?:an?|the)\s[\w ()-]{2,40}\s(?:has|have|is|are|means?)\s)",
    re.I,
)
_IS_THING = re.compile(r"^(?:(?:an?|the)\s+)?(?P<names>[\w -]+?) (?:is|are|means?) (?P<thing>.+)$", re.I)
_ARE_CALLED = re.compile(
    r"^(?P<thing>.+?) (?:(?:is|are) (?:also )?(?:called|known as|considered|regarded as|referred to as|treated as|our)"
    r"|counts? as|qualif(?:y|ies) as) (?:an? |the )?(?P<names>[\w -]+)$",
    re.I,
)
_ROWS = re.compile(
    r"^(?P<names>.+?) (?:is|are|means?) (?:(?:an? |the )?rows? (?:of|in) )?(?:the table )?"
    r"[`\"]?(?P<table>\w+(?: \w+)?)[`\"]?$",
    re.I,
)


def defined_filters(space: Space) -> Iterator[tuple[Snippet, bool]]:
    """The filters that instructions define, then those that comments imply; which of the two says the flag."""
    for sentence in _told(space):
        yield from ((snippet, True) for snippet in _filters(sentence, space))
    for table in space.tables:
        for column in table.columns:
            for clause in _sentences(column.description):
                if (snippet := state_when_empty(clause, table, column)) is not None:
                    yield snippet, False
            yield from ((snippet, False) for snippet in (*states_of_life(column), *opposite_of(column)))


def defined_things(space: Space, filters: Iterable[Snippet]) -> Iterator[tuple[str, Table]]:
    """Those of the defined filters that are named as things are, and their tables: `a delivery is an attempt that`."""
    for sentence in _told(space):
        called = [*_called(sentence, space)]
        if called and any(_filters(sentence, space)):
            yield from ((name, table) for table, names, _ in called for name in _names(names))
    for snippet in (*space.snippets, *filters):
        for name in snippet.names if snippet.kind == "filters" else ():
            table = _table_in(name, space)
            if table is not None and len(stems(name)) > 1:
                yield name, table


def defined_tables(space: Space) -> Iterator[tuple[str, Table]]:
    """Other names of tables: `Clients are rows of owner`; `origins are depots` only says what a reference refers to."""
    roles = {word for column in space.columns() if column.refers for word in stems(column.spoken)}
    for sentence in _told(space):
        found = _ROWS.match(sentence)
        table = _table(found["table"], space) if found else None
        if found and table is not None:
            for name in _names(found["names"]):
                if not (set(stems(name)) <= roles and set(stems(name)).isdisjoint(stems(table.spoken))):
                    yield name, table


def _told(space: Space) -> Iterator[str]:
    """The sentences of the instructions, also as they are cut at colons, each of several in one by itself."""
    said = (part for text in space.instructions for sentence in told(text) for part in _sentences(sentence))
    whole = [part for sentence in said for part in apart(sentence)]
    whole += [sentence for sentence in sentences(space) if " means " in sentence]
    yield from dict.fromkeys(part for sentence in singled(whole) for part in (sentence, *several(sentence)))


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _filters(sentence: str, space: Space) -> Iterator[Snippet]:
    """The filters that one sentence defines."""
    for noun, said, text in _defining(sentence, space):
        table = _table_in(noun, space) if noun else None
        own = {*stems(table.spoken), *stems(noun)} if table is not None else set(stems(noun))
        own |= {stems(name)[-1] for name in _called_so(table)} if table is not None else set()
        named = {
            name: short
            for name in _names(said)
            if name
            and not _table(name, space)
            and not _is_column(name, space)
            and (short := _own_name(name, own, table))
        }
        told = condition(text, table, space) if named else None
        if told is not None:
            whole = [f"{short} {noun}" for short in named.values() if noun]
            names = dict.fromkeys([*named.values(), *whole, *named])
            yield Snippet("filters", tuple(names), told.sql(dialect="databricks"))
            return


def _own_name(name: str, own: set[str], table: Table | None) -> str:
    """What a name adds to that of the thing; the name itself where it is a thing of its own, such as `a delivery`."""
    short = _without(name, own)
    is_part = table is not None and 1 == len(stems(name)) < len(stems(table.spoken)) and stems(name)[0] in own
    return short or (name if is_part and stems(name) != stems(table.spoken)[-1:] else "") if table else short


def _defining(sentence: str, space: Space) -> Iterator[tuple[str, str, str]]:
    """How a sentence may be read: the thing that it speaks of, the words that it defines, and what they say of it."""
    for found in definitions(sentence):
        noun = found.noun or _noun_of(found.names, space)
        if noun or found.is_sure:
            yield noun, found.names, found.condition
    yield from ((table.spoken, names, rest) for table, names, rest in _called(sentence, space))


def _called(sentence: str, space: Space) -> Iterator[tuple[Table, str, str]]:
    """`Calls are usage events of type V`: the table, how some of its rows are called, and what is said of them."""
    for pattern in (_IS_THING, _ARE_CALLED):
        if (found := pattern.match(sentence)) and (thing := _thing_and_rest(found["thing"], space)):
            yield thing[0], found["names"], thing[1]


def _thing_and_rest(text: str, space: Space) -> tuple[Table, str] | None:
    """The table whose name begins a text, and what follows: `usage events of type V`."""
    words = re.sub(r"^(?:all |any |every |each )?(?:the |an? )?", "", text.strip(), flags=re.I).split()
    found: list[tuple[int, Table]] = []
    for table in space.tables:
        for name in (table.name, table.spoken, *table.synonyms):
            size = len(name.replace("_", " ").split())
            if size <= len(words) and stems(" ".join(words[:size])) == stems(name):
                found.append((size, table))
        key = stem(table.spoken.split()[-1])
        if words and stem(words[0]) == key:
            found.append((1, table))
    most = max((size for size, _ in found), default=0)
    named = {table for size, table in found if size == most}
    return (next(iter(named)), " ".join(words[most:])) if len(named) == 1 else None


def _noun_of(text: str, space: Space) -> str:
    table = _table_in(text, space)
    return table.spoken if table is not None else ""


def _names(text: str) -> list[str]:
    parts = re.split(r"[,()]\s*(?:or|and)?\s*(?:is |are )?|\s+(?:or|and)\s+(?:is |are )?", text)
    bare = (re.sub(r" (?:all|both)$", "", part.strip(" \"'`“”"), flags=re.I) for part in parts)
    return [part for part in bare if part and part.lower() not in _PRONOUNS]


def _without(name: str, own: set[str]) -> str:
    kept = [word for word in name.split() if stem(word) not in own and word.lower() not in ("a", "an", "the")]
    return " ".join(kept)


def _is_column(name: str, space: Space) -> bool:
    """Whether a word of a name is one of a column as it is written, so that it is no state."""
    words = {word.lower() for word in name.split()}
    return any(
        column.name == name or ("_" in column.name and column.name.lower() in words) for column in space.columns()
    )


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
        if any(words[-len(own) :] == own for own in map(stems, (table.name, table.spoken, *_called_so(table))) if own)
    ]
    found = found or [table for table in space.tables if words[-1:] == stems(table.spoken)[-1:]]
    return found[0] if len(found) == 1 else None


def _called_so(table: Table) -> Iterator[str]:
    """What a curator calls the things of a table, also as a synonym of their name or key."""
    yield from table.synonyms
    for column in (*table.labels, table.key):
        if column is not None:
            yield from (name for name in column.synonyms if names_thing(table, column, name))


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
        told = _IS_COLUMN.match(sentence)
        term, meant = (told["term"], told["meant"]) if told is not None else (term, meant)
        name = "" if _table(meant, space) else column_name(meant)
        column = column_named(name, None, space) if name and name.count(".") < 2 and len(term.split()) <= 4 else None
        if column is not None:
            yield _ARTICLE.sub("", term), column


_IS_COLUMN = re.compile(
    r"^(?P<term>[\w -]{2,40}?) (?:(?:is|are) (?:counted|measured|given|told) (?:with|by|in)|is|are|means?) "
    r"(?P<meant>[\w.]*[._]\w+)$",
    re.I,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_PRONOUNS = frozenset(("both", "all", "they", "these", "those", "it", "this", "that", "others", "one"))
_TAKINGS = ("revenue", "sales", "turnover", "income", "takings", "earnings", "spend", "sales amount", "sales revenue")
_WHOLE_SUMS = stem_set("amount total revenue value paid charge charged fare amt gross net sum sales invoiced billed")
_UNIT_PRICES = ("unit_price", "price_each", "price_per_unit", "unit_cost", "price")
_PIECES = frozenset(("quantity", "qty"))
_DEALS = stem_set(
    "order sale purchase transaction payment invoice bill booking receipt ticket line item rental reservation"
)


def implied_measures(space: Space, named: Mapping[frozenset[str], object]) -> Iterator[Snippet]:
    """Revenue where no column is called so: the one column of amounts of a table of sales, or quantity times price."""
    names = tuple(name for name in _TAKINGS if frozenset(stems(name)) not in named)
    sums = [c for table in space.tables for c in table.columns if _is_amount(c, table)]
    if not sums:
        sums_of = [found for table in space.tables if (found := _times(table)) is not None]
    else:
        sums_of = [column_of(column) for column in sums]
    if names and len(sums_of) == 1:
        yield Snippet("measures", names, exp.func("SUM", sums_of[0]).sql("databricks"))
    for table in space.tables:
        own = [column_of(c) for c in table.columns if _is_amount(c, table)] or [*filter(None, [_times(table)])]
        if len(own) == 1 and (noun := " ".join(_sold(table))):
            yield Snippet(
                "measures", tuple(f"{noun} {name}" for name in names), exp.func("SUM", own[0]).sql("databricks")
            )


def _sold(table: Table) -> Iterator[str]:
    """What deals are of, as their table is called: snacks of `snack_sales`, tickets of `ticket orders`."""
    words = table.spoken.lower().split()
    yield from words[:-1] if len(words) == 2 and stem(words[-1]) in _DEALS else ()


def _is_amount(column: Column, table: Table) -> bool:
    """A sum of money for each deal, be it its price where nothing says how many were sold."""
    if not _DEALS & set(stems(table.spoken)) or column.kind != NUMBER or column.unique:
        return False
    priced = column.spoken.lower().endswith("price") and not _counts(table, column) and not is_unit_price(column)
    return bool(_WHOLE_SUMS & set(stems(column.spoken))) or priced


def _counts(table: Table, price: Column) -> list[Column]:
    """The numbers of pieces that such a price is for: a quantity, or the packs of `Price of one pack`."""
    pieces = _PIECES | {priced_piece(price)}
    return [c for c in table.columns if c.kind == NUMBER and not c.refers and pieces & set(stems(c.spoken))]


def _times(table: Table) -> exp.Expr | None:
    prices = [c for name in _UNIT_PRICES if (c := table.column(name)) is not None]
    counts = [c for c in _counts(table, prices[0]) if c != prices[0]] if prices else []
    less = [c for c in table.columns if c.kind == NUMBER and {"discount", "rebate"} & set(stems(c.spoken))]
    if len(counts) != 1 or not prices or less:
        return None
    return exp.Mul(this=column_of(counts[0]), expression=column_of(prices[0]))
