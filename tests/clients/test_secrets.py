"""Secrets through databricks-sdk, its dbutils included."""

import base64
import stat

import pytest
from databricks.sdk.errors import BadRequest, NotFound, PermissionDenied, ResourceAlreadyExists
from databricks.sdk.service.workspace import AclPermission

CANARY = "zebra-4711-canary"


@pytest.fixture
def scope(w):
    w.secrets.create_scope("keys")
    return "keys"


@pytest.fixture
def colleague(server, workspace, client):
    made = server.control(
        "POST",
        "/_sandbox/principals",
        {"user_name": "ann@x.org", "groups": ["readers"], "workspace": workspace["name"]},
    )
    return client(made["token"])


def test_a_secret_is_listed_and_comes_back_in_base64(w, scope):
    w.secrets.put_secret(scope, "openai", string_value="sk-ü")

    assert base64.b64decode(w.secrets.get_secret(scope, "openai").value).decode() == "sk-ü"
    assert [secret.key for secret in w.secrets.list_secrets(scope)] == ["openai"]


def test_bytes_come_back_as_they_went_in(w, scope):
    w.secrets.put_secret(scope, "raw", bytes_value=base64.b64encode(b"\x00\xff").decode())

    assert w.dbutils.secrets.getBytes(scope, "raw") == b"\x00\xff"


def test_dbutils_reads_scopes_keys_and_values(w, scope):
    w.secrets.put_secret(scope, "k", string_value="v")

    assert [found.name for found in w.dbutils.secrets.listScopes()] == ["keys"]
    assert [found.key for found in w.dbutils.secrets.list("keys")] == ["k"]
    assert w.dbutils.secrets.get("keys", "k") == "v"


def test_a_second_value_replaces_the_first(w, scope):
    w.secrets.put_secret(scope, "k", string_value="old")
    w.secrets.put_secret(scope, "k", string_value="new")

    assert w.dbutils.secrets.get(scope, "k") == "new"


def test_a_deleted_secret_and_a_deleted_scope_are_gone(w, scope):
    w.secrets.put_secret(scope, "k", string_value="v")

    w.secrets.delete_secret(scope, "k")
    with pytest.raises(NotFound, match="Secret does not exist with scope: keys and key: k"):
        w.secrets.get_secret(scope, "k")
    w.secrets.delete_scope(scope)
    with pytest.raises(NotFound, match="Scope keys does not exist!"):
        list(w.secrets.list_secrets(scope))


def test_a_scope_exists_once(w, scope):
    with pytest.raises(ResourceAlreadyExists, match="Scope keys already exists!"):
        w.secrets.create_scope(scope)


@pytest.mark.parametrize(
    "value", [{}, {"string_value": "x" * 131073}, {"bytes_value": "?"}, {"string_value": "a", "bytes_value": "YQ=="}]
)
def test_a_value_that_cannot_be_kept_is_refused_and_nothing_is_stored(w, scope, value):
    with pytest.raises(BadRequest):
        w.secrets.put_secret(scope, "k", **value)

    assert list(w.secrets.list_secrets(scope)) == []


@pytest.mark.parametrize("name", ["", "a/b", "x" * 129])
def test_a_name_that_the_service_does_not_take_is_refused(w, name):
    with pytest.raises(BadRequest):
        w.secrets.create_scope(name)


def test_a_colleague_needs_the_permission_that_the_refusal_names(w, scope, colleague):
    w.secrets.put_secret(scope, "k", string_value="v")
    with pytest.raises(PermissionDenied, match=r"ann@x\.org does not have READ permission on scope: keys"):
        colleague.secrets.get_secret(scope, "k")

    w.secrets.put_acl(scope, "readers", AclPermission.READ)

    assert colleague.dbutils.secrets.get(scope, "k") == "v"
    with pytest.raises(PermissionDenied, match="WRITE"):
        colleague.secrets.put_secret(scope, "k", string_value="mine")


def test_permissions_are_listed_and_taken_back(w, scope, workspace):
    w.secrets.put_acl(scope, "readers", AclPermission.READ)
    listed = {acl.principal: acl.permission.value for acl in w.secrets.list_acls(scope)}

    w.secrets.delete_acl(scope, "readers")

    assert listed == {workspace["user_name"]: "MANAGE", "readers": "READ"}
    with pytest.raises(NotFound):
        w.secrets.get_acl(scope, "readers")


def test_values_stand_in_no_log_and_no_journal_and_only_their_owner_can_read_the_file(server, workspace, w, scope):
    w.secrets.put_secret(scope, "k", string_value=CANARY)
    w.dbutils.secrets.get(scope, "k")

    hidden = base64.b64encode(CANARY.encode())
    for file in (file for file in server.data.rglob("*") if file.is_file() and "records.sqlite" not in file.name):
        assert CANARY.encode() not in file.read_bytes()
        assert hidden not in file.read_bytes()
    records = list((server.data / "workspaces" / workspace["name"]).glob("records.sqlite*"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in records} == {0o600}
    assert CANARY not in str(server.control("GET", "/_sandbox/requests?limit=1000"))
