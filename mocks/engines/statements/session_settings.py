"""SET and RESET: the settings of a SQL warehouse, taken where they can be kept and refused where they cannot."""

import re
from dataclasses import replace
from zoneinfo import available_timezones

from mocks.engines.metastore.tables import Result
from mocks.engines.statements.command_words import texts
from mocks.engines.statements.session_state import DEFAULTS, ENGINE_TIME_ZONE, SessionState
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_SPARK = {"SPARK.SQL.ANSI.ENABLED": "ANSI_MODE", "SPARK.SQL.SESSION.TIMEZONE": "TIMEZONE"}
_SPARK["SPARK.SQL.LEGACY.TIMEPARSERPOLICY"] = "LEGACY_TIME_PARSER_POLICY"
# What the sandbox computes in one way only.
_ONLY = {"ANSI_MODE": ("true",), "LEGACY_TIME_PARSER_POLICY": ("exception", "corrected")}
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")


def changed(state: SessionState, name: str, value: str) -> tuple[SessionState, Result]:
    """The state with the setting, and what SET shows.

    Raises: SqlError
    """
    key = _setting(name)
    if key in _ONLY and value.lower() not in _ONLY[key]:
        raise unsupported(f"{name} = {value}: it computes as with {DEFAULTS[key]}")
    if key == "STATEMENT_TIMEOUT" and not value.isdigit():
        raise SqlError(
            "INVALID_CONF_VALUE.TYPE_MISMATCH", f"The value '{value}' in the config \"{name}\" is invalid.", "22022"
        )
    told = zone(value) if key == "TIMEZONE" else value
    return state.with_setting(key, told), texts(["key", "value"], [[name, value]])


def told(state: SessionState, name: str | None) -> Result:
    """The value of one setting, or of all.

    Raises: SqlError
    """
    names = [_setting(name)] if name else sorted(DEFAULTS)
    return texts(["key", "value"], [[name or one, state.setting(one)] for one in names])


def reset(state: SessionState, name: str) -> SessionState:
    """The state with the defaults of one setting, or of all.

    Raises: SqlError
    """
    gone = {_setting(name)} if name else set(DEFAULTS)
    return replace(state, settings=tuple(pair for pair in state.settings if pair[0] not in gone))


def time_zone(said: str) -> str:
    """The zone of `SET TIME ZONE LOCAL | 'region' | INTERVAL '…' HOUR TO MINUTE`.

    Raises: SqlError
    """
    said = said.strip().rstrip(";").strip()
    if said.upper() == "LOCAL":
        return ENGINE_TIME_ZONE
    quoted = re.fullmatch(r"(?:INTERVAL\s+)?['\"]?([^'\"]+)['\"]?(?:\s+HOURS?(?:\s+TO\s+MINUTE)?)?", said, re.I)
    text = quoted[1] if quoted else said
    if said.upper().startswith("INTERVAL") and not text.startswith(("+", "-")):
        text = f"+{text}"
    return zone(text)


def zone(name: str) -> str:
    """The name of a zone as the engine knows it.

    Raises: SqlError
    """
    offset = _OFFSET.fullmatch(name.strip())
    if offset and (int(offset[3] or 0) == 0):
        sign = "-" if offset[1] == "+" else "+"  # POSIX counts the other way
        return f"Etc/GMT{sign}{int(offset[2])}" if int(offset[2]) else ENGINE_TIME_ZONE
    known = {one.lower(): one for one in available_timezones()}
    if name.lower() not in known:
        text = f"The value '{name}' in the config \"spark.sql.session.timeZone\" is invalid."
        raise SqlError("INVALID_CONF_VALUE.TIME_ZONE", f"{text} Cannot resolve the given timezone.", "22022")
    return known[name.lower()]


def _setting(name: str) -> str:
    key = _SPARK.get(name.upper(), name.upper())
    if key not in DEFAULTS:
        raise SqlError("CONFIG_NOT_AVAILABLE", f"Configuration {name} is not available.", "42K0I")
    return key
