"""What a session keeps beside its catalog and schema: temporary views, variables and settings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

ENGINE_TIME_ZONE, VARIABLE = "Etc/UTC", "session_variable_"
# The settings that a SQL warehouse has (docs: sql-ref-parameters), in the words of the reference, with their defaults.
DEFAULTS = {
    "ANSI_MODE": "true",
    "LEGACY_TIME_PARSER_POLICY": "EXCEPTION",
    "MAX_FILE_PARTITION_BYTES": "128m",
    "READ_ONLY_EXTERNAL_METASTORE": "false",
    "STATEMENT_TIMEOUT": "172800",
    "TIMEZONE": ENGINE_TIME_ZONE,
    "USE_CACHED_RESULT": "true",
}


@dataclass(frozen=True)
class Variable:
    """A session variable: its type in Databricks' words, its value in DuckDB's text form, its default expression."""

    name: str
    type_text: str
    value: str | None
    default: str = "NULL"

    @property
    def parameter(self) -> str:
        """The name of the parameter that carries its value into a statement."""
        return f"{VARIABLE}{self.name}"


@dataclass(frozen=True)
class TemporaryView:
    """A view of one session; its query names everything in full."""

    name: str
    query: str


@dataclass(frozen=True)
class SessionState:
    """All of it, as it is between two statements."""

    variables: tuple[Variable, ...] = ()
    views: tuple[TemporaryView, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The state that `written` wrote down."""
        variables = tuple(Variable(**one) for one in told.get("variables", ()))
        views = tuple(TemporaryView(**one) for one in told.get("views", ()))
        return cls(variables, views, tuple((name, value) for name, value in told.get("settings", ())))

    def variable(self, name: str) -> Variable | None:
        """The variable of that name, whatever its letters."""
        return next((one for one in self.variables if one.name == name.lower()), None)

    def view(self, name: str) -> TemporaryView | None:
        """The temporary view of that name."""
        return next((one for one in self.views if one.name == name.lower()), None)

    def setting(self, name: str) -> str:
        """The value of a setting, told or default."""
        return dict(self.settings).get(name, DEFAULTS[name])

    def with_variable(self, new: Variable) -> "SessionState":
        """With the variable in place of any of that name."""
        return replace(self, variables=(*self.without(new.name, Variable).variables, new))

    def with_view(self, new: TemporaryView) -> "SessionState":
        """With the view in place of any of that name."""
        return replace(self, views=(*self.without(new.name, TemporaryView).views, new))

    def without(self, name: str, kind: type[Variable | TemporaryView]) -> "SessionState":
        """Without the variable or view of that name."""
        if kind is Variable:
            return replace(self, variables=tuple(one for one in self.variables if one.name != name.lower()))
        return replace(self, views=tuple(one for one in self.views if one.name != name.lower()))

    def with_setting(self, name: str, value: str) -> "SessionState":
        """With a setting changed."""
        return replace(self, settings=tuple({**dict(self.settings), name: value}.items()))


NEW = SessionState()
