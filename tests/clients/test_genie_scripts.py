"""Answers that a test tells Genie to give, as its clients get them."""

import json
import urllib.error

import pytest


@pytest.fixture
def space(w):
    warehouse = next(iter(w.warehouses.list())).id
    w.statement_execution.execute_statement("CREATE TABLE main.default.t AS SELECT 1 AS x UNION SELECT 2", warehouse)
    tables = json.dumps({"data_sources": {"tables": [{"identifier": "main.default.t"}]}})
    return w.genie.create_space(serialized_space=tables, warehouse_id=warehouse).space_id


@pytest.fixture
def script(server, workspace):
    return lambda **told: server.control("POST", "/_sandbox/genie/script", {"workspace": workspace["name"], **told})


def ask(w, space, question):
    return w.genie.start_conversation_and_wait(space, question)


def test_scripted_sql_really_runs(w, space, script):
    script(question="How fares the moon?", sql="SELECT sum(x) AS s FROM main.default.t", text="The moon.")

    answer = ask(w, space, "how fares  THE moon")

    [query] = [a.query for a in answer.attachments if a.query]
    rows = w.genie.get_message_attachment_query_result(
        space, answer.conversation_id, answer.id, answer.attachments[0].attachment_id
    )
    assert (query.description, rows.statement_response.result.data_array) == ("The moon.", [["3"]])


def test_scripted_sql_that_fails_is_a_failed_message(w, space, script):
    script(question="*", sql="SELECT * FROM main.default.nothing")

    answer = w.genie.start_conversation(space, "anything").response.message_id

    assert answer
    found = w.api_client.do("GET", f"/api/2.0/genie/spaces/{space}/conversations")["conversations"][0]
    path = f"/api/2.0/genie/spaces/{space}/conversations/{found['conversation_id']}/messages/{answer}"
    assert w.api_client.do("GET", path)["status"] == "FAILED"


def test_scripted_words_come_so_often_and_then_genie_answers_itself(w, space, script):
    script(question="how many t*", text="Ask your manager.", times=1)

    first, second = ask(w, space, "How many t are there?"), ask(w, space, "How many t are there?")

    assert first.attachments[0].text.content == "Ask your manager."
    assert second.attachments[0].query


def test_a_script_for_another_space_does_not_answer(w, space, script):
    script(question="*", text="no", space_id="0" * 32)

    assert ask(w, space, "How many t are there?").attachments[0].query


def test_a_script_that_says_nothing_is_refused(script):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        script(question="x")
