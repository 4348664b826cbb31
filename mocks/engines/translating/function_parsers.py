"""Functions that sqlglot would read otherwise than Databricks means them."""

from collections.abc import Callable
from typing import Any

from sqlglot import exp
from sqlglot.dialects.databricks import Databricks

from mocks.engines.translating.not_computed import is_not_computed

Parse = Callable[..., exp.Expr]
_KNOWN: dict[str, Parse] = dict(Databricks.Parser.FUNCTIONS)
# sqlglot makes formats of C of their patterns before it knows which letters are quoted.
_PATTERNED = ("DATE_FORMAT", "FROM_UNIXTIME", "TO_DATE", "TO_TIMESTAMP", "TO_UNIX_TIMESTAMP", "UNIX_TIMESTAMP")


def _by_name(name: str) -> Parse:
    return lambda args: exp.Anonymous(this=name.lower(), expressions=args)


FUNCTIONS: dict[str, Any] = {
    **{name: parse for name, parse in _KNOWN.items() if name != "VECTOR_SEARCH"},  # of another product
    **{name: _by_name(name) for name in _KNOWN if is_not_computed(name.lower())},
    **{name: _by_name(name) for name in _PATTERNED},
    "TIMEDIFF": _KNOWN["TIMESTAMPDIFF"],
    "USER": lambda args: exp.CurrentUser(),  # noqa: ARG005  # it takes none
}
