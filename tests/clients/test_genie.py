"""Genie through databricks-sdk and the MCP client."""

import asyncio
import json

import httpx
import pytest
from databricks.sdk.errors import BadRequest, NotFound, PermissionDenied
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.exceptions import McpError


@pytest.fixture
def space(w, run):
    run("CREATE TABLE main.default.orders (order_id INT, region STRING, amount DOUBLE)")
    run("INSERT INTO main.default.orders VALUES (1, 'EMEA', 10), (2, 'EMEA', 5), (3, 'APAC', 7)")
    told = {"version": 2, "data_sources": {"tables": [{"identifier": "main.default.orders"}]}}
    return w.genie.create_space(next(iter(w.warehouses.list())).id, json.dumps(told), title="Orders")


def answer(w, message):
    query = next(a for a in message.attachments if a.query)
    result = w.genie.get_message_attachment_query_result(
        message.space_id, message.conversation_id, message.message_id, query.attachment_id
    )
    return query.query.query, result.statement_response.result.data_array


def test_a_question_becomes_sql_and_rows(w, space):
    sql, rows = answer(w, w.genie.start_conversation_and_wait(space.space_id, "total amount by region"))

    assert "SUM(" in sql
    assert sorted(rows) == [["APAC", "7.0"], ["EMEA", "15.0"]]


def test_a_follow_up_stays_in_its_conversation(w, space):
    first = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")
    second = w.genie.create_message_and_wait(space.space_id, first.conversation_id, "and how many of those in EMEA?")

    assert answer(w, second)[1] == [["2"]]
    assert len(w.genie.list_conversation_messages(space.space_id, first.conversation_id).messages) == 2


def test_a_question_that_the_tables_cannot_answer_gets_a_text_and_no_query(w, space):
    message = w.genie.start_conversation_and_wait(space.space_id, "What is the airspeed of a swallow?")

    assert [bool(a.query) for a in message.attachments] == [False, False]
    assert "airspeed" in message.attachments[0].text.content


def test_new_rows_are_seen_by_the_next_question(w, space, run):
    w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")
    run("INSERT INTO main.default.orders VALUES (4, 'LATAM', 1)")

    message = w.genie.start_conversation_and_wait(space.space_id, "How many orders are in LATAM?")
    assert answer(w, message)[1] == [["1"]]


def test_a_space_keeps_its_serialized_form_to_the_letter(w, space):
    odd = '{"version": 2,  "data_sources":{"tables":[{"identifier":"main.default.orders"}]}, "x": "ü"}'

    w.genie.update_space(space.space_id, serialized_space=odd)

    assert w.genie.get_space(space.space_id, include_serialized_space=True).serialized_space == odd


def test_a_space_that_is_trashed_is_gone(w, space):
    w.genie.trash_space(space.space_id)

    with pytest.raises(NotFound, match=space.space_id):
        w.genie.get_space(space.space_id)


def test_a_space_that_is_no_json_is_refused(w):
    with pytest.raises(BadRequest, match="JSON"):
        w.genie.create_space("x", "{not json")


def test_an_empty_question_is_refused_and_leaves_no_conversation(w, space):
    with pytest.raises(BadRequest, match="empty"):
        w.genie.start_conversation(space.space_id, "  ")

    assert not w.genie.list_conversations(space.space_id).conversations


def test_feedback_is_kept_and_an_unknown_rating_refused(w, space):
    message = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")
    path = (
        f"/api/2.0/genie/spaces/{space.space_id}/conversations/{message.conversation_id}/messages/{message.message_id}"
    )

    w.api_client.do("POST", f"{path}/feedback", body={"rating": "NEGATIVE"})

    assert w.api_client.do("GET", path)["feedback"] == {"rating": "NEGATIVE"}
    with pytest.raises(BadRequest, match="rating"):
        w.api_client.do("POST", f"{path}/feedback", body={"rating": "MEH"})


@pytest.fixture
def session(server, workspace):
    def use(space_id, do):
        async def talk():
            url, headers = (
                f"{server.host}/api/2.0/mcp/genie/{space_id}",
                {"Authorization": f"Bearer {workspace['token']}"},
            )
            async with streamablehttp_client(url, headers) as (read, write, _), ClientSession(read, write) as session:
                await session.initialize()
                return await do(session)

        return asyncio.run(talk())

    return use


def test_the_mcp_server_lists_the_query_tool_first_and_names_the_space(session, space):
    tools = session(space.space_id, lambda s: s.list_tools()).tools

    assert [tool.name for tool in tools] == [f"query_space_{space.space_id}", f"poll_response_{space.space_id}"]
    assert next(iter(tools[0].inputSchema["properties"])) == "query"


def test_the_mcp_server_answers_with_sql_and_rows_as_proto_json(session, space):
    result = session(
        space.space_id, lambda s: s.call_tool(f"query_space_{space.space_id}", {"query": "How many orders are there?"})
    )

    told = json.loads(result.content[0].text)
    assert told == result.structuredContent
    assert told["status"] == "COMPLETED"
    rows = told["content"]["queryAttachments"][0]["statement_response"]["result"]["data_array"]
    assert rows == [{"values": [{"string_value": "3"}]}]


def test_the_mcp_server_of_a_missing_space_answers_with_an_error(session):
    with pytest.raises((McpError, ExceptionGroup)):
        session("0" * 32, lambda s: s.list_tools())


BENCHMARK = {
    "questions": [
        {
            "id": "a" * 32,
            "question": ["How many orders are there?"],
            "answer": [{"format": "SQL", "content": ["SELECT count(*) FROM main.default.orders"]}],
        },
        {
            "id": "b" * 32,
            "question": ["How many orders are there by region?"],
            "answer": [{"format": "SQL", "content": ["SELECT count(*) FROM main.default.orders"]}],
        },
    ]
}


def benchmarked(w, space):
    told = {"version": 2, "data_sources": {"tables": [{"identifier": "main.default.orders"}]}, "benchmarks": BENCHMARK}
    w.genie.update_space(space.space_id, serialized_space=json.dumps(told))
    return w.genie.genie_create_eval_run(space.space_id)


def test_an_eval_run_counts_the_benchmark_questions_whose_results_are_those_of_the_sql_that_is_meant(w, space):
    run = benchmarked(w, space)

    found = w.genie.genie_get_eval_run(space.space_id, run.eval_run_id)
    assert (found.eval_run_status.value, found.num_questions, found.num_correct) == ("DONE", 2, 1)


def test_an_eval_result_says_in_what_the_rows_differ(w, space):
    run = benchmarked(w, space)

    results = w.genie.genie_list_eval_results(space.space_id, run.eval_run_id).eval_results
    details = [w.genie.genie_get_eval_result_details(space.space_id, run.eval_run_id, one.result_id) for one in results]
    reasons = {one.benchmark_question_id[0]: [r.value for r in one.assessment_reasons or []] for one in details}
    assert reasons == {"a": [], "b": ["RESULT_EXTRA_COLUMNS"]}


def test_an_eval_run_of_a_space_without_benchmarks_is_refused(w, space):
    with pytest.raises(BadRequest):
        w.genie.genie_create_eval_run(space.space_id)


def test_a_comment_is_listed_with_its_message_and_its_conversation(w, space):
    message = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")
    place = (space.space_id, message.conversation_id)

    w.genie.create_message_comment(*place, message.message_id, "right")

    assert [c.content for c in w.genie.list_message_comments(*place, message.message_id).comments] == ["right"]
    assert [c.content for c in w.genie.list_conversation_comments(*place).comments] == ["right"]


def test_a_deleted_message_is_gone(w, space):
    message = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")

    w.genie.delete_conversation_message(space.space_id, message.conversation_id, message.message_id)

    with pytest.raises(NotFound):
        w.genie.get_message(space.space_id, message.conversation_id, message.message_id)


def test_genie_one_asks_the_space_that_can_answer(server, workspace, w, space):
    w.genie.create_space(next(iter(w.warehouses.list())).id, '{"version": 2}', title="An empty space")

    async def ask():
        async with (
            streamablehttp_client(
                f"{server.host}/api/2.0/mcp/genie", headers={"Authorization": f"Bearer {workspace['token']}"}
            ) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            asked = (await session.call_tool("genie_ask", {"question": "How many orders are there?"})).structuredContent
            which = {"conversation_id": asked["conversation_id"], "response_id": asked["response_id"]}
            return asked, (await session.call_tool("genie_get_query_result", which)).structuredContent

    asked, result = asyncio.run(ask())
    assert (asked["status"], result["data_array"]) == ("completed", [["3"]])


def test_a_download_holds_all_rows_behind_a_link_without_a_token(w, space, run):
    run("INSERT INTO main.default.orders SELECT id + 10, 'EMEA', 1 FROM range(6000)")
    message = w.genie.start_conversation_and_wait(space.space_id, "List all orders")
    attachment = next(a for a in message.attachments if a.query)
    place = (space.space_id, message.conversation_id, message.message_id, attachment.attachment_id)

    made = w.genie.generate_download_full_query_result(*place)
    which = (*place, made.download_id, made.download_id_signature)
    while (
        found := w.genie.get_download_full_query_result(*which).statement_response
    ).status.state.value != "SUCCEEDED":
        assert found.status.state.value in ("PENDING", "RUNNING")

    (link,) = found.result.external_links
    assert len(httpx.get(link.external_link).json()) == found.manifest.total_row_count == 6003
    with pytest.raises(PermissionDenied, match="signature"):
        w.genie.get_download_full_query_result(*place, made.download_id, "guessed")


def test_a_deleted_conversation_is_gone_with_its_messages(w, space):
    message = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")
    kept = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")

    w.genie.delete_conversation(space.space_id, message.conversation_id)

    found = w.genie.list_conversations(space.space_id).conversations
    assert [one.conversation_id for one in found] == [kept.conversation_id]
    with pytest.raises(NotFound):
        w.genie.get_message(space.space_id, message.conversation_id, message.message_id)


def test_a_query_that_is_run_again_sees_new_rows_and_its_first_result_stays(w, space, run):
    message = w.genie.start_conversation_and_wait(space.space_id, "How many orders are there?")
    attachment = next(a for a in message.attachments if a.query)
    place = (space.space_id, message.conversation_id, message.message_id, attachment.attachment_id)
    run("INSERT INTO main.default.orders VALUES (4, 'LATAM', 1)")

    again = w.genie.execute_message_attachment_query(*place)

    assert again.statement_response.result.data_array == [["4"]]
    assert w.genie.get_message_attachment_query_result(*place).statement_response.result.data_array == [["3"]]


def test_a_question_back_comes_with_questions_that_the_space_answers(w, space):
    message = w.genie.start_conversation_and_wait(space.space_id, "What is the airspeed of a swallow?")

    (suggested,) = [a.suggested_questions.questions for a in message.attachments if a.suggested_questions]
    assert w.genie.start_conversation_and_wait(space.space_id, suggested[0]).attachments[0].query
