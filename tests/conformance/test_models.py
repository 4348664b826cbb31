"""databricks-langchain and databricks-openai on the foundation-model endpoints."""

import pytest
from databricks_langchain import ChatDatabricks, DatabricksEmbeddings
from databricks_openai import DatabricksOpenAI

CHAT = "databricks-meta-llama-3-3-70b-instruct"
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


@pytest.fixture
def openai(w):
    return DatabricksOpenAI(workspace_client=w, max_retries=0, timeout=60)


def test_a_chat_completion_follows_the_prompt(openai):
    asked = [{"role": "user", "content": "Repeat this code word exactly and nothing else: ZEBRA77"}]

    answer = openai.chat.completions.create(model=CHAT, messages=asked)

    assert answer.choices[0].message.content == "ZEBRA77"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_a_stream_has_several_chunks_that_make_the_answer(w):
    asked = "Repeat this sentence exactly: the code word of the day is ZEBRA77 ."

    chunks = [chunk.content for chunk in ChatDatabricks(model=CHAT, workspace_client=w).stream(asked)]

    assert "ZEBRA77" in "".join(chunks)
    assert len([chunk for chunk in chunks if chunk]) > 1


def test_a_forced_tool_call_fills_its_argument(openai):
    choice = {"type": "function", "function": {"name": "get_weather"}}
    asked = [{"role": "user", "content": "What is the weather in Lisbon?"}]

    answer = openai.chat.completions.create(model=CHAT, messages=asked, tools=[WEATHER], tool_choice=choice)

    assert answer.choices[0].message.tool_calls[0].function.arguments == '{"city": "Lisbon"}'


def test_embeddings_have_1024_numbers_and_related_texts_are_near():
    embeddings = DatabricksEmbeddings(endpoint="databricks-gte-large-en")
    a, b, c = embeddings.embed_documents(["The invoice is overdue", "Payment of the bill is late", "Penguins swim"])

    def near(x, y):
        return sum(p * q for p, q in zip(x, y, strict=True))

    assert len(a) == 1024
    assert near(a, b) > near(a, c) + 0.1
