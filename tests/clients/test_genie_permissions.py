"""Who may see, ask and change a Genie space, and with whose rights its SQL runs."""

import asyncio
import json

import pytest
from databricks.sdk.errors import BadRequest, PermissionDenied
from databricks.sdk.service.iam import AccessControlRequest, PermissionLevel
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.exceptions import McpError

USE = "GRANT USE CATALOG ON CATALOG main TO readers", "GRANT USE SCHEMA ON SCHEMA main.default TO readers"
COUNT = "How many orders are there?"


@pytest.fixture
def space(w, run, server, workspace):
    run("CREATE TABLE orders AS SELECT * FROM VALUES (1, 'EMEA'), (2, 'APAC') AS t(order_id, region)")
    run("CREATE TABLE salaries AS SELECT * FROM VALUES (1, 'Zebulon', 10.0) AS t(employee_id, employee_name, salary)")
    for grant in (*USE, "GRANT SELECT ON TABLE orders TO readers"):
        run(grant)
    server.control("PUT", "/_sandbox/policy", {"grants": "on", "workspace": workspace["name"]})
    tables = [{"identifier": "main.default.orders"}, {"identifier": "main.default.salaries"}]
    told = {"version": 2, "data_sources": {"tables": tables}}
    return w.genie.create_space(next(iter(w.warehouses.list())).id, json.dumps(told), title="Orders").space_id


@pytest.fixture
def join(server, workspace):
    def make(user_name, *groups):
        told = {"user_name": user_name, "groups": list(groups), "workspace": workspace["name"]}
        return server.control("POST", "/_sandbox/principals", told)["token"]

    return make


@pytest.fixture
def token(join):
    """That of a colleague in the group `readers`."""
    return join("ann@x.org", "readers")


@pytest.fixture
def ann(client, token):
    return client(token)


@pytest.fixture
def allow(w, space):
    def change(level, user_name="ann@x.org"):
        told = AccessControlRequest(user_name=user_name, permission_level=PermissionLevel(level))
        w.permissions.update("genie", space, access_control_list=[told])

    return change


@pytest.fixture
def call(server, token):
    def use(path, tool, **arguments):
        async def talk():
            url, headers = f"{server.host}/api/2.0/mcp/{path}", {"Authorization": f"Bearer {token}"}
            async with streamablehttp_client(url, headers) as (read, write, _), ClientSession(read, write) as session:
                await session.initialize()
                return (await session.call_tool(tool, arguments)).structuredContent

        return asyncio.run(talk())

    return use


def said(message):
    return json.dumps(message.as_dict())


def test_a_space_does_not_exist_for_those_who_may_not_see_it(ann, space):
    assert not ann.genie.list_spaces().spaces
    for refused in (
        lambda: ann.genie.get_space(space),
        lambda: ann.genie.start_conversation(space, COUNT),
        lambda: ann.genie.list_conversations(space),
        lambda: ann.genie.update_space(space, title="Mine"),
        lambda: ann.genie.trash_space(space),
        lambda: ann.permissions.get("genie", space),
        lambda: ann.genie.genie_list_eval_runs(space),
    ):
        with pytest.raises(PermissionDenied, match="does not have CAN_"):
            refused()


def test_a_space_of_others_is_refused_over_mcp(call, space):
    with pytest.raises((McpError, ExceptionGroup)) as refused:
        call(f"genie/{space}", f"query_space_{space}", query=COUNT)

    told = refused.value
    while isinstance(told, ExceptionGroup):
        (told,) = told.exceptions
    assert "PERMISSION_DENIED" in str(told)


def test_genie_one_asks_no_space_that_its_caller_may_not_see(call, space):
    with pytest.raises((McpError, ExceptionGroup)):
        call("genie", "genie_ask", question=COUNT)


def test_who_may_run_a_space_asks_it_over_rest_and_mcp(ann, allow, call, space):
    allow("CAN_RUN")

    message = ann.genie.start_conversation_and_wait(space, COUNT)

    assert [one.space_id for one in ann.genie.list_spaces().spaces] == [space]
    assert message.status.value == "COMPLETED"
    assert call(f"genie/{space}", f"query_space_{space}", query=COUNT)["status"] == "COMPLETED"
    assert call("genie", "genie_ask", question=COUNT)["status"] == "completed"


def test_who_may_run_a_space_neither_changes_it_nor_reads_its_definition(ann, allow, space):
    allow("CAN_RUN")

    with pytest.raises(PermissionDenied, match="CAN_EDIT"):
        ann.genie.update_space(space, title="Mine")
    with pytest.raises(PermissionDenied, match="CAN_EDIT"):
        ann.genie.get_space(space, include_serialized_space=True)


def test_who_may_edit_a_space_updates_it_and_does_not_delete_it_or_share_it(ann, allow, space):
    allow("CAN_EDIT")

    assert ann.genie.update_space(space, title="Ours").title == "Ours"
    with pytest.raises(PermissionDenied, match="CAN_MANAGE"):
        ann.genie.trash_space(space)
    with pytest.raises(PermissionDenied, match="CAN_MANAGE"):
        ann.permissions.set("genie", space, access_control_list=[])


def test_a_level_reaches_the_members_of_a_group(w, ann, space):
    told = AccessControlRequest(group_name="readers", permission_level=PermissionLevel.CAN_VIEW)
    w.permissions.update("genie", space, access_control_list=[told])

    assert ann.genie.get_space(space).title == "Orders"


def test_who_made_a_space_manages_it_even_after_the_list_was_replaced(w, ann, space):
    warehouse = next(iter(w.warehouses.list())).id
    mine = ann.genie.create_space(warehouse, '{"version": 2}', title="Mine").space_id

    ann.permissions.set("genie", mine, access_control_list=[])

    assert ann.genie.update_space(mine, title="Still mine").title == "Still mine"
    assert w.genie.get_space(mine).title == "Still mine"


def test_an_admin_may_do_everything_with_a_space(client, join, space):
    admin = client(join("root@x.org", "admins"))

    admin.genie.trash_space(space)

    assert not admin.genie.list_spaces().spaces


def test_the_levels_of_a_space_are_told_and_others_refused(w, space):
    levels = w.permissions.get_permission_levels("genie", space).permission_levels

    assert [one.permission_level.value for one in levels] == ["CAN_VIEW", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE"]
    told = AccessControlRequest(user_name="ann@x.org", permission_level=PermissionLevel.CAN_QUERY)
    with pytest.raises(BadRequest, match="CAN_QUERY is no level"):
        w.permissions.update("genie", space, access_control_list=[told])


def test_a_conversation_belongs_to_who_began_it(client, join, ann, allow, space):
    allow("CAN_RUN")
    allow("CAN_RUN", "bob@x.org")
    bob = client(join("bob@x.org"))
    message = ann.genie.start_conversation_and_wait(space, COUNT)

    assert not bob.genie.list_conversations(space).conversations
    with pytest.raises(PermissionDenied, match="belongs to another user"):
        bob.genie.get_message(space, message.conversation_id, message.message_id)
    with pytest.raises(PermissionDenied, match="belongs to another user"):
        bob.genie.create_message(space, message.conversation_id, COUNT)
    with pytest.raises(PermissionDenied, match="CAN_MANAGE"):
        bob.genie.list_conversations(space, include_all=True)


def test_who_manages_a_space_sees_all_its_conversations(w, ann, allow, space):
    allow("CAN_RUN")
    message = ann.genie.start_conversation_and_wait(space, COUNT)

    assert not w.genie.list_conversations(space).conversations
    (found,) = w.genie.list_conversations(space, include_all=True).conversations
    assert found.conversation_id == message.conversation_id
    assert w.genie.get_message(space, message.conversation_id, message.message_id).content == COUNT


def test_a_table_that_the_caller_may_not_read_gives_a_failed_message_that_names_the_grant(ann, allow, w, space):
    allow("CAN_RUN")
    question = "How many salaries are there?"

    message = ann.genie.start_conversation(space, question).response
    found = ann.genie.get_message(space, message.conversation_id, message.message_id)

    assert found.status.value == "FAILED"
    assert "User does not have SELECT on Table 'main.default.salaries'" in found.error.error
    assert w.genie.start_conversation_and_wait(space, question).status.value == "COMPLETED"


@pytest.mark.parametrize(
    "question",
    ["Which salary has Zebulo?", "Who are the employees?", "List the employee names"],
)
def test_no_value_of_a_table_that_the_caller_may_not_read_reaches_him(w, ann, allow, space, question):
    w.genie.start_conversation(space, question)
    allow("CAN_RUN")

    message = ann.genie.start_conversation(space, question).response
    found = ann.genie.get_message(space, message.conversation_id, message.message_id)

    assert "zebulon" not in said(found).replace(question, "").lower()
    assert "10.0" not in said(found)


def test_whoever_manages_a_space_reads_the_rows_of_others_with_his_own_rights(w, ann, space):
    told = AccessControlRequest(user_name="ann@x.org", permission_level=PermissionLevel.CAN_MANAGE)
    w.permissions.update("genie", space, access_control_list=[told])
    message = w.genie.start_conversation_and_wait(space, "How many salaries are there?")
    (query,) = [one for one in message.attachments if one.query]
    place = space, message.conversation_id, message.message_id, query.attachment_id

    with pytest.raises(BadRequest, match="does not have SELECT"):
        ann.genie.get_message_attachment_query_result(*place)
    with pytest.raises(BadRequest, match="does not have SELECT"):
        ann.genie.execute_message_attachment_query(*place)


def test_the_rows_of_an_eval_run_of_somebody_else_want_the_right_to_read_the_tables(w, ann, allow, space):
    question = {
        "id": "a" * 32,
        "question": ["How many salaries are there?"],
        "answer": [{"format": "SQL", "content": ["SELECT count(*) FROM main.default.salaries"]}],
    }
    told = json.loads(w.genie.get_space(space, include_serialized_space=True).serialized_space)
    w.genie.update_space(space, serialized_space=json.dumps(told | {"benchmarks": {"questions": [question]}}))
    run = w.genie.genie_create_eval_run(space).eval_run_id
    allow("CAN_EDIT")

    (listed,) = ann.genie.genie_list_eval_results(space, run).eval_results
    mine, hers = (one.genie.genie_get_eval_result_details(space, run, listed.result_id) for one in (w, ann))

    assert mine.expected_response[0].sql_execution_result.result.data_array == [["1"]]
    assert [one.sql_execution_result for one in (*hers.expected_response, *hers.actual_response)] == [None, None]
