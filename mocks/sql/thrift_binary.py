"""Thrift's binary protocol: messages and structs as bytes, by the tables of `thrift_types`; structs are plain dicts."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mocks.core.errors import MalformedRequest
from mocks.sql.thrift_types import STRUCTS, Kind

CALL, REPLY, EXCEPTION = 1, 2, 3
UNKNOWN_METHOD, INTERNAL_ERROR = 1, 6
_VERSION = 0x80010000
_STOP, _BOOL, _BYTE, _DOUBLE, _I16, _I32, _I64, _STRING, _STRUCT, _MAP, _SET, _LIST = (
    0,
    2,
    3,
    4,
    6,
    8,
    10,
    11,
    12,
    13,
    14,
    15,
)
_CODES = {
    "bool": _BOOL,
    "byte": _BYTE,
    "double": _DOUBLE,
    "i16": _I16,
    "i32": _I32,
    "i64": _I64,
    "string": _STRING,
    "binary": _STRING,
    "list": _LIST,
    "map": _MAP,
}
_NUMBERS = {_BOOL: ">?", _BYTE: ">b", _DOUBLE: ">d", _I16: ">h", _I32: ">i", _I64: ">q"}
DEEPEST = 32


@dataclass(frozen=True)
class Message:
    """A call: its method, its number, and its request."""

    method: str
    number: int
    request: dict[str, Any]


def read_message(raw: bytes) -> Message:
    """The call in these bytes.

    Raises: MalformedRequest
    """
    reader = _Reader(raw)
    version = reader.number(_I32) & 0xFFFFFFFF
    if version & 0xFFFFFF00 != _VERSION or version & 0xFF != CALL:
        raise MalformedRequest("The body is not a call in Thrift's strict binary protocol.")
    method, number = reader.text(), reader.number(_I32)
    arguments = reader.struct({1: ("req", f"T{method}Req")}) if f"T{method}Req" in STRUCTS else {}
    return Message(method, number, arguments.get("req") or {})


def reply(message: Message, response: dict[str, Any]) -> bytes:
    """The answer to a call."""
    head = _head(REPLY, message)
    return head + _field(0, f"T{message.method}Resp", response) + bytes([_STOP])


def failure(message: Message, text: str, code: int) -> bytes:
    """The refusal of a call as such."""
    return _head(EXCEPTION, message) + _field(1, "string", text) + _field(2, "i32", code) + bytes([_STOP])


def _head(sort: int, message: Message) -> bytes:
    return struct.pack(">I", _VERSION | sort) + _bytes(message.method.encode()) + struct.pack(">i", message.number)


def _bytes(value: bytes) -> bytes:
    return struct.pack(">i", len(value)) + value


def _field(number: int, kind: Kind, value: Any) -> bytes:
    return struct.pack(">bh", _code(kind), number) + _written(kind, value)


def _code(kind: Kind) -> int:
    return _CODES.get(kind if isinstance(kind, str) else str(kind[0]), _STRUCT)


def _written(kind: Kind, value: Any) -> bytes:
    if not isinstance(kind, str):
        return _written_many(kind, value)
    if kind == "string":
        return _bytes(str(value).encode())
    if kind == "binary":
        return _bytes(value)
    if kind in _CODES:
        return struct.pack(_NUMBERS[_CODES[kind]], value)
    fields = STRUCTS[kind]
    told = [(number, name, sort) for number, (name, sort) in fields.items() if value.get(name) is not None]
    return b"".join(_field(number, sort, value[name]) for number, name, sort in told) + bytes([_STOP])


def _written_many(kind: tuple[Any, ...], value: Any) -> bytes:
    if kind[0] == "map":
        head = struct.pack(">bbi", _code(kind[1]), _code(kind[2]), len(value))
        return head + b"".join(_written(kind[1], key) + _written(kind[2], item) for key, item in value.items())
    element = kind[1]
    head = struct.pack(">bi", _code(element), len(value))
    if isinstance(element, str) and _CODES.get(element) in _NUMBERS:  # columns of numbers: all at once
        return head + struct.pack(f">{len(value)}{_NUMBERS[_CODES[element]][1]}", *value)
    return head + b"".join(_written(element, item) for item in value)


class _Reader:
    """Reads values from left to right; every length is checked before it is believed."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at, self._depth = raw, 0, 0

    def number(self, code: int) -> Any:
        form = _NUMBERS[code]
        return struct.unpack(form, self._take(struct.calcsize(form)))[0]

    def bytes_(self) -> bytes:
        return self._take(self._count(1))

    def text(self) -> str:
        try:
            return self.bytes_().decode()
        except UnicodeDecodeError:
            raise MalformedRequest("A text of the Thrift message is not valid UTF-8.") from None

    def struct(self, fields: dict[int, tuple[str, Kind]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (code := self._byte()) != _STOP:
            number = self.number(_I16)
            name, kind = fields.get(number, ("", ""))
            if name and _code(kind) == code:
                found[name] = self._value(code, kind)
            else:
                self._value(code, "")
        return found

    def _value(self, code: int, kind: Kind) -> Any:
        """A value of the kind, or of no known one, which is read to be skipped."""
        if code in _NUMBERS:
            return self.number(code)
        if code == _STRING:
            return self.text() if kind == "string" else self.bytes_()
        self._depth += 1
        if self._depth > DEEPEST:
            raise MalformedRequest("The Thrift message is nested too deeply.")
        readers: dict[int, Callable[[Kind], Any]] = {
            _STRUCT: self._known,
            _MAP: self._map,
            _LIST: self._list,
            _SET: self._list,
        }
        if code not in readers:
            raise MalformedRequest(f"The Thrift message has a value of the unknown type {code}.")
        value = readers[code](kind)
        self._depth -= 1
        return value

    def _known(self, kind: Kind) -> dict[str, Any]:
        return self.struct(STRUCTS.get(str(kind), {}))

    def _list(self, kind: Kind) -> list[Any]:
        code, element = self._byte(), kind[1] if isinstance(kind, tuple) else ""
        return [self._value(code, element) for _ in range(self._count(1))]

    def _map(self, kind: Kind) -> dict[Any, Any]:
        codes = self._byte(), self._byte()
        kinds = kind[1:] if isinstance(kind, tuple) else ("", "")
        pairs = [
            [self._value(code, one) for code, one in zip(codes, kinds, strict=True)] for _ in range(self._count(2))
        ]
        try:
            return dict(pairs)
        except TypeError:
            raise MalformedRequest("A map of the Thrift message has keys that are no scalars.") from None

    def _byte(self) -> int:
        return self._take(1)[0]

    def _count(self, least: int) -> int:
        """A number of things, each of at least so many bytes."""
        count = int(self.number(_I32))
        if count < 0 or count * least > len(self._raw) - self._at:
            raise MalformedRequest("The Thrift message announces more than it holds.")
        return count

    def _take(self, count: int) -> bytes:
        if self._at + count > len(self._raw):
            raise MalformedRequest("The Thrift message ends too early.")
        self._at += count
        return self._raw[self._at - count : self._at]
