"""`GROUP BY window(time, '5 minutes')`: the window of each row, and its start and end in the same query."""

from sqlglot import exp

from mocks.engines.translating.duck_templates import made, text_of
from mocks.engines.warehouse.sql_error import unsupported

_WINDOW = "window"


def lower(statement: exp.Expr) -> None:
    """Replaces the calls, and the columns `window`, `window.start` and `window.end` of their queries, in place.

    Raises: SqlError
    """
    for call in list(statement.find_all(exp.Anonymous)):
        if call.name.lower() == _WINDOW and not isinstance(call.parent, exp.Dot):
            _replace(call)


def _replace(call: exp.Anonymous) -> None:
    if len(call.expressions) != 2 or text_of(call.expressions[1]) is None:
        raise unsupported("windows of time that slide or start elsewhere; only window(time, 'duration') is computed")
    time, length = call.expressions
    start = made(f"time_bucket(CAST(_0 AS INTERVAL), CAST(_1 AS TIMESTAMPTZ), {_ORIGIN})", length, time)
    end = made("_0 + CAST(_1 AS INTERVAL)", start, length)
    window = made('struct_pack(start := _0, "end" := _1)', start, end)
    query = call.find_ancestor(exp.Select)
    call.replace(start.copy() if isinstance(call.parent, exp.Group) else window.copy())
    for column in list(query.find_all(exp.Column)) if query is not None else ():
        if column.table.lower() == _WINDOW and column.name.lower() in ("start", "end"):
            part = start if column.name.lower() == "start" else end
            _stand_in(column, part.copy(), column.name)
        elif column.name.lower() == _WINDOW and not column.table:
            _stand_in(column, window.copy(), _WINDOW)


def _stand_in(column: exp.Column, value: exp.Expr, name: str) -> None:
    """In the list of columns it keeps its name."""
    column.replace(exp.alias_(value, name, quoted=True) if isinstance(column.parent, exp.Select) else value)


_ORIGIN = "TIMESTAMPTZ '1970-01-01 00:00:00+00'"
