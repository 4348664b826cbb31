"""Agents behind endpoints: the Responses API, chat, streams."""

import pytest
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput
from openai import OpenAI

from tests.clients.endings import ended

MODEL = "main.default.agent"
RESPONSES = """
import mlflow
from mlflow.pyfunc import ResponsesAgent
from mlflow.types.responses import ResponsesAgentRequest, ResponsesAgentResponse, ResponsesAgentStreamEvent
class Agent(ResponsesAgent):
    def predict(self, request: ResponsesAgentRequest) -> ResponsesAgentResponse:
        text = "heard " + request.input[-1].content + str((request.custom_inputs or {}).get("more", ""))
        return ResponsesAgentResponse(output=[self.create_text_output_item(text=text, id="m1")])
    def predict_stream(self, request):
        for part in ("heard ", request.input[-1].content):
            if part == "break": raise ValueError("broken in the middle")
            yield ResponsesAgentStreamEvent(**self.create_text_delta(delta=part, item_id="m1"))
        item = self.create_text_output_item(text="heard " + request.input[-1].content, id="m1")
        yield ResponsesAgentStreamEvent(type="response.output_item.done", item=item)
mlflow.models.set_model(Agent())
"""
CHAT = """
import mlflow
from mlflow.pyfunc import ChatModel
from mlflow.types.llm import ChatChoice, ChatCompletionResponse, ChatMessage
class Chat(ChatModel):
    def predict(self, context, messages, params):
        message = ChatMessage(role="assistant", content="heard " + messages[-1].content)
        return ChatCompletionResponse(choices=[ChatChoice(index=0, message=message, finish_reason="stop")], model="x")
mlflow.models.set_model(Chat())
"""


@pytest.fixture
def deploy(m, w, tmp_path):
    made = []

    def make(source):
        (tmp_path / "agent.py").write_text(source)
        m.pyfunc.log_model(
            name="agent",
            python_model=str(tmp_path / "agent.py"),
            pip_requirements=["mlflow"],
            registered_model_name=MODEL,
        )
        entity = ServedEntityInput(entity_name=MODEL, entity_version="1", scale_to_zero_enabled=True)
        config = EndpointCoreConfigInput(name="agent", served_entities=[entity])
        made.append("agent")
        return ended(w, w.serving_endpoints.create("agent", config=config))

    yield make
    for name in made:
        w.serving_endpoints.delete(name)


@pytest.fixture
def openai(w):
    base = f"{w.config.host}/serving-endpoints"
    with OpenAI(base_url=base, api_key=w.config.token, max_retries=0) as client:
        yield client


def user(text):
    return [{"role": "user", "content": text}]


def test_an_agent_answers_the_responses_api_and_says_its_task(deploy, openai):
    assert deploy(RESPONSES).task == "agent/v1/responses"

    answer = openai.responses.create(model="agent", input=user("you"), extra_body={"custom_inputs": {"more": "!"}})

    assert answer.output_text == "heard you!"


def test_an_agent_streams_its_own_events(deploy, openai):
    deploy(RESPONSES)

    events = list(openai.responses.create(model="agent", input=user("you"), stream=True))

    assert [event.delta for event in events if event.type == "response.output_text.delta"] == ["heard ", "you"]
    assert events[-1].type == "response.output_item.done"


def test_a_stream_that_breaks_ends_with_an_error(deploy, openai):
    deploy(RESPONSES)
    events = []

    with pytest.raises(Exception, match="broken in the middle"):
        events.extend(openai.responses.create(model="agent", input=user("break"), stream=True))


def test_a_chat_model_answers_chat_completions(deploy, openai):
    deploy(CHAT)

    answer = openai.chat.completions.create(model="agent", messages=user("you"))

    assert answer.choices[0].message.content == "heard you"


def test_ai_query_asks_an_agent_with_a_text_or_with_a_conversation(deploy, w):
    deploy(RESPONSES)
    talk = "named_struct('messages', array(named_struct('role', 'user', 'content', 'us')))"

    query = f"SELECT ai_query('agent', 'you'), ai_query('agent', {talk})"
    answer = w.statement_execution.execute_statement(query, next(iter(w.warehouses.list())).id)

    assert answer.result.data_array == [["heard you", "heard us"]]
