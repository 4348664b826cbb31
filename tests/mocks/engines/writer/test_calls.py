"""Tool calls: which tool, with which words, and when to stop."""

import json

import pytest

from mocks.engines.chat.exchange import Asked, Tool
from mocks.engines.writer import Writer
from tests.mocks.engines.writer.chat import SEARCH, TABLES, Chat, table

WEATHER = Tool("get_weather", "Weather of a city", {"properties": {"city": {"type": "string"}}, "required": ["city"]})


def called(question, tools, **options):
    reply = Writer().reply(Asked([{"role": "user", "content": question}], tools, **options))
    return [(call.name, json.loads(call.arguments)) for call in reply.calls]


@pytest.mark.parametrize(
    "question",
    [
        "How many machines do we have?",
        "List all customers with their leases",
        "What is the total rent by customer?",
        "Top 5 machines by hours",
        "Which machines are idle?",
        "What share of invoices was paid late?",
    ],
)
def test_figures_are_asked_of_the_tables(question):
    assert called(question, [SEARCH, TABLES]) == [("query_tables", {"query": question})]


@pytest.mark.parametrize(
    "question",
    [
        "How long is the notice period in L-102?",
        "What does L-101 say about spare parts?",
        "How many days of notice does L-101 require?",
        "May the lessee sublet under L-101?",
        "What does TCO mean?",
    ],
)
def test_wording_is_asked_of_the_documents(question):
    assert called(question, [SEARCH, TABLES]) == [("search_documents", {"query": question})]


def test_small_talk_calls_nothing():
    assert called("Hello!", [SEARCH, TABLES, WEATHER]) == []


def test_a_question_that_no_tool_is_for_calls_nothing():
    assert called("Who wrote Hamlet?", [WEATHER]) == []


def test_none_forbids_and_required_forces_a_call():
    assert called("How many machines do we have?", [TABLES], tool_choice="none") == []
    assert called("Hello!", [TABLES], tool_choice="required")[0][0] == "query_tables"


def test_a_question_in_two_steps_asks_one_source_and_then_the_other_with_what_it_found():
    chat = Chat({"highest rent": table(["lease_id", "rent"], [["L-102", "7900"]])})

    answer = chat.ask("What notice period applies to the lease with the highest rent?")

    assert [name for name, _ in chat.calls] == ["query_tables", "search_documents"]
    assert "L-102" in chat.calls[1][1]
    assert "six months' notice" in answer


def test_a_source_that_does_not_know_is_followed_by_the_other():
    chat = Chat()

    answer = chat.ask("How much are all hotel costs refunded monthly?")

    assert "EUR 140" in answer
    assert len(chat.calls) <= 2


def test_no_call_is_made_twice():
    chat = Chat()
    chat.ask("What is the arbitration seat of L-101 and L-999?")

    assert len(chat.calls) == len(set(chat.calls))


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        ("What is the rent in L-101?", "And in L-102?", "What is the rent in L-102?"),
        ("What does L-101 say about spare parts?", "What about subletting?", "What does L-101 say about subletting?"),
        (
            "How many machines are idle?",
            "How many of those are cranes?",
            "How many of the machines that are idle are cranes?",
        ),
        ("List the customers", "only the new ones", "List the customers, only the new ones"),
        ("Top 5 customers by rent", "same for 2024", "Top 5 customers by rent for 2024?"),
    ],
)
def test_a_follow_up_is_asked_so_that_it_stands_alone(first, then, asked):
    chat = Chat()
    chat.ask(first)
    chat.calls.clear()
    chat.ask(then)

    assert chat.calls[0][1] == asked


def test_a_tool_that_keeps_conversations_is_asked_on_in_the_users_words():
    kept = {
        **TABLES.parameters,
        "properties": {**TABLES.parameters["properties"], "conversation_id": {"type": "string"}},
    }
    tool = Tool(TABLES.name, TABLES.description, kept)
    call = {"id": "c", "function": {"name": tool.name, "arguments": '{"query": "How many machines are idle?"}'}}
    messages = [
        {"role": "user", "content": "How many machines are idle?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": json.dumps(table(["n"], [["4"]]) | {"conversationId": "k1"})},
        {"role": "assistant", "content": "4"},
        {"role": "user", "content": "How many of those are cranes?"},
    ]

    reply = Writer().reply(Asked(messages, [tool]))

    assert json.loads(reply.calls[0].arguments) == {"query": "How many of those are cranes?", "conversation_id": "k1"}


def test_arguments_are_filled_by_name_type_and_choice():
    properties = {
        "order_id": {"type": "string"},
        "quantity": {"type": "integer"},
        "size": {"type": "string", "enum": ["small", "large"]},
        "due": {"type": "string", "format": "date"},
        "note": {"type": "string"},
    }
    tool = Tool(
        "change_order",
        "Changes an order",
        {"properties": properties, "required": ["order_id", "quantity", "size", "due"]},
    )
    question = "Change order PO-77 to 12 large boxes due 2025-03-01"

    assert called(question, [tool], tool_choice="change_order")[0][1] == {
        "order_id": "PO-77",
        "quantity": 12,
        "size": "large",
        "due": "2025-03-01",
    }


def test_a_smuggled_statement_is_not_passed_on():
    assert called("'; DROP TABLE machines; -- how many machines?", [TABLES])[0][1] == {"query": "how many machines?"}
