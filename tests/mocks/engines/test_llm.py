"""A language model by URL: what is passed on, what comes back, and how its failures are told."""

import pytest

from mocks.core.errors import BadRequest, TemporarilyUnavailable, TooManyRequests
from mocks.engines.chat.llm import Llm
from mocks.engines.chat.model_address import ModelAddress

BODY = {"messages": [{"role": "user", "content": "Hello"}], "model": "databricks-claude-sonnet-4-5", "temperature": 0}


@pytest.fixture
def connect():
    made = []

    def to(url, model=None, **secrets):
        made.append(Llm(ModelAddress(url, model, **secrets)))
        return made[-1]

    yield to
    for llm in made:
        llm.close()


@pytest.fixture
def llm(model_server, connect):
    return connect(f"http://127.0.0.1:{model_server.server_port}/v1", "small")


def test_the_request_is_passed_on_under_the_models_own_name(llm, model_server):
    completion = llm.complete(BODY)

    path, body = model_server.seen[0]
    assert (path, body["model"], body["temperature"]) == ("/v1/chat/completions", "small", 0)
    assert (completion.answers[0].reply.text, completion.usage.prompt) == ("Good day", 3)


def test_the_answer_names_model_and_server(llm):
    assert llm.complete(BODY).answered_by == f"small at {llm.url}"


def test_without_a_name_the_first_model_of_the_server_answers(model_server, connect):
    llm = connect(f"http://127.0.0.1:{model_server.server_port}/v1")

    assert llm.answered_by.startswith("tiny-1 at ")


def test_a_stream_comes_in_its_parts_with_usage_at_the_end(llm):
    deltas = list(llm.stream(BODY))

    assert [delta.text for delta in deltas if delta.text] == ["Good ", "day"]
    assert (deltas[-2].finish, deltas[-1].usage.completion) == ("stop", 2)


@pytest.mark.parametrize(
    ("status", "error"), [(400, BadRequest), (429, TooManyRequests), (500, TemporarilyUnavailable)]
)
def test_a_refusal_is_told_with_the_url(llm, model_server, status, error):
    model_server.status = status

    with pytest.raises(error, match=r"127\.0\.0\.1.* answered"):
        llm.complete(BODY)
    with pytest.raises(error):
        list(llm.stream(BODY))


def test_a_server_that_is_not_there_is_named(connect):
    with pytest.raises(TemporarilyUnavailable, match=r"http://127\.0\.0\.1:9/v1 cannot be reached"):
        connect("http://127.0.0.1:9/v1", "small").complete(BODY)


def test_a_key_is_sent_as_a_bearer_token_and_never_told(model_server, connect):
    llm = connect(f"http://127.0.0.1:{model_server.server_port}/v1", "small", key="sk-secret")

    llm.complete(BODY)

    assert model_server.keys == ["Bearer sk-secret"]
    assert "sk-secret" not in llm.answered_by
