"""Functions of Spark that DuckDB has no means for, computed row by row in Python."""

import hashlib
import re
import zlib
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mocks.core.workspace import Workspace
from mocks.engines.translating import typed_json
from mocks.engines.translating.number_formats import java_number, to_char, to_number
from mocks.engines.translating.typed_json import spark_hash, spark_xxhash64
from mocks.engines.warehouse.duck import Duck

TYPE, CONV, SOUNDEX, MASK = "sandbricks_type", "sandbricks_conv", "sandbricks_soundex", "sandbricks_mask"
URL_PART, SPLIT, CRC32, LUHN = "sandbricks_url_part", "sandbricks_split", "sandbricks_crc32", "sandbricks_luhn"
JSON_SCHEMA, HASH, XXHASH64 = "sandbricks_json_schema", "sandbricks_hash", "sandbricks_xxhash64"
TO_CHAR, TO_NUMBER, JAVA_NUMBER = "sandbricks_to_char", "sandbricks_to_number", "sandbricks_java_number"
SHA2, ENCODE, DECODE = "sandbricks_sha2", "sandbricks_encode", "sandbricks_decode"
TO_JSON, TO_CSV, CSV_OBJECT = "sandbricks_to_json", "sandbricks_to_csv", "sandbricks_csv_object"
CSV_SCHEMA, VARIANT_SCHEMA = "sandbricks_csv_schema", "sandbricks_variant_schema"
_SOUNDS = {
    letter: number
    for letters, number in (("BFPV", "1"), ("CGJKQSXZ", "2"), ("DT", "3"), ("L", "4"), ("MN", "5"), ("R", "6"))
    for letter in letters
}
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNSIGNED = 2**64


class RowFunctions:
    """Makes them callable from the SQL of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        duck, text = workspace.engine(Duck), "VARCHAR"
        functions: tuple[tuple[str, Callable[..., Any], tuple[str, ...], str], ...] = (
            (TYPE, type_text, (text,), text),
            (CONV, conv, (text, "INTEGER", "INTEGER"), text),
            (SOUNDEX, soundex, (text,), text),
            (MASK, mask, (text,) * 5, text),
            (URL_PART, url_part, (text,) * 3, text),
            (SPLIT, split, (text, text, "INTEGER"), "VARCHAR[]"),
            (CRC32, lambda value: zlib.crc32(value.encode()), (text,), "BIGINT"),
            (LUHN, luhn, (text,), "BOOLEAN"),
            (JSON_SCHEMA, json_schema, (text,), text),
            (TO_CHAR, lambda value, form: to_char(Decimal(value), form), (text, text), text),
            (TO_NUMBER, number_text, (text, text), text),
            (JAVA_NUMBER, lambda value, form: java_number(Decimal(value), form), (text, text), text),
            (SHA2, lambda value, bits: hashlib.new(f"sha{bits}", value.encode()).hexdigest(), (text, "INTEGER"), text),
            (ENCODE, encoded, (text, text), "BLOB"),
            (DECODE, lambda value, charset: value.decode(charset), ("BLOB", text), text),
            (TO_JSON, typed_json.to_json, (text, text, text), text),
            (TO_CSV, typed_json.to_csv, (text, text, text), text),
            (CSV_OBJECT, typed_json.csv_object, (text, "VARCHAR[]", text), text),
            (CSV_SCHEMA, typed_json.csv_schema, (text,), text),
            (VARIANT_SCHEMA, typed_json.variant_schema, (text,), text),
        )
        for name, compute, parameters, returned in functions:
            duck.register(name, by_rows(compute, returned), parameters, returned)
        for name, how, returned in ((HASH, spark_hash, "INTEGER"), (XXHASH64, spark_xxhash64, "BIGINT")):
            duck.register(name, by_rows(how, returned, nulls=True), (returned, text, text), returned)


@lru_cache(maxsize=1024)
def type_text(kind: str) -> str:
    """The Databricks name of a type of DuckDB: `map<string,int>`."""
    from mocks.engines.metastore.tables import duck_type

    return duck_type("INTEGER" if kind == "INTEGER_LITERAL" else kind).catalog_text


def conv(number: str, base: int, to: int) -> str | None:
    """`conv('100', 2, 10)` is 4; a negative target base gives a signed result (docs: functions/conv)."""
    if not (2 <= base <= 36 and 2 <= abs(to) <= 36):
        return None
    allowed = _DIGITS[:base]
    found = re.match(rf"\s*(-?)([{allowed}]*)", number.upper())
    value = int(found[2] or "0", base) if found else 0
    value = min(value, _UNSIGNED - 1)
    if found and found[1]:
        value = -value if to < 0 else (_UNSIGNED - value) % _UNSIGNED
    sign, value = ("-", -value) if value < 0 else ("", value)
    digits = ""
    while value:
        value, digit = divmod(value, abs(to))
        digits = _DIGITS[digit] + digits
    return sign + (digits or "0")


def soundex(text: str) -> str:
    """The letter and three numbers of a name's sound."""
    letters = text.upper()
    if not letters[:1].isascii() or not letters[:1].isalpha():
        return text
    code, last = letters[0], _SOUNDS.get(letters[0], "")
    for letter in letters[1:]:
        sound = _SOUNDS.get(letter, "")
        if sound and sound != last:
            code += sound
        if letter not in "HW":
            last = sound
    return (code + "000")[:4]


def mask(text: str, upper: str, lower: str, digit: str, other: str) -> str:
    """Each character replaced by that of its sort; an empty one leaves it as it is."""

    def replaced(letter: str) -> str:
        for holds, by in ((letter.isupper(), upper), (letter.islower(), lower), (letter.isdigit(), digit)):
            if holds:
                return by or letter
        return other or letter

    return "".join(map(replaced, text))


def url_part(url: str, part: str, key: str) -> str | None:
    """A part of a URL by its name (docs: functions/parse_url)."""
    found = urlsplit(url)
    if part == "QUERY" and key:
        return next(iter(parse_qs(found.query, keep_blank_values=True).get(key, ())), None)
    file = found.path + (f"?{found.query}" if found.query else "")
    userinfo = found.netloc.rpartition("@")[0]
    parts = {"HOST": found.hostname, "PATH": found.path, "QUERY": found.query or None, "REF": found.fragment or None}
    parts |= {"PROTOCOL": found.scheme, "FILE": file, "AUTHORITY": found.netloc, "USERINFO": userinfo or None}
    return parts.get(part)


def split(text: str, pattern: str, limit: int) -> list[str]:
    """The parts around what a pattern matches, at most as many as the limit if that is positive."""
    parts: list[str] = []
    start = 0
    for found in re.finditer(pattern, text):
        if 0 < limit <= len(parts) + 1:
            break
        if found.end() > found.start():
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def encoded(text: str, charset: str) -> bytes:
    """The bytes of a text; of UTF-16 the big end comes first, behind a mark that says so."""
    if charset == "utf-16":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode("utf-32-be" if charset == "utf-32" else charset, errors="replace")


def number_text(text: str, form: str) -> str | None:
    """The digits of the number that a text says in that format."""
    found = to_number(text, form)
    return None if found is None else f"{found:f}"


def luhn(text: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    if not text.isdigit():
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(text))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def json_schema(text: str) -> str:
    """The type of a JSON text: `STRUCT<a: BIGINT>`."""
    import json

    return _schema(json.loads(text))


def _schema(value: Any) -> str:
    match value:
        case bool():
            return "BOOLEAN"
        case int():
            return "BIGINT"
        case float():
            return "DOUBLE"
        case list():
            return f"ARRAY<{_schema(value[0]) if value else 'STRING'}>"
        case dict():
            return f"STRUCT<{', '.join(f'{name}: {_schema(part)}' for name, part in sorted(value.items()))}>"
    return "STRING"


def by_rows(compute: Callable[..., Any], returned: str, *, nulls: bool = False) -> Callable[..., Any]:
    """The function over columns; a row with a null is null unless the function wants to see it."""

    def over_columns(*columns: Any) -> Any:
        import pyarrow as pa

        from mocks.engines.metastore.tables import duck_type
        from mocks.engines.warehouse.cells import arrow_type

        rows = zip(*(column.to_pylist() for column in columns), strict=True)
        return pa.array(
            [None if None in row and not nulls else compute(*row) for row in rows], arrow_type(duck_type(returned))
        )

    return over_columns
