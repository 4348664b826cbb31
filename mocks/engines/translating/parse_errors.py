"""What sqlglot's parser complains of, in the words of Databricks."""

import re
from collections.abc import Mapping
from typing import Any

from sqlglot.errors import ParseError

from mocks.engines.warehouse.sql_error import SqlError, syntax_error

END = "end of input"
_COUNTED = re.compile(
    r"Required argument '\w+' missing|number of provided arguments \((?P<given>\d+)\) is greater than the maximum "
    r"number of supported arguments \((?P<most>\d+)\)"
)


def told(error: ParseError) -> SqlError:
    """The condition: a wrong number of arguments, or else a place in the statement."""
    first = error.errors[0] if error.errors else {}
    counted = _COUNTED.search(first.get("description") or "")
    if counted is not None:
        return _wrong_count(first, counted)
    near = f"'{first['highlight']}'" if first.get("highlight") else END
    return syntax_error(near, f" (line {first.get('line', 1)}, pos {first.get('col', 0)})")


def _wrong_count(first: Mapping[str, Any], counted: re.Match[str]) -> SqlError:
    called = re.findall(r"(\w+)\s*\(", f"{first.get('start_context') or ''}{first.get('highlight') or ''}")
    name = called[-1].lower() if called else "function"
    text = f"The `{name}` requires {counted['most'] or 'more'} parameters but the actual number is "
    return SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", f"{text}{counted['given'] or 'less'}.", "42605")
