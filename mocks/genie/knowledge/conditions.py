"""Conditions as curators word them: `closed_on is empty`, `with a chrn_dt`, `more than 3 seats`, `of type V`."""

import re
from collections.abc import Callable, Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import ParseError, TokenError

from mocks.genie.knowledge.quantities import scale, the_measured
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Space, Table
from mocks.genie.knowledge.written import column_of, is_null, is_true, not_null
from mocks.genie.language.units import UNITS
from mocks.genie.language.words import stem, stems

_LEAD = re.compile(
    r"^(?:(?:that|which|who|whose|where|when|it|they|he|she|its|their|his|her|the|an?|there is|there are)\s+)+", re.I
)
_LASTS = re.compile(r"^(?:lasts?|lasted|takes?|took|runs?|ran|weighs?) (?=\w+ than|over|under|at )", re.I)
_C = r"[`\"]?(?P<column>[\w.]+(?: [\w.]+){0,3}?)[`\"]?"
_OTHER = r"(?:the |its |their )?[`\"]?(?P<other>[\w.]+(?: [\w.]+){0,3}?)[`\"]?"
_BE = r"(?:is|are|was|were|has been|have been|comes|came|lies|falls)"
_NUMBER = r"(?P<number>-?\d[\d,]*(?:\.\d+)?) ?(?P<unit>%|[A-Za-z]+)?"
_COMPARED = {
    ">": r"more than|over|above|greater than|higher than|larger than|longer than|exceeds|exceeding|exceed|>",
    ">=": r"at least|no less than|not less than|not below|not under|a minimum of|>=",
    "<": r"less than|fewer than|under|below|lower than|smaller than|shorter than|<",
    "<=": r"at most|no more than|not more than|not above|not over|up to|a maximum of|<=",
}
_ORDERED = {
    "<=": r"not (?:after|later than)|no later than|on or before|at or before|by",
    ">=": r"not (?:before|earlier than)|no earlier than|on or after|at or after|reach(?:es)?",
    ">": r"after|later than|above|more than|greater than|higher than|over|exceeds|>",
    "<": r"before|earlier than|below|less than|lower than|under|<",
    "<>": r"not (?:the same as|equal to)|different from|differs from",
}
_KINDS: dict[str, type[exp.Binary]] = {">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE, "<>": exp.NEQ}
_NO = r"(?:(?:has|have|had|with) (?:no|never (?:had )?an?|not (?:got )?an?)|without(?: an?y?| any)?|lacks?(?: an?)?)"
_WITH = r"(?:has|have|having|with)(?: an?| the| any)?"
_PAST = rf"(?:{_BE} )?(?:in the past|before today|(?:has |have )?(?:passed|gone by))"
_TO_COME = rf"(?:{_BE} )?(?:not in the past|in the future|not before today|today or later|has not (?:yet )?passed)"
_NOT_SET = r"(?:empty|null|missing|blank|unset|not (?:set|filled|filled in|known|given|there|present)|absent)"
_SET = r"(?:not (?:empty|null|missing|blank|unset)|filled(?: in)?|set|given|present|known|there)"

_Read = Callable[[re.Match[str], "_Place"], exp.Expr | None]


def condition(text: str, table: Table | None, space: Space) -> exp.Expr | None:
    """What a text says of the rows of a table, or of those whose columns it names; nothing if a part is unclear."""
    if not text.strip():
        return None
    place = _Place(table, space)
    if (written := _written(text, place)) is not None:
        return written
    for word, both in ((r"\s+or\s+", exp.or_), (r",?\s+(?:and|but)\s+", exp.and_)):
        parts = _parts(text, word)
        known = [_alone(part, place) for part in parts]
        if all(part is not None for part in known):
            return both(*(part for part in known if part is not None))
    return None


def column_named(text: str, table: Table | None, space: Space) -> Column | None:
    """The column of that name, or called so in words; of the table, else the only one of all tables."""
    owner, _, name = text.strip().rpartition(".")
    if owner:
        tables = [t for t in space.tables if stems(owner.rpartition(".")[2]) in (stems(t.name), stems(t.spoken))]
        return next((column for t in tables if (column := t.column(name)) is not None), None)
    for tables in ([table] if table is not None else [], list(space.tables)):
        for is_called in (_is_named, _is_spoken, *((_is_headed,) if table in tables else ())):
            found = [c for t in tables for c in t.columns if is_called(c, text)]
            if len(found) == 1:
                return found[0]
    return None


def _is_named(column: Column, text: str) -> bool:
    return column.name.lower() == text.strip().lower()


def _is_spoken(column: Column, text: str) -> bool:
    said = stems(text)
    names = (column.spoken, *column.synonyms)
    short = [words for words in map(stems, names) if words]
    core = said[:-1] if said[-1:] == ("dat",) else said
    return said in short or (column.kind == DATE and any((*core, word) in short for word in ("dat", "on", "at", "day")))


def _is_headed(column: Column, text: str) -> bool:
    said, words = stems(text), stems(column.spoken)
    return bool(said) and words[-len(said) :] == said


class _Place:
    """Where the columns of a condition are looked for."""

    def __init__(self, table: Table | None, space: Space) -> None:
        self.table, self.space = table, space

    def column(self, text: str) -> Column | None:
        return column_named(text, self.table, self.space)


def _parts(text: str, word: str) -> list[str]:
    return [part.strip() for part in re.split(word, text, flags=re.I) if part.strip()]


def _written(text: str, place: _Place) -> exp.Expr | None:
    """A condition in SQL over columns that there are."""
    try:
        tree = parse_one(text, read="databricks", into=exp.Condition)
    except (ParseError, TokenError, ValueError):
        return None
    if not isinstance(tree, exp.Predicate | exp.Connector | exp.Not) or not tree.find(exp.Column):
        return None
    plain = _with_equals(tree)
    for node in [*plain.find_all(exp.Column)] if plain is not None else ():
        column = place.column(f"{node.table}.{node.name}" if node.table else node.name)
        if column is None:
            return None
        alone = isinstance(node.parent, exp.Not | exp.Connector | exp.Paren) and column.kind != BOOLEAN
        node.replace(not_null(column) if alone else column_of(column))
    return plain


def _with_equals(tree: exp.Expr) -> exp.Expr | None:
    """`state is 'Done'` as an equation; nothing for `closed_on is filled`, where the last is no column."""
    for node in [*tree.find_all(exp.Is)]:
        if isinstance(node.expression, exp.Column):
            return None
        if isinstance(node.expression, exp.Literal):
            equal = exp.EQ(this=node.this, expression=node.expression)
            tree = equal if node is tree else tree
            node.replace(equal)
    return tree


def _alone(text: str, place: _Place) -> exp.Expr | None:
    """One condition without `and`."""
    if (written := _written(text, place)) is not None:
        return written
    plain = _LASTS.sub("", _LEAD.sub("", text.strip().rstrip(". ")))
    if plain != text and (written := _written(plain, place)) is not None:
        return written
    for pattern, read in _FORMS:
        found = pattern.match(plain)
        if found is not None and (known := read(found, place)) is not None:
            return known
    return None


def _empty(found: re.Match[str], place: _Place) -> exp.Expr | None:
    column = place.column(found["column"])
    if column is None:
        return None
    if column.kind == BOOLEAN:
        return exp.not_(is_true(column))
    return is_null(column)


def _from_today(found: re.Match[str], place: _Place) -> exp.Expr | None:
    """`is in the past`, `is not in the past`."""
    column, kind = place.column(found["column"]), exp.LT if found["past"] else exp.GTE
    if column is None or column.kind != DATE:
        return None
    return kind(this=column_of(column), expression=exp.CurrentDate())


def _undone(found: re.Match[str], place: _Place) -> exp.Expr | None:
    """`is not closed`, of a day or a flag."""
    column = place.column(found["column"])
    told = column is not None and (column.kind in (DATE, BOOLEAN) or column.refers)
    return _empty(found, place) if told else None


def _filled(found: re.Match[str], place: _Place) -> exp.Expr | None:
    column = place.column(found["column"])
    if column is None:
        return None
    return is_true(column) if column.kind == BOOLEAN else not_null(column)


def _truth(found: re.Match[str], place: _Place) -> exp.Expr | None:
    column = place.column(found["column"])
    if column is None or column.kind != BOOLEAN:
        return None
    return is_true(column) if found["truth"].lower() in ("true", "yes", "y", "set", "1") else exp.not_(is_true(column))


def _ordered(found: re.Match[str], place: _Place) -> exp.Expr | None:
    one, other = place.column(found["column"]), place.column(found["other"])
    if one is None or other is None or one.kind != other.kind or one == other:
        return None
    return _KINDS[_sign(_ORDERED, found["order"])](this=column_of(one), expression=column_of(other))


def _measured(found: re.Match[str], place: _Place) -> exp.Expr | None:
    """`more than 60 minutes`: the one number of the table in that unit, or in another of the same quantity."""
    unit = UNITS.get(stem(found["unit"] or ""))
    column = the_measured(place.table.columns, unit) if place.table is not None and unit is not None else None
    if column is None or unit is None:
        return None
    number = float(found["number"].replace(",", "")) * scale(column, unit)
    return _KINDS[_sign(_COMPARED, found["order"])](
        this=column_of(column), expression=exp.Literal.number(f"{number:.10g}")
    )


def _compared(found: re.Match[str], place: _Place) -> exp.Expr | None:
    column = place.column(found["column"])
    if column is None or column.kind != NUMBER:
        return None
    number = exp.Literal.number(found["number"].replace(",", ""))
    return _KINDS[_sign(_COMPARED, found["order"])](this=column_of(column), expression=number)


def _sign(signs: dict[str, str], said: str) -> str:
    return next(sign for sign, pattern in signs.items() if re.fullmatch(pattern, said, re.I))


def _valued(found: re.Match[str], place: _Place) -> exp.Expr | None:
    words = f"{found['column']} {found['values']}".split()
    for size in range(1, min(5, len(words))):
        column = place.column(" ".join(words[:size]))
        text = re.sub(r"^(?:of|is|are|=) ", "", " ".join(words[size:]))
        values = [*_values(text, column)] if column is not None else []
        kept = [value for value in values if value is not None]
        if column is not None and kept and len(kept) == len(values):
            named = column_of(column)
            return exp.EQ(this=named, expression=kept[0]) if len(kept) == 1 else named.isin(*kept)
    return None


def _state(found: re.Match[str], place: _Place) -> exp.Expr | None:
    """`is accepted`, `are on S or M`: values that only one column of the table holds."""
    known: list[exp.Expr] = []
    for column in place.table.columns if place.table is not None else ():
        values = [*_values(found["values"], column)] if column.kind == TEXT else []
        kept = [value for value in values if value is not None]
        if kept and len(kept) == len(values):
            known.append(column_of(column).isin(*kept) if len(kept) > 1 else column_of(column).eq(kept[0]))
    return known[0] if len(known) == 1 else None


def _values(text: str, column: Column) -> Iterator[exp.Expr | None]:
    """The values that a text lists, each as the column spells it; nothing for one that it does not hold."""
    known = {value.lower(): value for value in column.values}
    for part in re.split(r",\s*(?:or|and)?\s*|\s+(?:or|and)\s+", text.strip("() ")):
        said = part.strip(" \"'`“”()")
        if column.kind == TEXT and said.lower() in known:
            yield exp.Literal.string(known[said.lower()])
        else:
            is_number = column.kind == NUMBER and re.fullmatch(r"-?\d+(?:\.\d+)?", said)
            yield exp.Literal.number(said) if is_number else None


def _either(signs: dict[str, str]) -> str:
    return "|".join(signs.values())


def _denied(found: re.Match[str], place: _Place) -> exp.Expr | None:
    same = _valued(found, place)
    return exp.not_(same) if same is not None else None


def _flag(found: re.Match[str], place: _Place) -> exp.Expr | None:
    """A flag alone."""
    column = place.column(re.sub(rf"^(?:{_BE}) ", "", found["column"]))
    return is_true(column) if column is not None and column.kind == BOOLEAN else None


_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern, re.I), read)
    for pattern, read in (
        (rf"^{_C} {_BE} (?:still |yet )?{_NOT_SET}(?: yet)?$", _empty),
        (rf"^{_NO} {_C}(?: date| yet)*$", _empty),
        (rf"^{_WITH} {_NOT_SET} {_C}$", _empty),
        (rf"^(?:{_WITH} )?{_C} (?:(?P<past>{_PAST})|{_TO_COME})$", _from_today),
        (rf"^(?:{_WITH} )?{_C} {_NOT_SET}$", _empty),
        (rf"^(?:{_WITH} )?{_C} {_SET}$", _filled),
        (rf"^(?:{_BE}|has|have) (?:not|never)(?: yet)?(?: been)? {_C}(?: yet)?$", _undone),
        (rf"^{_C} {_BE} {_SET}$", _filled),
        (rf"^(?:{_WITH} )?{_C} (?:{_BE}|=|equals) ?'?(?P<truth>true|false|yes|no|set|y|n|1|0)'?$", _truth),
        (rf"^(?:{_BE} )?{_C} (?:{_BE} )?(?P<order>{_either(_ORDERED)}) {_OTHER}$", _ordered),
        (rf"^{_C} (?:(?:{_BE}|of) )?(?P<order>{_either(_COMPARED)}) ?{_NUMBER}$", _compared),
        (rf"^(?:{_BE} |of |with )?(?P<order>{_either(_COMPARED)}) ?{_NUMBER}(?: long)?$", _measured),
        (rf"^{_WITH} (?P<order>{_either(_COMPARED)}) (?P<number>-?\d[\d,]*(?:\.\d+)?) {_C}$", _compared),
        (rf"^{_WITH} {_C} (?:of )?(?P<order>{_either(_COMPARED)}) ?{_NUMBER}$", _compared),
        (
            rf"^{_C} (?:{_BE} not|isn't|aren't|!=|<>|{_BE} (?:anything )?(?:other than|but)) (?P<values>.+)$",
            _denied,
        ),
        (rf"^(?:of|in|with|has|have|having|on) (?:an? |the )?{_C} (?:of |=|is )?(?P<values>.+)$", _valued),
        (rf"^{_C} ?(?:is one of|are one of|{_BE}|=|equals|of|in|(?=['\"(])) ?(?P<values>.+)$", _valued),
        (rf"^{_C} (?P<values>\S+)$", _valued),
        (rf"^{_BE} (?:(?:on|in|at|of) (?:an? |the )?)?(?P<values>.+)$", _state),
        (rf"^{_WITH} {_C}$", _filled),
        (rf"^{_C}$", _flag),
    )
)
