"""`extract` and `date_part`: the names of parts in Spark, and the seconds with their fraction."""

from sqlglot import exp

from mocks.engines.translating.duck_templates import made

_PARTS = {
    **dict.fromkeys(("DAYOFWEEK", "DOW"), "dow"),
    **dict.fromkeys(("DAYOFWEEK_ISO", "DOW_ISO"), "isodow"),
    **dict.fromkeys(("YEARS", "YR", "YRS", "Y"), "year"),
    **dict.fromkeys(("QTR",), "quarter"),
    **dict.fromkeys(("MONTHS", "MON", "MONS"), "month"),
    **dict.fromkeys(("WEEKS", "W"), "week"),
    **dict.fromkeys(("DAYS", "D"), "day"),
    **dict.fromkeys(("HOURS", "HR", "HRS", "H"), "hour"),
    **dict.fromkeys(("MINUTES", "MIN", "MINS", "M"), "minute"),
    **dict.fromkeys(("SECOND", "SECONDS", "SEC", "SECS", "S"), "second"),
    "YEAROFWEEK": "isoyear",
}


def extracted(unit: str, value: exp.Expr) -> exp.Expr:
    """That part of a date, time or interval."""
    part = _PARTS.get(unit.upper(), unit.lower())
    if part == "second":
        return made("CAST(date_part('microseconds', _0) / 1000000 AS DECIMAL(8, 6))", value)
    found = made("date_part(_0, _1)", exp.Literal.string(part), value)
    return made("_0 + 1", found) if part == "dow" else found


def change(node: exp.Expr) -> exp.Expr:
    """`extract(part FROM value)`."""
    return extracted(node.name, node.expression)
