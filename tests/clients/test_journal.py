"""The journal: what the official clients asked, found again by the control API; nothing secret is in it."""

import json
import subprocess
import urllib.request

import pytest
from databricks.sdk.errors import NotFound

CANARY = "canary-4711-value"


@pytest.fixture
def journal(server, workspace):
    def ask(what, **match):
        body = {"match": {"workspace": workspace["name"], **match}}
        return server.control("POST", f"/_sandbox/requests/{what}", body)

    return ask


def test_a_call_is_found_with_its_operation_status_and_body(w, journal):
    w.catalogs.create("sales", comment="ours")

    [entry] = journal("find", operation="create_catalog")["requests"]

    assert (entry["service"], entry["method"], entry["status"]) == ("catalog", "POST", 200)
    assert json.loads(entry["body"])["comment"] == "ours"


def test_calls_are_counted_by_a_path_with_asterisks(w, journal):
    for _ in range(3):
        w.current_user.me()

    assert journal("count", path="/api/*/scim/v2/Me") == {"count": 3}


def test_a_path_that_nobody_serves_is_unmatched(w, journal):
    with pytest.raises(NotFound):
        w.api_client.do("GET", "/api/2.0/no-such-thing")

    assert [entry["path"] for entry in journal("find", unmatched=True)["requests"]] == ["/api/2.0/no-such-thing"]


def test_a_search_with_a_misspelt_field_is_refused(server):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        server.control("POST", "/_sandbox/requests/find", {"match": {"operations": "me"}})


def test_the_curl_command_sends_the_same_request_again(server, w, workspace, journal):
    w.catalogs.create("it_s", comment='it\'s "quoted" $HOME')
    [entry] = journal("find", operation="create_catalog")["requests"]
    w.catalogs.delete("it_s")

    command = server.control("GET", f"/_sandbox/requests/{entry['id']}/curl")["curl"]
    answer = subprocess.run(
        ["bash", "-c", f"{command} -s"],
        env={"PATH": "/usr/bin:/bin", "DATABRICKS_TOKEN": workspace["token"]},
        capture_output=True,
        text=True,
        check=True,
    )

    assert workspace["token"] not in command
    assert json.loads(answer.stdout)["comment"] == 'it\'s "quoted" $HOME'


def test_new_requests_are_streamed(server, w):
    headers = {"Authorization": f"Bearer {server.control_token}", "X-Sandbox-Control": "1"}
    asked = urllib.request.Request(f"{server.host}/_sandbox/requests/stream", headers=headers)

    with urllib.request.urlopen(asked, timeout=30) as stream:
        assert stream.readline().startswith(b":")
        w.catalogs.create("streamed")
        lines = (line for line in stream if line.startswith(b"data:"))
        found = next(entry for line in lines if (entry := json.loads(line[5:]))["operation"] == "create_catalog")

    assert found["status"] == 200


def test_no_secret_is_kept_wherever_it_stands(server, w, workspace, journal):
    w.secrets.create_scope("s")
    w.secrets.put_secret("s", "k", string_value=CANARY)
    said = [{"role": "user", "content": f"my token is {workspace['token']}"}]
    w.api_client.do("POST", "/serving-endpoints/databricks-claude-sonnet-4/invocations", body={"messages": said})
    body = {"name": "c", "properties": {"client_secret": CANARY}}
    w.api_client.do("POST", "/api/2.1/unity-catalog/catalogs", query={"access_token": CANARY}, body=body)

    kept = json.dumps(journal("find"))

    assert CANARY not in kept
    assert workspace["token"] not in kept
    assert '\\"client_secret\\":\\"[redacted]\\"' in kept


def test_the_control_api_describes_itself(server):
    paths = server.control("GET", "/_sandbox/openapi.json")["paths"]

    wanted = (
        "workspaces",
        "reset",
        "requests/find",
        "faults",
        "clock",
        "seed",
        "snapshots",
        "genie/script",
        "llm/script",
    )
    assert [name for name in wanted if f"/_sandbox/{name}" not in paths] == []
    assert paths["/_sandbox/faults"]["post"]["requestBody"]


def test_an_entry_of_more_than_64_kilobytes_is_kept_without_its_body(w, journal):
    w.catalogs.create("large", comment="x" * 70_000)

    [entry] = journal("find", operation="create_catalog")["requests"]

    assert "body" not in entry


def test_the_journal_of_one_workspace_is_cleared_alone(server, w, other, workspace, journal):
    w.current_user.me()
    other.current_user.me()

    server.control("DELETE", f"/_sandbox/requests?workspace={workspace['name']}")

    assert journal("count") == {"count": 0}
    assert server.control("POST", "/_sandbox/requests/count", {"match": {"operation": "me"}})["count"] >= 1
