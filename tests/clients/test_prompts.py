"""Prompts in Unity Catalog."""

import pytest
from mlflow.exceptions import MlflowException

NAME = "main.default.greeting"


def test_versions_load_by_number_and_by_alias(m):
    m.genai.register_prompt(name=NAME, template="Answer {{question}} briefly.", commit_message="first")
    m.genai.register_prompt(name=NAME, template="Answer {{question}} with sources.")
    m.genai.set_prompt_alias(NAME, alias="prod", version=2)

    assert m.genai.load_prompt(f"prompts:/{NAME}/1").template == "Answer {{question}} briefly."
    assert m.genai.load_prompt(f"prompts:/{NAME}@prod").format(question="it") == "Answer it with sources."


def test_a_chat_template_keeps_its_messages(m):
    messages = [{"role": "system", "content": "Be brief, ü."}, {"role": "user", "content": "{{question}}"}]
    m.genai.register_prompt(name=NAME, template=messages)

    assert m.genai.load_prompt(f"prompts:/{NAME}/1").template == messages


def test_prompts_are_found_in_their_schema(m):
    m.genai.register_prompt(name=NAME, template="x", tags={"team": "a"})

    found = m.genai.search_prompts("catalog = 'main' AND schema = 'default'")

    assert [prompt.name for prompt in found] == [NAME]


def test_a_missing_prompt_is_none_when_that_is_allowed(m):
    assert m.genai.load_prompt("prompts:/main.default.nothing/1", allow_missing=True) is None


def test_a_prompt_in_a_schema_that_does_not_exist_is_refused(m):
    with pytest.raises(MlflowException, match=r"main\.nowhere"):
        m.genai.register_prompt(name="main.nowhere.greeting", template="x")


def test_a_prompt_used_in_a_trace_is_linked_to_it(m):
    m.genai.register_prompt(name=NAME, template="Hi {{name}}")

    @m.trace
    def greet():
        return m.genai.load_prompt(f"prompts:/{NAME}/1").format(name="you")

    assert greet() == "Hi you"
