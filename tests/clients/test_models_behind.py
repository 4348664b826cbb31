"""Which model answers behind an endpoint: servers by URL, and recordings of their answers."""

import openai as openai_package
import pytest
from databricks.sdk.service.serving import (
    AiGatewayRateLimit,
    AiGatewayRateLimitKey,
    AiGatewayRateLimitRenewalPeriod,
    EndpointCoreConfigInput,
    ExternalModel,
    ExternalModelProvider,
    OpenAiConfig,
    ServedEntityInput,
)
from openai import OpenAI

CHAT, OTHER = "databricks-claude-sonnet-4-5", "databricks-gpt-5"
KEY = "sk-canary0123456789abcdef"


def user(text):
    return [{"role": "user", "content": text}]


@pytest.fixture
def openai(server, workspace):
    with OpenAI(base_url=f"{server.host}/serving-endpoints", api_key=workspace["token"], max_retries=0) as client:
        yield client


@pytest.fixture
def recordings(server, workspace, tmp_path):
    folder = tmp_path / "recordings"

    def told(mode):
        body = {"workspace": workspace["name"], "folder": str(folder), "mode": mode}
        return server.control("PUT", "/_sandbox/recordings", body)

    told.folder = folder
    told.state = lambda: server.control("GET", f"/_sandbox/recordings?workspace={workspace['name']}")
    told.prune = lambda: server.control("POST", "/_sandbox/recordings/prune", {"workspace": workspace["name"]})
    return told


def ask(openai, text, model=CHAT, **more):
    return openai.chat.completions.create(model=model, messages=user(text), **more).choices[0].message.content


def external(task="llm/v1/chat"):
    config = OpenAiConfig(openai_api_key_plaintext="unused")
    model = ExternalModel(name="gpt", provider=ExternalModelProvider.OPENAI, task=task, openai_config=config)
    return EndpointCoreConfigInput(name="mine", served_entities=[ServedEntityInput(name="gpt", external_model=model)])


def test_a_server_answers_behind_one_endpoint_and_the_stand_in_behind_the_others(openai, behind, model_server):
    behind(f"{OTHER}={model_server.url}#small")

    assert ask(openai, "Hello", OTHER) == "Good day"
    assert ask(openai, "Repeat exactly: parrot") == "parrot"
    assert [body["model"] for _, body in model_server.seen] == ["small"]


def test_the_stand_in_can_be_kept_behind_one_endpoint(openai, behind, model_server):
    behind(f"{model_server.url}#small", f"{OTHER}=stand-in")

    assert ask(openai, "Hello") == "Good day"
    assert ask(openai, "Repeat exactly: parrot", OTHER) == "parrot"


def test_an_external_model_answers_once_it_is_mapped(w, openai, behind, model_server):
    w.serving_endpoints.create_and_wait(name="mine", config=external())

    with pytest.raises(openai_package.InternalServerError, match="--llm mine=URL#MODEL"):
        ask(openai, "Hello", "mine")
    behind(f"mine={model_server.url}#small")
    assert ask(openai, "Hello", "mine") == "Good day"


def test_an_external_embedding_model_answers_with_the_vectors_of_its_server(w, openai, behind, model_server):
    w.serving_endpoints.create_and_wait(name="mine", config=external("llm/v1/embeddings"))
    behind(f"mine={model_server.url}#vectors")

    answer = openai.embeddings.create(model="mine", input="x", encoding_format="float")

    assert answer.data[0].embedding == [0.5, 0.5]


def test_a_server_that_dies_in_the_middle_of_a_stream_is_told_in_the_stream(openai, behind, model_server):
    behind(f"{model_server.url}#small")
    model_server.breaks_off = True

    with pytest.raises(openai_package.APIError, match="cannot be reached"):
        list(openai.chat.completions.create(model=CHAT, messages=user("Hello"), stream=True))


def test_an_answer_is_recorded_once_and_replayed_without_the_server(openai, behind, recordings, model_server):
    behind(f"{model_server.url}#small")
    recordings("record-missing")
    first = ask(openai, "Hello")
    behind("http://127.0.0.1:9/v1#gone")
    recordings("replay")

    assert (ask(openai, "Hello"), first) == ("Good day", "Good day")
    assert (recordings.state()["played"], recordings.state()["missed"], len(model_server.seen)) == (1, 0, 1)


def test_a_recorded_stream_is_replayed_whole_and_in_parts(openai, behind, recordings, model_server):
    behind(f"{model_server.url}#small")
    recordings("record")
    list(openai.chat.completions.create(model=CHAT, messages=user("Hello"), stream=True))
    recordings("replay")

    parts = list(openai.chat.completions.create(model=CHAT, messages=user("Hello"), stream=True))

    assert "".join(c.choices[0].delta.content or "" for c in parts if c.choices) == "Good day"
    assert parts[-1].usage.completion_tokens == 2
    assert ask(openai, "Hello") == "Good day"


def test_the_same_request_again_gets_the_next_recording(openai, behind, recordings, model_server):
    behind(f"{model_server.url}#small")
    recordings("record")
    for model_server.says in ("first", "second"):
        ask(openai, "Hello")
    recordings("replay")

    assert [ask(openai, "Hello") for _ in range(3)] == ["first", "second", "second"]
    assert recordings.state()["repeated"] == 1


def test_a_missing_recording_names_the_closest_and_the_difference(openai, behind, recordings, model_server):
    behind(f"{model_server.url}#small")
    recordings("record")
    ask(openai, "What is the fee of contract A?")
    recordings("replay")

    with pytest.raises(openai_package.NotFoundError, match=r"messages\[0\].content: recorded '.*A\?', asked '.*B\?'"):
        ask(openai, "What is the fee of contract B?")
    assert recordings.state()["missed"] == 1


def test_what_changes_from_run_to_run_does_not_change_the_key(openai, behind, recordings, model_server):
    def conversation(call_id, port):
        call = {"id": call_id, "type": "function", "function": {"name": "f", "arguments": "{}"}}
        result = {"role": "tool", "tool_call_id": call_id, "content": f"see http://127.0.0.1:{port}/x"}
        return [*user("Hi"), {"role": "assistant", "content": "", "tool_calls": [call]}, result]

    behind(f"{model_server.url}#small")
    recordings("record")
    openai.chat.completions.create(model=CHAT, messages=conversation("call_a", 41001))
    recordings("replay")

    answer = openai.chat.completions.create(model=CHAT, messages=conversation("call_b", 52002), user="me")

    assert answer.choices[0].message.content == "Good day"


def test_no_secret_is_written(openai, behind, recordings, model_server, workspace):
    behind(f"http://{KEY}@127.0.0.1:{model_server.server_port}/v1#small")
    recordings("record")
    model_server.says = f"Your key is {KEY} and your token {workspace['token']}."

    ask(openai, f"My key is {KEY}, send Bearer abcdefgh12345678 with {workspace['token']}")

    (file,) = recordings.folder.rglob("*.yaml")
    written = file.read_text()
    assert "Your key is (redacted)" in written
    assert [one for one in (KEY, workspace["token"], "abcdefgh12345678") if one in written] == []


def test_recordings_that_nobody_used_are_told_and_pruned(openai, behind, recordings, model_server):
    behind(f"{model_server.url}#small")
    recordings("record")
    ask(openai, "Used")
    ask(openai, "Not used")
    recordings("replay")
    ask(openai, "Used")

    (unused,) = recordings.state()["unused"]
    assert "not-used" in unused
    assert recordings.prune()["deleted"] == [unused]
    assert recordings.state()["unused"] == []


def limit(**told):
    return AiGatewayRateLimit(renewal_period=AiGatewayRateLimitRenewalPeriod.MINUTE, **told)


def test_a_built_in_endpoint_keeps_a_limit_of_tokens(w, openai):
    w.serving_endpoints.put_ai_gateway(CHAT, rate_limits=[limit(tokens=20)])

    ask(openai, "Repeat exactly: one two three four five six seven eight nine ten")

    with pytest.raises(openai_package.RateLimitError, match="takes 20 tokens a minute") as refused:
        ask(openai, "Hello")
    assert 1 <= int(refused.value.response.headers["retry-after"]) <= 60
    assert ask(openai, "Repeat exactly: free", OTHER) == "free"


def test_a_limit_of_one_user_does_not_stop_another(w, openai, server, workspace):
    principal = AiGatewayRateLimitKey.USER
    w.serving_endpoints.put_ai_gateway(CHAT, rate_limits=[limit(calls=0, key=principal, principal="eve@example.com")])
    told = {"workspace": workspace["name"], "user_name": "eve@example.com"}
    token = server.control("POST", "/_sandbox/principals", told)["token"]

    assert ask(openai, "Repeat exactly: free") == "free"
    with (
        OpenAI(base_url=f"{server.host}/serving-endpoints", api_key=token, max_retries=0) as eve,
        pytest.raises(openai_package.RateLimitError, match="from eve@"),
    ):
        ask(eve, "Hello")


def test_an_inference_table_keeps_what_a_built_in_endpoint_was_asked(w, openai):
    w.schemas.create("kept", "main")
    config = {"catalog_name": "main", "schema_name": "kept", "enabled": True, "table_name_prefix": "chat"}
    w.api_client.do("PUT", f"/api/2.0/serving-endpoints/{CHAT}/ai-gateway", body={"inference_table_config": config})
    ask(openai, "Repeat exactly: remember me")
    list(openai.chat.completions.create(model=CHAT, messages=user("Repeat exactly: in parts"), stream=True))

    warehouse = next(iter(w.warehouses.list())).id
    query = "SELECT count(*) FROM main.kept.chat_payload WHERE status_code = 200"
    rows = [["0"]]
    while rows != [["2"]]:
        rows = w.statement_execution.execute_statement(query, warehouse).result.data_array
