"""The tests of the desk: each in a fresh workspace, with the model's words scripted and everything else computed."""

import pytest
from databricks.sdk.errors import PermissionDenied
from desk import Desk

pytestmark = pytest.mark.sandbox(seeds=["seed"])


@pytest.fixture
def desk(sandbox):
    [space] = sandbox.client().genie.list_spaces().spaces
    return Desk(space.space_id)


def calls(tool, question):
    return [{"name": tool, "arguments": {"question": question}}]


def test_a_question_about_orders_goes_to_genie(sandbox, desk):
    sandbox.llm.script(tool_calls=calls("orders", "How many orders are open?"), has_tool_result=False)
    sandbox.llm.script("Two orders are open.", has_tool_result=True)

    assert desk.answer("How many open orders?") == "Two orders are open."

    sandbox.assert_called("genie.start_conversation", times=1)
    [trace] = sandbox.traces()
    [tool] = [span for span in trace.data.spans if span.span_type == "TOOL"]
    assert tool.outputs == [["2"]]


def test_a_question_about_a_product_goes_to_the_manuals(sandbox, desk):
    sandbox.llm.script(tool_calls=calls("manuals", "How fast does the kettle boil?"), has_tool_result=False)
    sandbox.llm.script("In three minutes.", has_tool_result=True)

    assert desk.answer("Is the kettle fast?") == "In three minutes."

    sandbox.assert_called("vector_search.query_index", times=1)


def test_what_genie_says_can_be_scripted_and_its_sql_runs(sandbox, desk):
    sandbox.genie.script("How many orders are lost?", sql="SELECT count(*) FROM main.desk.orders WHERE status = 'lost'")

    assert desk.orders("how many orders are lost") == '[["0"]]'


def test_a_rate_limit_is_waited_out(sandbox, desk):
    sandbox.llm.script("Good day.")
    limit = sandbox.fault(path="/serving-endpoints/*", status=429, retry_after=0, times=2)

    assert desk.answer("Hello") == "Good day."

    assert limit.fired == 2


def test_a_refusal_of_genie_is_not_swallowed(sandbox, desk):
    sandbox.fault(service="genie", status=403, error_code="PERMISSION_DENIED")

    with pytest.raises(PermissionDenied):
        desk.orders("How many orders?")
