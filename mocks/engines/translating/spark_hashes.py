"""Spark's `hash` (Murmur3) and `xxhash64`, whose values depend on the types of the arguments."""

import struct
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from mocks.engines.warehouse.column_types import SqlType

SEED = 42
_MASK, _LONG = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
_INTS, _EPOCH = {"BOOLEAN", "TINYINT", "SMALLINT", "INT", "DATE"}, date(1970, 1, 1)
_MOST_OF_LONG = 18  # digits of a decimal that Spark hashes as a long
_Bytes = Callable[[bytes, int], int]


def murmur3(data: bytes, seed: int) -> int:
    """Murmur3_x86_32 as Spark has it: the bytes after the last whole word are mixed in one by one, with their sign."""
    state = seed & _MASK
    whole = len(data) - len(data) % 4
    words, rest = struct.unpack(f"<{whole // 4}i", data[:whole]), struct.unpack(f"{len(data) - whole}b", data[whole:])
    for word in (*words, *rest):
        mixed = (word * 0xCC9E2D51) & _MASK
        mixed = ((mixed << 15 | mixed >> 17) * 0x1B873593) & _MASK
        state ^= mixed
        state = ((state << 13 | state >> 19) * 5 + 0xE6546B64) & _MASK
    state ^= len(data)
    state = ((state ^ state >> 16) * 0x85EBCA6B) & _MASK
    state = ((state ^ state >> 13) * 0xC2B2AE35) & _MASK
    return _signed(state ^ state >> 16, 32)


def xxhash64(data: bytes, seed: int) -> int:
    """XXH64, signed."""
    from xxhash import xxh64_intdigest

    return _signed(xxh64_intdigest(data, seed & _LONG), 64)


def hashed(how: _Bytes, value: Any, kind: SqlType, seed: int) -> int:
    """The hash of a value read from JSON; NULL leaves the seed as it is, and so does an empty array."""
    if value is None:
        return seed
    match kind.keyword:
        case "ARRAY":
            for part in value:
                seed = hashed(how, part, kind.children[0][1], seed)
            return seed
        case "STRUCT":
            for (_, child), part in zip(kind.children, value.values(), strict=True):
                seed = hashed(how, part, child, seed)
            return seed
    return how(_bytes(value, kind), seed)


def _bytes(value: Any, kind: SqlType) -> bytes:
    keyword = kind.keyword
    if keyword in _INTS:
        return struct.pack("<i", (date.fromisoformat(value) - _EPOCH).days if keyword == "DATE" else int(value))
    if keyword == "BIGINT":
        return struct.pack("<q", int(value))
    if keyword in ("FLOAT", "DOUBLE"):
        return struct.pack("<f" if keyword == "FLOAT" else "<d", float(value) + 0.0)
    if keyword in ("TIMESTAMP", "TIMESTAMP_NTZ"):
        moment = datetime.fromisoformat(value)
        span = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime(1970, 1, 1, tzinfo=UTC)
        return struct.pack("<q", (span.days * 86400 + span.seconds) * 1_000_000 + span.microseconds)
    if keyword == "DECIMAL":
        return _decimal(value, kind)
    return str(value).encode()


def _decimal(value: Any, kind: SqlType) -> bytes:
    unscaled = int(Decimal(value).scaleb(kind.scale or 0))
    if (kind.precision or 0) <= _MOST_OF_LONG:
        return struct.pack("<q", unscaled)
    size = (8 + (unscaled if unscaled >= 0 else ~unscaled).bit_length()) // 8
    return unscaled.to_bytes(size, "big", signed=True)


def _signed(number: int, bits: int) -> int:
    return number - (1 << bits) if number >> (bits - 1) else number
