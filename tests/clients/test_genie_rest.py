"""Lists, older forms and edits of Genie over REST, through databricks-sdk."""

import json

import pytest
from databricks.sdk.errors import DatabricksError, NotFound

COUNT = "How many orders are there?"


@pytest.fixture
def space(w):
    warehouse = next(iter(w.warehouses.list())).id
    made = "CREATE TABLE orders AS SELECT * FROM VALUES (1, 'EMEA'), (2, 'APAC') AS t(order_id, region)"
    w.statement_execution.execute_statement(made, warehouse, wait_timeout="30s")
    benchmark = {"id": "a" * 32, "question": [COUNT], "answer": [{"format": "SQL", "content": ["SELECT 2"]}]}
    tables = [{"identifier": "main.default.orders"}]
    told = {"version": 2, "data_sources": {"tables": tables}, "benchmarks": {"questions": [benchmark]}}
    return w.genie.create_space(warehouse, json.dumps(told), title="Orders").space_id


def test_the_older_form_gives_and_runs_the_only_query_of_a_message(w, space):
    message = w.genie.start_conversation_and_wait(space, COUNT)
    place = (space, message.conversation_id, message.message_id)

    for found in (w.genie.get_message_query_result(*place), w.genie.execute_message_query(*place)):
        assert found.statement_response.result.data_array == [["2"]]


def test_conversations_are_listed_by_pages(w, space):
    begun = [w.genie.start_conversation_and_wait(space, COUNT).conversation_id for _ in range(3)]

    first = w.genie.list_conversations(space, page_size=2)
    rest = w.genie.list_conversations(space, page_size=2, page_token=first.next_page_token)

    found = [one.conversation_id for one in (*first.conversations, *rest.conversations)]
    assert (sorted(found), rest.next_page_token) == (sorted(begun), None)


def test_messages_are_listed_by_pages_the_oldest_first(w, space):
    message = w.genie.start_conversation_and_wait(space, COUNT)
    w.genie.create_message_and_wait(space, message.conversation_id, "and how many of those in EMEA?")

    first = w.genie.list_conversation_messages(space, message.conversation_id, page_size=1)
    rest = w.genie.list_conversation_messages(space, message.conversation_id, page_token=first.next_page_token)

    assert [one.content for one in (*first.messages, *rest.messages)] == [COUNT, "and how many of those in EMEA?"]


def test_a_message_without_a_query_has_no_result(w, space):
    message = w.genie.start_conversation_and_wait(space, "What is the airspeed of a swallow?")

    with pytest.raises(NotFound, match="no query attachment"):
        w.genie.get_message_query_result(space, message.conversation_id, message.message_id)


def test_a_space_that_somebody_else_changed_meanwhile_is_not_overwritten(w, space):
    before = w.genie.get_space(space).etag
    w.genie.update_space(space, title="Theirs", etag=before)

    with pytest.raises(DatabricksError, match="changed by somebody else"):
        w.genie.update_space(space, title="Mine", etag=before)

    assert w.genie.get_space(space).title == "Theirs"


def test_eval_runs_are_listed(w, space):
    run = w.genie.genie_create_eval_run(space)

    (found,) = w.genie.genie_list_eval_runs(space).eval_runs
    assert (found.eval_run_id, found.num_correct) == (run.eval_run_id, 1)


def with_parameter(w, space):
    told = json.loads(w.genie.get_space(space, include_serialized_space=True).serialized_space)
    example = {
        "id": "b" * 32,
        "question": ["Size of EMEA?"],
        "sql": ["SELECT count(*) FROM main.default.orders WHERE region = :region"],
        "parameters": [{"name": "region", "type_hint": "STRING", "default_value": {"values": ["EMEA"]}}],
    }
    told["instructions"] = {"example_question_sqls": [example]}
    w.genie.update_space(space, serialized_space=json.dumps(told))


def test_an_example_with_a_parameter_answers_with_the_value_of_the_question_bound(w, space):
    with_parameter(w, space)

    message = w.genie.start_conversation_and_wait(space, "size of apac?")

    (query,) = [one for one in message.attachments if one.query]
    (parameter,) = query.query.parameters
    assert (parameter.keyword, parameter.sql_type, parameter.value) == ("region", "STRING", "APAC")
    assert ":region" in query.query.query
    place = (space, message.conversation_id, message.message_id, query.attachment_id)
    assert w.genie.execute_message_attachment_query(*place).statement_response.result.data_array == [["1"]]


def test_a_value_that_is_none_of_a_parameter_does_not_take_its_example(w, space):
    with_parameter(w, space)

    message = w.genie.start_conversation_and_wait(space, "Size of EMEA and of every other thing?")

    assert not [one for one in message.attachments if one.query]


def test_a_trusted_function_answers_and_the_message_says_which(w, space):
    body = "RETURN SELECT count(*) FROM main.default.orders WHERE region = wanted"
    made = f"CREATE FUNCTION main.default.bulk(wanted STRING COMMENT 'a region') RETURNS BIGINT {body}"
    w.statement_execution.execute_statement(made, next(iter(w.warehouses.list())).id, wait_timeout="30s")
    told = json.loads(w.genie.get_space(space, include_serialized_space=True).serialized_space)
    told["instructions"] = {"sql_functions": [{"id": "c" * 32, "identifier": "main.default.bulk"}]}
    w.genie.update_space(space, serialized_space=json.dumps(told))

    message = w.genie.start_conversation_and_wait(space, "What is the bulk of EMEA?")

    (query,) = [one for one in message.attachments if one.query]
    assert "main.default.bulk('EMEA')" in query.query.query
    assert [t.thought_type.value for t in query.query.thoughts] == ["THOUGHT_TYPE_INSTRUCTIONS"]
    assert "Trusted asset: the SQL function main.default.bulk" in query.query.thoughts[0].content
