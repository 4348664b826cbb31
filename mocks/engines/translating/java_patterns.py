"""Java's patterns of dates and times (docs: sql-ref-datetime-pattern) as formats of DuckDB."""

import re
from collections.abc import Iterator

from sqlglot import exp

from mocks.engines.translating.duck_templates import made, text_of
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_RUN = re.compile(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|([^A-Za-z'\[\]]+)|([\[\]])", re.DOTALL)
_FORMATS = {
    **dict.fromkeys(("y", "yyy", "yyyy", "u", "uuuu"), "%Y"),
    **dict.fromkeys(("yy", "uu"), "%y"),
    "M": "%-m",
    "MM": "%m",
    "MMM": "%b",
    "MMMM": "%B",
    "L": "%-m",
    "LL": "%m",
    "LLL": "%b",
    "LLLL": "%B",
    "d": "%-d",
    "dd": "%d",
    "D": "%-j",
    "DDD": "%j",
    "a": "%p",
    "E": "%a",
    "EE": "%a",
    "EEE": "%a",
    "EEEE": "%A",
    "H": "%-H",
    "HH": "%H",
    "h": "%-I",
    "hh": "%I",
    "m": "%-M",
    "mm": "%M",
    "s": "%-S",
    "ss": "%S",
    "SSS": "%g",
    "SSSSSS": "%f",
}
_QUARTERS = {"Q": "", "QQ": "0", "QQQ": "Q"}
_OFFSET = "CASE WHEN length(strftime(_0, '%z')) = 3 THEN strftime(_0, '%z') || ':00' ELSE strftime(_0, '%z') END"
_ZONES = {
    "XXX": f"CASE WHEN strftime(_0, '%z') = '+00' THEN 'Z' ELSE {_OFFSET} END",
    "xxx": _OFFSET,
    "XX": f"CASE WHEN strftime(_0, '%z') = '+00' THEN 'Z' ELSE replace({_OFFSET}, ':', '') END",
    "xx": f"replace({_OFFSET}, ':', '')",
    **dict.fromkeys(("Z", "ZZ", "ZZZ"), f"replace({_OFFSET}, ':', '')"),
    **dict.fromkeys(("z", "zz", "zzz"), "replace(strftime(_0, '%Z'), 'Etc/', '')"),
    "VV": "strftime(_0, '%Z')",
}
DEFAULT = "yyyy-MM-dd HH:mm:ss"


def _runs(pattern: str) -> Iterator[tuple[str, str]]:
    """The parts of a pattern: letters, literal texts, and brackets of optional sections."""
    at = 0
    while at < len(pattern):
        found = _RUN.match(pattern, at)
        if found is None:
            raise _refused(pattern)
        at = found.end()
        if found[2]:
            yield "letters", found[2]
        elif found[5]:
            yield "bracket", found[5]
        else:
            yield "text", found[4] or (found[1] or "").replace("''", "'") or "'"


def formatted(value: exp.Expr, pattern: exp.Expr) -> exp.Expr:
    """The text of a date or time.

    Raises: SqlError
    """
    parts: list[exp.Expr] = []
    plain = ""
    for sort, run in _runs(_told(pattern)):
        if sort == "bracket":
            continue
        special = None if sort == "text" or run in _FORMATS else _special(value, run, _told(pattern))
        if special is None:
            plain += run.replace("%", "%%") if sort == "text" else _FORMATS[run]
        else:
            parts += [_by_format(value, plain), special] if plain else [special]
            plain = ""
    parts += [_by_format(value, plain)] if plain or not parts else []
    joined = parts[0]
    for part in parts[1:]:
        joined = exp.DPipe(this=joined, expression=part)
    return exp.Paren(this=joined) if len(parts) > 1 else joined


def plain_format(pattern: str) -> str:
    """The format of a pattern that needs nothing else.

    Raises: SqlError
    """
    runs = list(_runs(pattern))
    if any(sort == "bracket" or (sort == "letters" and run not in _FORMATS) for sort, run in runs):
        raise _refused(pattern)
    return "".join(run.replace("%", "%%") if sort == "text" else _FORMATS[run] for sort, run in runs)


def _by_format(value: exp.Expr, text: str) -> exp.Expr:
    return made("strftime(_0, _1)", value, exp.Literal.string(text))


def _special(value: exp.Expr, run: str, pattern: str) -> exp.Expr:
    """What no format of DuckDB gives."""
    if run.upper() in _QUARTERS:
        return made("_0 || CAST(quarter(_1) AS VARCHAR)", exp.Literal.string(_QUARTERS[run.upper()]), value)
    if run in _ZONES:
        return made(_ZONES[run], value)
    if set(run) == {"S"} and len(run) <= 9:
        return made("left(strftime(_0, '%n'), _1)", value, exp.Literal.number(len(run)))
    raise _refused(pattern)


def parsed(text: exp.Expr, pattern: exp.Expr) -> exp.Expr:
    """The TIMESTAMP that a text says.

    Raises: SqlError
    """
    told = _told(pattern)
    variants = [""]
    optional: list[str] | None = None
    for sort, run in _runs(told):
        if run == "[":
            optional = list(variants)
        elif run == "]":
            variants, optional = variants + (optional or []), None
        else:
            part = run.replace("%", "%%") if sort == "text" else _parsing(run, told)
            variants = [known + part for known in variants]
    source = made("regexp_replace(_0, 'Z$', '+00:00')", text) if re.search("[XZx]$", told) else text
    formats = [exp.Literal.string(one) for one in variants]
    how = formats[0] if len(formats) == 1 else exp.Array(expressions=formats)
    return exp.Anonymous(this="strptime", expressions=[source.copy(), how])


def _parsing(run: str, pattern: str) -> str:
    if run in _FORMATS:
        return _FORMATS[run]
    if set(run) <= {"S"}:
        return "%f"
    if run in _ZONES and run[0] in "XxZ":
        return "%z"
    raise _refused(pattern)


def _told(pattern: exp.Expr) -> str:
    told = text_of(pattern)
    if told is None:
        raise unsupported("a pattern of dates that is no literal")
    return told


def _refused(pattern: str) -> SqlError:
    return unsupported(f"the pattern '{pattern}' of dates")
