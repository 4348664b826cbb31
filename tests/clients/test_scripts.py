"""Scripted answers of models, as a test tells them and the OpenAI client gets them."""

import json
import urllib.error

import openai as openai_package
import pytest
from openai import OpenAI

CHAT = "databricks-claude-sonnet-4-5"


def user(text):
    return [{"role": "user", "content": text}]


@pytest.fixture
def openai(server, workspace):
    with OpenAI(base_url=f"{server.host}/serving-endpoints", api_key=workspace["token"], max_retries=0) as client:
        yield client


def ask(openai, text, **more):
    return openai.chat.completions.create(model=more.pop("model", CHAT), messages=user(text), **more)


def test_the_first_script_that_fits_answers_and_says_so(openai, script):
    script({"content": "It is sunny."}, {"user_message": "weather"})
    script({"content": "Anything else?"})

    answer = ask(openai, "How is the Weather?")

    assert answer.choices[0].message.content == "It is sunny."
    assert answer.system_fingerprint == "script"
    assert ask(openai, "Hello").choices[0].message.content == "Anything else?"


def test_a_script_fires_as_often_as_it_is_told(openai, script):
    script({"content": "once"}, times=1)
    script({"content": "then always"})

    assert [ask(openai, "Go").choices[0].message.content for _ in range(3)] == ["once", "then always", "then always"]


@pytest.mark.parametrize(
    ("match", "fits"),
    [
        ({"model": "databricks-claude-*"}, True),
        ({"model": "databricks-gpt-5"}, False),
        ({"system_message": "brief"}, True),
        ({"turn_index": 1}, True),
        ({"turn_index": 0}, False),
        ({"tool_name": "weather", "has_tool_result": True}, True),
        ({"tool_name": "stocks"}, False),
        ({"offered_tool": "weather"}, True),
    ],
)
def test_a_match_looks_at_model_messages_tools_and_turn(openai, script, match, fits):
    script({"content": "scripted"}, match)
    call = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
    tool = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}}}
    messages = [
        {"role": "system", "content": "Be brief."},
        *user("Weather?"),
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": "rain"},
    ]

    answer = openai.chat.completions.create(model=CHAT, messages=messages, tools=[tool])

    assert (answer.choices[0].message.content == "scripted") is fits


def test_scripted_tool_calls_arrive_whole_and_streamed(openai, script):
    script({"tool_calls": [{"name": "add", "arguments": {"a": 1}}, {"name": "add", "arguments": "{broken"}]})

    calls = ask(openai, "Add").choices[0].message.tool_calls
    parts = [chunk for chunk in ask(openai, "Add", stream=True) if chunk.choices]

    assert [call.function.arguments for call in calls] == ['{"a": 1}', "{broken"]
    assert parts[-1].choices[0].finish_reason == "tool_calls"


def test_a_scripted_error_has_its_status_and_its_time_to_wait(openai, script):
    script({"error": {"status": 429, "error_code": "REQUEST_LIMIT_EXCEEDED", "message": "Slow down", "retry_after": 7}})

    with pytest.raises(openai_package.RateLimitError, match="Slow down") as refused:
        ask(openai, "Hello")
    assert refused.value.response.headers["retry-after"] == "7"


def test_a_stream_can_be_scripted_to_break_off(openai, script):
    script({"content": "The first words", "error": {"message": "The line went dead."}})
    heard = []

    with pytest.raises(openai_package.APIError, match="The line went dead"):
        heard.extend(chunk.choices[0].delta.content or "" for chunk in ask(openai, "Hello", stream=True))
    with ask(openai, "Hello", stream=True) as stream:
        assert next(iter(stream)).choices[0].delta.role == "assistant"


def test_the_responses_api_breaks_off_with_an_error_event(openai, script):
    script({"content": "The first words", "error": {"message": "The line went dead."}})

    with pytest.raises(openai_package.APIError, match="The line went dead"):
        list(openai.responses.create(model=CHAT, input="Hello", stream=True))


def test_a_request_that_no_script_fits_can_be_made_to_fail_with_the_nearest(openai, server, workspace, script):
    script({"content": "x"}, {"user_message": "weather", "model": CHAT})
    server.control("PUT", "/_sandbox/llm/unscripted", {"workspace": workspace["name"], "unscripted": "error"})

    with pytest.raises(openai_package.NotFoundError, match=r"00000001: user_message is 'Hello', not 'weather'"):
        ask(openai, "Hello")


def test_scripts_are_listed_with_their_count_and_forgotten(openai, server, workspace, script):
    first = script({"json": {"a": 1}})
    ask(openai, "Hello")
    listed = server.control("GET", f"/_sandbox/llm/script?workspace={workspace['name']}")["scripts"]
    server.control("DELETE", f"/_sandbox/llm/script/{first['id']}?workspace={workspace['name']}")

    assert [(one["id"], one["fired"]) for one in listed] == [(first["id"], 1)]
    assert ask(openai, "Hello").system_fingerprint != "script"


def test_scripts_of_one_workspace_are_not_heard_in_another(openai, server, script, make_workspace):
    script({"content": "mine"})
    token = make_workspace()["token"]

    with OpenAI(base_url=f"{server.host}/serving-endpoints", api_key=token) as other:
        assert ask(other, "Repeat exactly: yours").choices[0].message.content == "yours"


@pytest.mark.parametrize("response", [{}, {"contents": "x"}, {"error": {"status": 200}}])
def test_a_script_that_says_nothing_is_refused(script, response):
    with pytest.raises(urllib.error.HTTPError) as refused:
        script(response)
    assert json.loads(refused.value.read())["error_code"] == "INVALID_PARAMETER_VALUE"


def test_a_script_answers_ai_query_in_sql(w, script):
    warehouse = next(iter(w.warehouses.list())).id
    script({"content": "scripted"}, {"user_message": "classify"})

    statement = w.statement_execution.execute_statement(f"SELECT ai_query('{CHAT}', 'Classify this')", warehouse)

    assert statement.result.data_array == [["scripted"]]
