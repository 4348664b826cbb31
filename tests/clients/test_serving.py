"""Model serving as the OpenAI client, LangChain and the Databricks SDK use it."""

import json

import httpx
import pytest
from databricks.sdk import errors
from databricks.sdk.errors import AlreadyExists, BadRequest, InvalidParameterValue, NotFound, PermissionDenied
from databricks.sdk.service.serving import (
    ChatMessage,
    ChatMessageRole,
    EndpointCoreConfigInput,
    EndpointTag,
    ExternalModel,
    ExternalModelProvider,
    OpenAiConfig,
    ServedEntityInput,
)
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from openai import BadRequestError, NotFoundError, OpenAI

CHAT, EMBED = "databricks-claude-sonnet-4-5", "databricks-gte-large-en"
STAND_IN = "sandbricks-stand-in"
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def user(text):
    return [{"role": "user", "content": text}]


@pytest.fixture
def openai(server, workspace):
    with OpenAI(base_url=f"{server.host}/serving-endpoints", api_key=workspace["token"], max_retries=0) as client:
        yield client


@tool
def search_manuals(query: str) -> str:
    """Searches the text of the machine manuals."""
    passages = [{"title": "Manual M-7", "section": "Oil", "text": "The oil of pump M-7 is changed every 400 hours."}]
    return json.dumps({"passages": passages})


def test_a_chat_completion_answers_with_usage_that_adds_up(openai):
    answer = openai.chat.completions.create(model=CHAT, messages=user("Repeat exactly: blue heron"))

    assert answer.choices[0].message.content == "blue heron"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.prompt_tokens + answer.usage.completion_tokens == answer.usage.total_tokens > 0


def test_a_response_names_the_asked_endpoint_and_who_really_answered(openai):
    raw = openai.chat.completions.with_raw_response.create(model=CHAT, messages=user("Hello"))
    answer = raw.parse()

    assert (answer.model, answer.system_fingerprint) == (CHAT, STAND_IN)
    assert (raw.headers["served-model-name"], raw.headers["x-sandbricks-answered-by"]) == (CHAT, STAND_IN)


def test_a_stream_begins_with_the_role_and_ends_with_usage_beside_no_choice(openai):
    chunks = list(
        openai.chat.completions.create(
            model=CHAT, messages=user("Repeat exactly: the heron stands in the reeds at dawn"), stream=True
        )
    )

    assert chunks[0].choices[0].delta.role == "assistant"
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices).endswith("reeds at dawn")
    assert (chunks[-1].choices, chunks[-1].usage.completion_tokens > 1) == ([], True)


def test_a_forced_tool_call_is_filled_from_the_question(openai):
    choice = {"type": "function", "function": {"name": "get_weather"}}
    answer = openai.chat.completions.create(
        model=CHAT, messages=user("What is the weather in Lisbon?"), tools=[WEATHER], tool_choice=choice
    )

    call = answer.choices[0].message.tool_calls[0]
    assert (call.function.name, json.loads(call.function.arguments)) == ("get_weather", {"city": "Lisbon"})
    assert answer.choices[0].finish_reason == "tool_calls"


def test_langchain_calls_the_tool_and_answers_from_its_result_with_the_source(server, workspace):
    model = ChatOpenAI(model=CHAT, base_url=f"{server.host}/serving-endpoints", api_key=workspace["token"])
    messages = [("user", "How often is the oil of M-7 changed?")]
    asked = model.bind_tools([search_manuals]).invoke(messages)
    result = search_manuals.invoke(asked.tool_calls[0])

    answer = model.bind_tools([search_manuals]).invoke([*messages, asked, result])

    assert "every 400 hours" in answer.content
    assert "[Manual M-7, Oil]" in answer.content


def test_a_streamed_tool_call_comes_together_in_langchain_with_usage_counted_once(server, workspace):
    model = ChatOpenAI(
        model=CHAT, base_url=f"{server.host}/serving-endpoints", api_key=workspace["token"], stream_usage=True
    )
    whole = None
    for chunk in model.bind_tools([search_manuals]).stream("How often is the oil of M-7 changed?"):
        whole = chunk if whole is None else whole + chunk

    assert whole.tool_calls[0]["args"] == {"query": "How often is the oil of M-7 changed?"}
    assert whole.usage_metadata["total_tokens"] < 200


def test_structured_output_validates_against_its_schema(openai):
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}, "mood": {"enum": ["calm", "wild"]}},
        "required": ["city", "days", "mood"],
    }
    answer = openai.chat.completions.create(
        model=CHAT,
        messages=user("We stay 3 days in Porto, it will be wild."),
        response_format={"type": "json_schema", "json_schema": {"name": "trip", "schema": schema}},
    )

    assert json.loads(answer.choices[0].message.content) == {"city": "Porto", "days": 3, "mood": "wild"}


def test_the_limit_of_tokens_is_kept_and_said(openai):
    answer = openai.chat.completions.create(
        model=CHAT, messages=user("Repeat exactly: one two three four"), max_tokens=2
    )

    assert (answer.choices[0].message.content, answer.choices[0].finish_reason) == ("one two", "length")
    assert answer.usage.completion_tokens == 2


@pytest.mark.parametrize("base", ["serving-endpoints", "ai-gateway/mlflow/v1", "ai-gateway/openai/v1"])
def test_the_responses_api_answers_under_every_base(server, workspace, base):
    with OpenAI(base_url=f"{server.host}/{base}", api_key=workspace["token"]) as client:
        answer = client.responses.create(model=CHAT, input="Repeat exactly: blue heron")

    assert (answer.output_text, answer.status) == ("blue heron", "completed")
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens


def test_the_responses_api_streams_numbered_events_up_to_the_whole_response(openai):
    events = list(openai.responses.create(model=CHAT, input="Repeat exactly: a grey heron waits", stream=True))

    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert (events[0].type, events[-1].type) == ("response.created", "response.completed")
    assert "".join(e.delta for e in events if e.type == "response.output_text.delta") == "a grey heron waits"


def test_the_responses_api_calls_functions_and_takes_their_output(openai):
    tools = [{"type": "function", **WEATHER["function"]}]
    question = {"role": "user", "content": "What is the weather in Lisbon?"}
    call = openai.responses.create(model=CHAT, input=[question], tools=tools).output[0]
    output = {"type": "function_call_output", "call_id": call.call_id, "output": '{"weather": "sunny", "celsius": 24}'}

    answer = openai.responses.create(model=CHAT, input=[question, call.model_dump(), output], tools=tools)

    assert json.loads(call.arguments) == {"city": "Lisbon"}
    assert "sunny" in answer.output_text


def test_embeddings_have_the_dimension_of_the_endpoint_whatever_their_encoding(openai):
    texts = ["The invoice is overdue", "Penguins swim"]
    packed = openai.embeddings.create(model=EMBED, input=texts)
    plain = openai.embeddings.create(model=EMBED, input=texts, encoding_format="float")

    assert [len(one.embedding) for one in packed.data] == [1024, 1024]
    assert packed.data[1].embedding == pytest.approx(plain.data[1].embedding, abs=1e-6)


def test_the_sdk_queries_and_describes_the_same_endpoint(w):
    messages = [ChatMessage(role=ChatMessageRole.USER, content="Repeat exactly: blue heron")]
    answer = w.serving_endpoints.query(name=CHAT, messages=messages)
    endpoint = w.serving_endpoints.get(CHAT)

    assert answer.choices[0].message.content == "blue heron"
    assert (endpoint.task, endpoint.state.ready.value, endpoint.state.config_update.value) == (
        "llm/v1/chat",
        "READY",
        "NOT_UPDATING",
    )


def test_the_list_has_chat_and_embedding_endpoints(w):
    tasks = {endpoint.name: endpoint.task for endpoint in w.serving_endpoints.list()}

    assert (tasks[CHAT], tasks[EMBED]) == ("llm/v1/chat", "llm/v1/embeddings")


def test_an_unknown_endpoint_does_not_exist(w, openai):
    with pytest.raises(errors.ResourceDoesNotExist):
        w.serving_endpoints.get("nobody")
    with pytest.raises(NotFoundError):
        openai.chat.completions.create(model="nobody", messages=user("Hello"))


def test_an_endpoint_refuses_the_task_of_another(w, openai):
    with pytest.raises(BadRequestError, match=r"llm/v1/chat, not llm/v1/embeddings"):
        openai.embeddings.create(model=CHAT, input="text")
    with pytest.raises(InvalidParameterValue, match="takes 'input'"):
        w.serving_endpoints.query(name=EMBED, messages=[ChatMessage(role=ChatMessageRole.USER, content="Hello")])


@pytest.mark.parametrize("messages", [[], [{"content": "no role"}], [{"role": "king", "content": "Hello"}], "Hello"])
def test_malformed_messages_are_refused(server, workspace, messages):
    answer = httpx.post(
        f"{server.host}/serving-endpoints/chat/completions",
        json={"model": CHAT, "messages": messages},
        headers={"Authorization": f"Bearer {workspace['token']}"},
    )

    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def external():
    key = OpenAiConfig(openai_api_key_plaintext="sk-plain")
    model = ExternalModel(name="gpt", provider=ExternalModelProvider.OPENAI, task="llm/v1/chat", openai_config=key)
    return EndpointCoreConfigInput(name="mine", served_entities=[ServedEntityInput(name="gpt", external_model=model)])


def test_an_endpoint_over_an_external_model_is_kept_with_its_tags_until_deleted(w):
    w.serving_endpoints.create_and_wait(name="mine", config=external(), tags=[EndpointTag(key="team", value="a")])
    w.serving_endpoints.patch("mine", add_tags=[EndpointTag(key="stage", value="b")], delete_tags=["team"])
    kept = w.serving_endpoints.get("mine")
    w.serving_endpoints.delete("mine")

    assert kept.config.served_entities[0].external_model.name == "gpt"
    assert [(tag.key, tag.value) for tag in kept.tags] == [("stage", "b")]
    with pytest.raises(NotFound):
        w.serving_endpoints.get("mine")


def test_a_key_given_in_plain_text_is_neither_shown_nor_kept(w, server, workspace):
    w.serving_endpoints.create(name="mine", config=external())

    [entity] = w.api_client.do("GET", "/api/2.0/serving-endpoints/mine")["config"]["served_entities"]

    assert entity["external_model"]["openai_config"] == {}
    written = (server.data / "workspaces" / workspace["name"]).glob("records.sqlite*")
    assert not [file for file in written if b"sk-plain" in file.read_bytes()]


def test_a_name_is_given_once(w):
    w.serving_endpoints.create(name="mine", config=external())

    with pytest.raises(AlreadyExists):
        w.serving_endpoints.create(name="mine", config=external())


def test_nothing_outside_is_called_for_an_external_model(w):
    w.serving_endpoints.create(name="mine", config=external())

    with pytest.raises(errors.NotImplemented, match="nothing outside"):
        w.serving_endpoints.query(name="mine", messages=[ChatMessage(role=ChatMessageRole.USER, content="Hello")])


def test_a_built_in_endpoint_cannot_be_deleted(w):
    with pytest.raises(PermissionDenied):
        w.serving_endpoints.delete(CHAT)


def test_too_many_texts_at_once_are_refused(w):
    with pytest.raises(BadRequest, match="150"):
        w.serving_endpoints.query(name=EMBED, input=["text"] * 151)


def test_an_endpoint_belongs_to_its_workspace(w, other):
    w.serving_endpoints.create(name="mine", config=external())

    with pytest.raises(NotFound):
        other.serving_endpoints.get("mine")
