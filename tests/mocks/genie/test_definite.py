"""What is spoken of as one thing; and who did something."""

import json

import pytest

TABLES = """
CREATE TABLE main.default.firms (firm_id INT, firm_name STRING);
INSERT INTO main.default.firms VALUES (1, 'Blue River Gathering, LLC'), (2, 'Red Hill Oil, LLC');
CREATE TABLE main.default.contracts (contract_no STRING, firm_id INT, expiration_date DATE, acres DOUBLE);
INSERT INTO main.default.contracts VALUES ('C-1', 1, DATE'2026-01-01', 10), ('C-2', 1, DATE'2027-01-01', 20),
 ('C-3', 2, DATE'2028-01-01', 40);
CREATE TABLE main.default.parties (contract_no STRING, firm_id INT, party_role STRING);
INSERT INTO main.default.parties VALUES ('C-1', 1, 'Provider'), ('C-1', 2, 'Customer'), ('C-2', 1, 'Provider'),
 ('C-3', 2, 'Customer')
"""


@pytest.fixture
def ask(w):
    warehouse = next(iter(w.warehouses.list())).id
    for statement in TABLES.split(";"):
        w.statement_execution.execute_statement(statement, warehouse)
    tables = [{"identifier": f"main.default.{name}"} for name in ("contracts", "firms", "parties")]
    told = {"version": 2, "data_sources": {"tables": tables}}
    space = w.genie.create_space(warehouse, json.dumps(told), title="Contracts")

    def said(question):
        message = w.genie.start_conversation_and_wait(space.space_id, question)
        query = next((a.query.query for a in message.attachments if a.query), None)
        return query, " ".join(a.text.content for a in message.attachments if a.text)

    return said


@pytest.mark.parametrize(
    "question",
    ["When does the Blue River contract expire?", "What is the total acres of the Blue River contract?"],
)
def test_one_thing_of_which_there_are_several_is_asked_back_with_all_of_them(ask, question):
    query, text = ask(question)

    assert query is None
    assert "'the Blue River contract' may be C-1 or C-2. Which do you mean?" in text


@pytest.mark.parametrize(
    "question",
    [
        "When does the Red Hill contract expire?",
        "When do the Blue River contracts expire?",
        "When does the C-2 contract expire?",
    ],
)
def test_one_thing_of_which_there_is_one_and_several_of_which_there_are_several_are_answered(ask, question):
    query, text = ask(question)

    assert query is not None, text


@pytest.mark.parametrize("question", ["Who signed C-1 for the customer?", "Who signed for the customer of C-1?"])
def test_whoever_did_something_is_not_whom_it_was_done_for(ask, question):
    query, _ = ask(question)

    assert query is None


def test_the_role_that_is_asked_for_is_told(ask):
    query, text = ask("Who is the customer of C-1?")

    assert query is not None, text
