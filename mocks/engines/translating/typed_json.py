"""Values of any type as JSON and CSV in Spark's way, and their hashes: each comes as a type of DuckDB and as JSON."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mocks.engines.translating.spark_hashes import SEED, hashed, murmur3, xxhash64
from mocks.engines.warehouse.column_types import SqlType

_ESCAPED = re.compile(r"\\x([0-9A-F]{2})")
_PLAIN = 38


@lru_cache(maxsize=1024)
def type_of(text: str) -> SqlType:
    """The type that DuckDB calls so."""
    from mocks.engines.metastore.tables import duck_type

    return duck_type({"INTEGER_LITERAL": "INTEGER", "STRING_LITERAL": "VARCHAR"}.get(text, text))


def spark_hash(seed: int | None, kind: str, text: str | None) -> int:
    """Murmur3 of a value; NULL gives back the seed."""
    return hashed(murmur3, _read(text), type_of(kind), SEED if seed is None else seed)


def spark_xxhash64(seed: int | None, kind: str, text: str | None) -> int:
    """XXH64 of a value; NULL gives back the seed."""
    return hashed(xxhash64, _read(text), type_of(kind), SEED if seed is None else seed)


def to_json(kind: str, text: str, options: str) -> str:
    """The value in JSON; fields that are NULL are left out unless `ignoreNullFields` is false."""
    told = {name.lower(): value for name, value in json.loads(options).items()}
    value = _shown(_read(text), type_of(kind), told)
    return _written(value)


def to_csv(kind: str, text: str, options: str) -> str:
    """The fields of a struct as a line of CSV."""
    told = {name.lower(): value for name, value in json.loads(options).items()}
    fields = _shown(_read(text), type_of(kind), {**told, "ignorenullfields": "false"})
    line = io.StringIO()
    separator = told.get("sep", told.get("delimiter", ","))
    csv.writer(line, delimiter=separator, lineterminator="").writerow(_cell(value) for value in fields.values())
    return line.getvalue()


def csv_object(text: str, names: Sequence[str], separator: str) -> str:
    """A line of CSV as a JSON object of texts."""
    row = next(csv.reader([text], delimiter=separator, skipinitialspace=True), [])
    cells = [cell.strip() or None for cell in row]
    return json.dumps(dict(zip(names, [*cells, *[None] * len(names)], strict=False)))


def csv_schema(text: str) -> str:
    """The types of a line of CSV: `STRUCT<_c0: INT, _c1: STRING>`."""
    row = next(csv.reader([text], skipinitialspace=True), [])
    return f"STRUCT<{', '.join(f'_c{at}: {_guessed(cell.strip())}' for at, cell in enumerate(row))}>"


def variant_schema(text: str) -> str:
    """The type of a VARIANT: `OBJECT<a: BIGINT>`."""
    return _variant(json.loads(text))


def _read(text: str | None) -> Any:
    if text is None:
        return None
    return json.loads(text, parse_float=Decimal)


def _shown(value: Any, kind: SqlType, told: dict[str, str]) -> Any:
    if value is None:
        return None
    match kind.keyword:
        case "STRUCT":
            keeps = told.get("ignorenullfields", "true").lower() == "false"
            parts = zip(kind.children, value.values(), strict=True)
            shown = ((name, _shown(part, child, told)) for (name, child), part in parts)
            return {name: part for name, part in shown if part is not None or keeps}
        case "ARRAY":
            return [_shown(part, kind.children[0][1], told) for part in value]
        case "MAP":
            return {name: _shown(part, kind.children[1][1], told) for name, part in value.items()}
        case "DATE" if "dateformat" in told:
            return datetime.fromisoformat(value).strftime(told["dateformat"])
        case "TIMESTAMP" | "TIMESTAMP_NTZ":
            return _time(datetime.fromisoformat(value), told)
        case "DECIMAL":
            return Decimal(value).quantize(Decimal(1).scaleb(-(kind.scale or 0)))
        case "BINARY":
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return value


def _written(value: Any) -> str:
    """JSON in which decimals keep their digits."""
    match value:
        case dict():
            parts = (f"{json.dumps(str(name), ensure_ascii=False)}:{_written(one)}" for name, one in value.items())
            return "{" + ",".join(parts) + "}"
        case list():
            return "[" + ",".join(map(_written, value)) + "]"
        case Decimal():
            return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < _PLAIN else str(float(value))
    return json.dumps(value, ensure_ascii=False)


def _time(moment: datetime, told: dict[str, str]) -> str:
    if "timestampformat" in told:
        return moment.strftime(told["timestampformat"])
    text = moment.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")
    return text.removesuffix("+00:00") + ("Z" if text.endswith("+00:00") else "")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _guessed(cell: str) -> str:
    for pattern, kind in ((r"[+-]?\d{1,9}", "INT"), (r"[+-]?\d+", "BIGINT"), (r"[+-]?\d*\.\d+", "DOUBLE")):
        if re.fullmatch(pattern, cell):
            return kind
    if cell.lower() in ("true", "false"):
        return "BOOLEAN"
    return "DATE" if re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else "STRING"


def _variant(value: Any) -> str:
    match value:
        case None:
            return "VOID"
        case bool():
            return "BOOLEAN"
        case int():
            return "BIGINT"
        case float():
            number = Decimal(repr(value)).as_tuple()
            return f"DECIMAL({max(len(number.digits), -int(number.exponent))},{-int(number.exponent)})"
        case list():
            kinds = {_variant(part) for part in value}
            return f"ARRAY<{kinds.pop() if len(kinds) == 1 else 'VARIANT' if kinds else 'VOID'}>"
        case dict():
            return f"OBJECT<{', '.join(f'{name}: {_variant(part)}' for name, part in sorted(value.items()))}>"
    return "STRING"
