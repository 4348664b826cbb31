"""Faults that a test asks for, as the official clients meet them."""

import urllib.error

import httpx
import pytest
from databricks.sdk.errors import InternalError, PermissionDenied

ME = "/api/2.0/preview/scim/v2/Me"


@pytest.fixture
def fault(server, workspace):
    def add(**told):
        told["match"] = {"workspace": workspace["name"], **told.get("match", {})}
        return server.control("POST", "/_sandbox/faults", told)["id"]

    yield add
    server.control("DELETE", f"/_sandbox/faults?workspace={workspace['name']}")


@pytest.fixture
def get(server, workspace):
    return lambda path=ME: httpx.get(f"{server.host}{path}", headers={"Authorization": f"Bearer {workspace['token']}"})


def test_a_status_and_code_reach_the_client_as_its_own_exception(w, fault):
    fault(match={"operation": "me"}, error={"status": 403, "error_code": "PERMISSION_DENIED", "message": "not you"})

    with pytest.raises(PermissionDenied, match="not you"):
        w.current_user.me()

    assert list(w.warehouses.list())


def test_a_rate_limit_that_ends_is_retried_by_the_sdk_after_the_time_it_was_told(server, w, fault):
    made = fault(match={"service": "identity"}, times=2, error={"status": 429, "retry_after": 0})

    assert w.current_user.me().user_name

    [told] = [f for f in server.control("GET", "/_sandbox/faults")["faults"] if f["id"] == made]
    assert (told["fired"], told["seen"]) == (2, 3)


def test_the_first_requests_can_be_spared(get, fault):
    fault(match={"path": "/api/*/Me"}, skip=2, times=1, error={"status": 503})

    assert [get().status_code for _ in range(4)] == [200, 200, 503, 200]


def test_a_probability_is_thrown_with_a_seed_and_repeats(get, fault, server):
    def thrown():
        made = fault(probability=0.5, seed=7, error={"status": 500})
        found = [get().status_code for _ in range(12)]
        server.control("DELETE", f"/_sandbox/faults/{made}")
        return found

    first = thrown()

    assert set(first) == {200, 500}
    assert thrown() == first


def test_after_the_handler_the_write_is_done_and_its_answer_lost(w, fault):
    fault(match={"operation": "create_catalog"}, phase="after", times=1, error={"status": 500, "message": "lost"})

    with pytest.raises(InternalError, match="lost"):
        w.catalogs.create("sales")

    assert w.catalogs.get("sales").name == "sales"


@pytest.mark.parametrize("kind", ["reset", "empty"])
def test_a_connection_breaks_before_the_answer(get, fault, kind):
    fault(fault=kind, times=1)

    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        get()

    assert get().status_code == 200


def test_an_answer_that_is_no_json(get, fault):
    fault(fault="malformed")

    answer = get()

    assert answer.status_code == 200
    with pytest.raises(ValueError, match="codec"):
        answer.json()


def test_an_answer_that_ends_in_the_middle(get, fault):
    fault(fault="truncate")

    with pytest.raises(httpx.RemoteProtocolError):
        get()


def test_a_stream_that_ends_after_some_chunks(server, workspace, fault):
    fault(match={"path": "/serving-endpoints/*"}, fault="truncate", after_chunks=2)
    asked = {"messages": [{"role": "user", "content": "Say a few words."}], "stream": True}
    headers = {"Authorization": f"Bearer {workspace['token']}"}
    url = f"{server.host}/serving-endpoints/databricks-claude-sonnet-4/invocations"
    got = []

    with pytest.raises(httpx.RemoteProtocolError), httpx.stream("POST", url, json=asked, headers=headers) as answer:
        got.extend(line for line in answer.iter_lines() if line.startswith("data: {"))

    assert 1 <= len(got) <= 3


def test_a_delay_lets_the_answer_come_later(get, fault):
    fault(delay={"type": "fixed", "ms": 120})

    assert get().elapsed.total_seconds() > 0.1


def test_another_workspace_is_spared(w, other, fault):
    fault(error={"status": 403})

    assert other.current_user.me()


def test_the_journal_names_the_fault(server, workspace, get, fault):
    made = fault(error={"status": 503})
    get()

    [entry] = server.control("GET", f"/_sandbox/requests?workspace={workspace['name']}")["requests"]

    assert (entry["fault"], entry["status"], entry["operation"]) == (made, 503, "me")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"error": {"status": 200}},
        {"error": {"status": 500}, "fault": "reset"},
        {"error": {"status": 500}, "tmies": 2},
        {"match": {"operations": "me"}, "error": {"status": 500}},
        {"delay": {"ms": 10**9}},
        {"probability": 2, "error": {"status": 500}},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(server, told):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        server.control("POST", "/_sandbox/faults", told)


def test_a_chat_call_can_fail_while_others_work(w, fault):
    fault(match={"path": "/serving-endpoints/databricks-claude-sonnet-4/invocations"}, error={"status": 403})
    asked = {"messages": [{"role": "user", "content": "Hello"}]}

    with pytest.raises(PermissionDenied):
        w.api_client.do("POST", "/serving-endpoints/databricks-claude-sonnet-4/invocations", body=asked)

    assert w.api_client.do("POST", "/serving-endpoints/databricks-gpt-oss-20b/invocations", body=asked)["choices"]
