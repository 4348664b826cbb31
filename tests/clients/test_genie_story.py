"""What a curator lives through: the names as they are written, then one instruction, then the companies."""

import json

import pytest

QUESTION = "get me all the unique legal entities"
TABLES = {"tables": [{"identifier": "main.default.companies"}, {"identifier": "main.default.parties"}]}
INSTRUCTION = '"legal entity" means companies.official_name, never the name as written.\n'


@pytest.fixture
def ask(w):
    warehouse = next(iter(w.warehouses.list())).id
    for statement in (
        "CREATE TABLE main.default.companies (company_id INT, official_name STRING)",
        "INSERT INTO main.default.companies VALUES (1, 'Rio Bravo, LLC'), (2, 'Mesa Corp')",
        "CREATE TABLE main.default.parties (deal STRING, company_id INT, legal_entity STRING COMMENT 'As written')",
        "INSERT INTO main.default.parties VALUES ('A', 1, 'RIO BRAVO LLC'), ('B', 1, 'Rio Bravo'), ('C', 2, 'Mesa')",
    ):
        w.statement_execution.execute_statement(statement, warehouse)

    def asked(*instructions):
        told = {"version": 2, "data_sources": TABLES}
        if instructions:
            told["instructions"] = {"text_instructions": [{"id": "a" * 32, "content": list(instructions)}]}
        space = w.genie.create_space(warehouse, json.dumps(told))
        message = w.genie.start_conversation_and_wait(space.space_id, QUESTION)
        attachment = next(a for a in message.attachments if a.query)
        result = w.genie.get_message_attachment_query_result(
            space.space_id, message.conversation_id, message.message_id, attachment.attachment_id
        )
        return sorted(row[0] for row in result.statement_response.result.data_array)

    return asked


def test_a_bare_space_answers_with_the_spellings(ask):
    assert ask() == ["Mesa", "RIO BRAVO LLC", "Rio Bravo"]


def test_one_instruction_makes_it_answer_with_the_companies(ask):
    assert ask(INSTRUCTION) == ["Mesa Corp", "Rio Bravo, LLC"]
