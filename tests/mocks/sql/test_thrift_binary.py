"""The bytes of Thrift: what is written is read again, and what is no message is refused."""

import struct

import pytest

from mocks.core.errors import MalformedRequest
from mocks.sql.thrift_binary import CALL, INTERNAL_ERROR, Message, _field, _head, failure, read_message, reply


def call(method, request):
    return _head(CALL, Message(method, 7, {})) + _field(1, f"T{method}Req", request) + b"\0"


def test_a_call_is_read_with_its_nested_structs_lists_and_maps():
    request = {
        "sessionHandle": {"sessionId": {"guid": b"g" * 16, "secret": b"s"}, "serverProtocolVersion": 42248},
        "statement": "SELECT 'ü'",
        "confOverlay": {"a": "b"},
        "runAsync": True,
        "parameters": [{"ordinal": 1, "name": "x", "value": {"stringValue": "1"}}, {"ordinal": 2}],
    }

    assert read_message(call("ExecuteStatement", request)) == Message("ExecuteStatement", 7, request)


def test_a_column_of_numbers_is_written_as_the_protocol_wants():
    column = {"i32Val": {"values": [1, -1], "nulls": b"\0"}}

    raw = reply(Message("FetchResults", 1, {}), {"results": {"startRowOffset": 0, "columns": [column]}})

    assert struct.pack(">bi2i", 8, 2, 1, -1) in raw


def test_a_refusal_is_an_exception_with_its_code():
    raw = failure(Message("Nope", 3, {}), "not served", INTERNAL_ERROR)

    assert raw[:4] == b"\x80\x01\x00\x03"
    assert b"not served" in raw


def test_fields_that_are_not_known_are_skipped():
    unknown = (
        _field(99, "string", "x") + _field(98, ("list", "i32"), [1, 2]) + _field(97, ("map", "string", "i32"), {"a": 1})
    )
    body = unknown + _field(2, "string", "SELECT 1") + b"\0"
    raw = _head(CALL, Message("ExecuteStatement", 1, {})) + struct.pack(">bh", 12, 1) + body + b"\0"

    assert read_message(raw).request == {"statement": "SELECT 1"}


DEEP = _head(CALL, Message("OpenSession", 1, {})) + struct.pack(">bh", 12, 1) * 100


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GET / HTTP/1.1",
        b"\x80\x01\x00\x01",
        call("OpenSession", {})[:-1],
        b"\x80\x01\x00\x01\x7f\xff\xff\xff",
        b"\x80\x01\x00\x01\xff\xff\xff\xff",
        b"\x80\x01\x00\x01\0\0\0\x01\xff\0\0\0\0",
        _head(CALL, Message("OpenSession", 1, {})) + struct.pack(">bhbbi", 13, 4, 11, 11, 2**30),
        _head(CALL, Message("OpenSession", 1, {})) + struct.pack(">bh", 99, 4),
        DEEP,
    ],
)
def test_what_is_no_message_is_refused(raw):
    with pytest.raises(MalformedRequest):
        read_message(raw)
