"""Genie's managed MCP servers through the official MCP client: slow answers, errors, formats of rows."""

import asyncio
import json
import threading

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.exceptions import McpError

COUNT = "How many orders are there?"
THREE = [{"values": [{"string_value": "3"}]}]


@pytest.fixture
def space(w):
    warehouse = next(iter(w.warehouses.list())).id
    made = "CREATE TABLE orders AS SELECT * FROM VALUES (1, 'EMEA'), (2, 'EMEA'), (3, 'APAC') AS t(order_id, region)"
    w.statement_execution.execute_statement(made, warehouse, wait_timeout="30s")
    told = {"version": 2, "data_sources": {"tables": [{"identifier": "main.default.orders"}]}}
    return w.genie.create_space(warehouse, json.dumps(told), title="Orders").space_id


@pytest.fixture
def control(server, workspace):
    return lambda path, **told: server.control("PUT", path, {"workspace": workspace["name"], **told})


@pytest.fixture
def slow(control):
    """Answers come at the third look, or as told."""
    return lambda **how: control("/_sandbox/transitions", kind="genie.message", **how)


@pytest.fixture
def call(server, workspace):
    def use(path, tool, **arguments):
        async def talk():
            url = f"{server.host}/api/2.0/mcp/{path}"
            headers = {"Authorization": f"Bearer {workspace['token']}"}
            async with streamablehttp_client(url, headers) as (read, write, _), ClientSession(read, write) as session:
                await session.initialize()
                return (await session.call_tool(tool, arguments)).structuredContent

        return asyncio.run(talk())

    return use


@pytest.fixture
def refusal(call):
    def told(*path_and_tool, **arguments):
        with pytest.raises((McpError, ExceptionGroup)) as caught:
            call(*path_and_tool, **arguments)
        error = caught.value
        while isinstance(error, ExceptionGroup):
            (error,) = error.exceptions
        assert isinstance(error, McpError)
        return error.error.code, str(error)

    return told


def test_a_question_that_takes_its_time_is_polled_until_its_answer_is_there(call, slow, space):
    slow(progression="reads", reads=2)
    server = f"genie/{space}"
    seen = [call(server, f"query_space_{space}", query=COUNT)]
    which = {"conversation_id": seen[0]["conversationId"], "message_id": seen[0]["messageId"]}

    seen += [call(server, f"poll_response_{space}", **which) for _ in range(3)]

    assert [one["status"] for one in seen] == ["SUBMITTED", "ASKING_AI", "EXECUTING_QUERY", "COMPLETED"]
    assert seen[0]["content"]["queryAttachments"] == []
    (query,) = seen[-1]["content"]["queryAttachments"]
    assert query["statement_response"]["result"]["data_array"] == THREE


def test_a_conversation_goes_on_over_mcp(call, space):
    first = call(f"genie/{space}", f"query_space_{space}", query=COUNT)
    follow = {"query": "and how many of those in EMEA?", "conversation_id": first["conversationId"]}

    second = call(f"genie/{space}", f"query_space_{space}", **follow)

    (query,) = second["content"]["queryAttachments"]
    assert second["conversationId"] == first["conversationId"]
    assert query["statement_response"]["result"]["data_array"] == [{"values": [{"string_value": "2"}]}]


def test_genie_one_is_asked_polled_and_gives_its_rows(call, slow, space):
    slow(progression="reads", reads=1)
    asked = call("genie", "genie_ask", question=COUNT)
    which = {name: asked[name] for name in ("conversation_id", "response_id")}

    polled = [call("genie", "genie_poll_response", **which) for _ in range(2)]

    assert [asked["status"], *(one["status"] for one in polled)] == ["in_progress", "in_progress", "completed"]
    assert polled[-1]["query_items"][0]["query"].startswith("SELECT")
    assert call("genie", "genie_get_query_result", **which)["data_array"] == [["3"]]


def test_genie_one_goes_on_with_a_conversation(call, space):
    asked = call("genie", "genie_ask", question=COUNT)
    more = {"question": "and how many of those in APAC?", "conversation_id": asked["conversation_id"]}

    followed = call("genie", "genie_ask", **more)

    which = {name: followed[name] for name in ("conversation_id", "response_id")}
    assert call("genie", "genie_get_query_result", **which)["data_array"] == [["1"]]


def test_a_cancelled_answer_does_not_come_any_more(w, call, slow, space):
    slow(progression="manual")
    asked = call("genie", "genie_ask", question=COUNT)
    which = {name: asked[name] for name in ("conversation_id", "response_id")}

    cancelled = call("genie", "genie_cancel_response", **which)

    assert (cancelled["status"], cancelled["query_items"]) == ("cancelled", [])
    assert call("genie", "genie_poll_response", **which)["status"] == "cancelled"
    assert w.genie.get_message(space, *which.values()).status.value == "CANCELLED"


def test_an_answer_that_is_there_is_not_cancelled(w, slow, space):
    message = w.genie.start_conversation_and_wait(space, COUNT)

    assert w.genie.genie_cancel_response(space, message.conversation_id, message.message_id).status.value == "COMPLETED"


def test_rows_are_proto_json_unless_plain_lists_are_wanted(call, control, space):
    ask = lambda: call(f"genie/{space}", f"query_space_{space}", query=COUNT)["content"]["queryAttachments"][0]  # noqa: E731
    proto = ask()["statement_response"]["result"]["data_array"]

    control("/_sandbox/mcp/rows", rows="plain")

    assert (proto, ask()["statement_response"]["result"]["data_array"]) == (THREE, [["3"]])
    assert call("sql", "execute_sql_read_only", query="SELECT 7")["result"]["data_array"] == [["7"]]


@pytest.mark.parametrize(
    ("path", "tool", "arguments", "said"),
    [
        ("genie/{space}", "query_space_nope", {"query": COUNT}, "BAD_REQUEST: tool 'query_space_nope' not found"),
        ("genie/{space}", "query_space_{space}", {}, "BAD_REQUEST: Missing parameter value for 'query'"),
        ("genie/{space}", "query_space_{space}", {"query": " "}, "BAD_REQUEST: The question is empty"),
        (
            "genie/{space}",
            "poll_response_{space}",
            {"message_id": "1"},
            "Missing parameter value for 'conversation_id'",
        ),
        ("genie/{space}", "poll_response_{space}", {"conversation_id": "1", "message_id": "1"}, "does not exist"),
        ("genie/0123", "query_space_0123", {"query": COUNT}, "BAD_REQUEST: Genie space '0123' does not exist"),
        ("genie", "view_nothing", {}, "BAD_REQUEST: tool 'view_nothing' not found"),
        ("genie", "genie_ask", {}, "BAD_REQUEST: Missing parameter value for 'question'"),
        (
            "genie",
            "genie_poll_response",
            {"conversation_id": "1", "response_id": "2"},
            "Conversation '1' does not exist",
        ),
    ],
)
def test_a_wrong_call_is_a_json_rpc_error_that_says_why(refusal, space, path, tool, arguments, said):
    code, text = refusal(path.format(space=space), tool.format(space=space), **arguments)

    assert code == -32602
    assert said in text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"jsonrpc": "2.0", "id": 0, "method": "resources/list"}, -32601),
        (
            {"jsonrpc": "2.0", "id": 0, "method": "tools/call", "params": {"name": "genie_ask", "arguments": [1]}},
            -32602,
        ),
        (["no"], -32600),
    ],
)
def test_what_is_no_call_at_all_gets_the_code_of_json_rpc(server, workspace, body, code):
    headers = {"Authorization": f"Bearer {workspace['token']}"}

    told = httpx.post(f"{server.host}/api/2.0/mcp/genie", json=body, headers=headers).json()

    assert told["error"]["code"] == code


@pytest.fixture
def gate(model_server):
    """A model server that answers once it is let go."""
    opened, answer = threading.Event(), model_server.RequestHandlerClass.do_POST

    class Waiting(model_server.RequestHandlerClass):
        def do_POST(self):
            opened.wait()
            answer(self)

    model_server.RequestHandlerClass = Waiting
    yield opened
    opened.set()


def test_a_call_that_waits_for_a_model_is_kept_alive_by_pings(server, workspace, behind, model_server, gate, space):
    behind(f"{model_server.url}#tiny-1")
    told = {"name": f"query_space_{space}", "arguments": {"query": COUNT}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": told}
    headers = {"Authorization": f"Bearer {workspace['token']}"}

    with httpx.stream("POST", f"{server.host}/api/2.0/mcp/genie/{space}", json=body, headers=headers) as answer:
        lines = answer.iter_lines()
        first = next(lines)
        gate.set()
        (data,) = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]

    assert first == ": ping"
    assert json.loads(data)["result"]["structuredContent"]["status"] == "COMPLETED"
