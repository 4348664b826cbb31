"""What tools send back: tables shown in full or in part, questions passed on, forms of other servers read."""

import json

import pytest

from mocks.engines.chat.exchange import Asked
from mocks.engines.writer import Writer
from tests.mocks.engines.writer.chat import TABLES, table


def answered(question, result):
    call = {"id": "c", "function": {"name": TABLES.name, "arguments": json.dumps({"query": question})}}
    messages = [
        {"role": "user", "content": question},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": result if isinstance(result, str) else json.dumps(result)},
    ]
    return Writer().reply(Asked(messages, [TABLES])).text


def test_a_single_value_is_told_with_its_query():
    answer = answered(
        "How many machines do we have?", table(["machine_count"], [["12"]], "SELECT COUNT(*) FROM machines")
    )

    assert answer == "machine count: 12\n[query_tables: SELECT COUNT(*) FROM machines]"


def test_a_small_table_is_shown_in_full_and_counted():
    answer = answered("List all cranes", table(["name"], [["A"], ["B"], ["C"]]))

    assert answer.startswith("| name |\n| --- |\n| A |\n| B |\n| C |")
    assert "3 cranes." in answer


def test_a_large_table_is_shown_in_part_and_that_is_said():
    answer = answered("List all cranes", table(["name"], [[f"crane {n}"] for n in range(90)]))

    assert "These are the first 25 of 90 rows." in answer


def test_rows_as_proto_json_are_read():
    rows = [{"values": [{"string_value": "AMER"}, {"string_value": "20"}, {}]}]

    assert "region: AMER; n: 20; note: none" in answered("How many by region?", table(["region", "n", "note"], rows))


@pytest.mark.parametrize(
    "result",
    [
        [{"region": "AMER", "n": 20}],
        {"columns": ["region", "n"], "rows": [["AMER", 20]]},
        "| region | n |\n| --- | --- |\n| AMER | 20 |",
        [{"type": "text", "text": '[{"region": "AMER", "n": 20}]'}],
    ],
)
def test_tables_in_other_forms_are_read(result):
    assert "region: AMER; n: 20" in answered("How many by region?", result)


def test_a_question_of_the_tool_is_passed_on():
    asks = {"content": {"queryAttachments": [], "textAttachments": ["Which year do you mean, 2023 or 2024?"]}}

    assert answered("Show me the rents", asks) == "Which year do you mean, 2023 or 2024?"


def test_a_tool_that_did_not_understand_is_quoted():
    lost = {"content": {"queryAttachments": [], "textAttachments": ["I do not know what 'rents' means here."]}}

    answer = answered("Show me the rents", lost)

    assert answer.startswith("I could not find the answer")
    assert "query_tables said: I do not know what 'rents' means here." in answer


def test_a_tool_that_failed_is_named():
    assert "query_tables failed: Error: no connection" in answered("Show me the rents", "Error: no connection")


@pytest.mark.parametrize("result", ["", "null", "[]", "{}", "[[1],[2]]", '{"content":{"queryAttachments":["x"]}}', "3"])
def test_any_result_is_survived(result):
    assert answered("Show me the rents", result)
