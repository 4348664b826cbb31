import json

import pytest

from mocks.core.errors import MalformedRequest, RequestTooLarge
from mocks.core.wire import MAX_BODY, Json, Wire, parse


def test_json_nested_deeper_than_the_limit_is_refused_without_being_parsed():
    with pytest.raises(MalformedRequest, match="64 levels"):
        parse(b"[" * 100_000)


def test_brackets_inside_a_string_do_not_count_as_depth():
    text = "[" * 1000

    assert parse(json.dumps({"text": text}).encode()) == {"text": text}


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_numbers_that_json_does_not_have_are_refused(constant):
    with pytest.raises(MalformedRequest):
        parse(b'{"x": ' + constant + b"}")


@pytest.mark.parametrize("raw", [b"", b"{", b'{"a":}', b"\xff\xfe", b'"\\ud800"', b"9" * 5000, b"18446744073709551616"])
def test_what_is_not_valid_json_is_a_malformed_request(raw):
    with pytest.raises(MalformedRequest):
        parse(raw)


def test_a_body_over_the_limit_is_refused():
    with pytest.raises(RequestTooLarge):
        parse(b" " * (MAX_BODY + 1))


def test_an_answer_drops_null_fields_and_keeps_null_cells():
    class Row(Wire):
        cells: list[str | None]
        note: str | None = None

    assert json.loads(Json({"row": Row(cells=["a", None]), "token": None}).body) == {"row": {"cells": ["a", None]}}


def test_a_body_keeps_the_fields_it_does_not_know():
    assert Wire.model_validate({"new_field": {"a": 1}}).body() == {"new_field": {"a": 1}}
