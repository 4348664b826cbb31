"""What is kept of a body: shapes and plain words, never a secret."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mocks.core.redaction import HIDDEN, LONGEST_BODY, kept_body, kept_query

CANARY = "s3cr3t-canary"
NAMES = [
    "token",
    "access_token",
    "client_secret",
    "password",
    "passwd",
    "api_key",
    "apiKey",
    "Authorization",
    "string_value",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_field_named_like_a_secret_is_hidden_at_any_depth(name):
    kept = kept_body("/x", "application/json", json.dumps({"a": [{"b": {name: CANARY}}]}).encode())

    assert json.loads(kept) == {"a": [{"b": {name: HIDDEN}}]}


@pytest.mark.parametrize(
    "name", ["max_tokens", "max_completion_tokens", "prompt_tokens", "next_page_token", "page_token"]
)
def test_counts_and_page_tokens_are_no_secrets(name):
    assert kept_body("/x", "application/json", json.dumps({name: 5}).encode()) == f'{{"{name}":5}}'


@pytest.mark.parametrize(
    "secret",
    [
        "dapi" + "0" * 32,
        "sk-" + "a" * 24,
        "ghp_" + "A" * 36,
        "AKIA" + "A" * 16,
        "eyJhbGciOiJI.eyJzdWIiOiIx.abc",
        "-----BEGIN PRIVATE KEY-----\nabc",
    ],
)
def test_what_looks_like_a_secret_is_hidden_in_any_text(secret):
    kept = kept_body("/x", "application/json", json.dumps({"content": f"it is {secret} !"}).encode())

    assert secret not in json.loads(kept)["content"]


@pytest.mark.parametrize("path", ["/oidc/v1/token", "/api/2.0/secrets/put"])
def test_bodies_of_services_that_are_all_secrets_are_not_kept(path):
    assert kept_body(path, "application/json", b'{"x": 1}') is None


@pytest.mark.parametrize("body", [b"", b"not json", b"[" * 5000, b'"' + b"x" * LONGEST_BODY + b'"', b"\xff"])
def test_what_is_no_json_or_too_long_is_not_kept(body):
    assert kept_body("/x", "application/json", body) is None


def test_a_query_keeps_its_names_and_hides_its_secrets():
    assert kept_query(f"signature={CANARY}&limit=5&x=") == "signature=%5Bredacted%5D&limit=5&x="


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10))
def test_a_canary_under_a_secret_name_never_stays(value):
    body = json.dumps({"password": [value, CANARY], "other": value}).encode()

    assert CANARY not in (kept_body("/x", "application/json", body) or "")
