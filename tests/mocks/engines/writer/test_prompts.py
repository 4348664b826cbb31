"""Prompts without tools: repeating, a context in the prompt, structured answers, and honesty about the rest."""

import json

import pytest

from mocks.engines.chat.exchange import Asked
from mocks.engines.writer import Writer


def said(prompt, system="", schema=None):
    messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
    return Writer().reply(Asked(messages, schema=schema)).text


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("Repeat exactly: blue  heron", "blue  heron"),
        ("Repeat this code word exactly and nothing else: X7", "X7"),
        ('Please say "good morning".', "good morning"),
    ],
)
def test_what_is_to_be_repeated_is_repeated(prompt, wanted):
    assert said(prompt) == wanted


@pytest.mark.parametrize(
    "prompt",
    [
        "Context: Pump P-100 is serviced every 30 days.\n\nQuestion: How often is P-100 serviced?\nAnswer:",
        "Question: How often is P-100 serviced?\nContext:\nPump P-100 is serviced every 30 days.",
    ],
)
def test_a_context_in_the_prompt_is_read(prompt):
    assert "every 30 days" in said(prompt)


def test_a_context_in_the_instructions_is_read():
    system = "Answer from the context.\nContext:\nPump P-100 is serviced every 30 days."

    assert "every 30 days" in said("How often is P-100 serviced?", system)


def test_a_context_without_the_answer_gives_none():
    assert "could not find" in said("Context: Pump P-100 is red.\nQuestion: Who built the tower?")


def test_without_a_context_it_says_what_it_is():
    assert "stand-in writer, not a language model" in said("What is the capital of France?")


def test_a_structured_answer_has_the_fields_of_its_schema():
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer", "minimum": 0},
            "level": {"enum": ["junior", "senior"]},
            "address": {"$ref": "#/$defs/Address"},
        },
        "$defs": {"Address": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}},
    }

    answer = json.loads(said("Ada is 36 years old, a senior engineer in London.", schema=schema))

    assert answer == {"name": "Ada", "age": 36, "level": "senior", "address": {"city": "London"}}


def test_a_schema_that_contains_itself_ends():
    schema = {
        "$ref": "#/$defs/Node",
        "$defs": {
            "Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "steps": {"type": "integer"}}}
        },
    }

    assert json.loads(said("7 steps", schema=schema))["steps"] == 7


def test_any_object_will_do_without_a_schema():
    assert json.loads(said("Repeat exactly: yes", schema={})) == {"answer": "yes"}
