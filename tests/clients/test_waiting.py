"""Provisioning that takes its time and reads that lag behind, as code that waits meets them on a real workspace."""

from datetime import timedelta

import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service.serving import EndpointCoreConfigInput, ExternalModel, ServedEntityInput
from databricks.sdk.service.vectorsearch import EndpointType


@pytest.fixture
def control(server, workspace):
    return lambda method, path, **body: server.control(method, path, {"workspace": workspace["name"], **body})


@pytest.fixture
def slow(control):
    """Says that resources of a kind arrive at the third look, or as told."""
    return lambda kind, **how: control(
        "PUT", "/_sandbox/transitions", kind=kind, **(how or {"progression": "reads", "reads": 2})
    )


@pytest.fixture
def vector_endpoint(w):
    return lambda: w.vector_search_endpoints.create_endpoint("e", EndpointType.STANDARD).response


@pytest.fixture
def space(w):
    return w.genie.create_space(serialized_space="{}", warehouse_id="w").space_id


def states(read, times=3):
    return [read() for _ in range(times)]


def test_all_is_there_at_once_unless_a_progression_is_set(w, vector_endpoint):
    vector_endpoint()

    assert w.vector_search_endpoints.get_endpoint("e").endpoint_status.state.value == "ONLINE"


def test_an_endpoint_is_online_after_so_many_looks(w, slow, vector_endpoint):
    slow("vector_search.endpoint", progression="reads", reads=3)
    first = vector_endpoint().endpoint_status.state.value

    later = states(lambda: w.vector_search_endpoints.get_endpoint("e").endpoint_status.state.value)

    assert [first, *later] == ["PROVISIONING"] * 3 + ["ONLINE"]


def test_the_clients_own_waiting_ends(w, slow):
    slow("vector_search.endpoint")

    made = w.vector_search_endpoints.create_endpoint_and_wait("e", EndpointType.STANDARD)

    assert made.endpoint_status.state.value == "ONLINE"


def test_an_index_that_is_not_ready_answers_no_query(w, slow, control, vector_endpoint):
    vector_endpoint()
    slow("vector_search.index", progression="manual")
    spec = {
        "embedding_vector_columns": [{"name": "v", "embedding_dimension": 2}],
        "schema_json": '{"id":"string","v":"array<float>"}',
    }
    body = {"name": "main.default.i", "endpoint_name": "e", "primary_key": "id", "index_type": "DIRECT_ACCESS"}
    w.api_client.do("POST", "/api/2.0/vector-search/indexes", body=body | {"direct_access_index_spec": spec})

    with pytest.raises(BadRequest, match="not ready"):
        w.vector_search_indexes.query_index("main.default.i", columns=["id"], query_vector=[1, 0])
    control("POST", "/_sandbox/transitions/finish", kind="vector_search.index", name="main.default.i")

    assert w.vector_search_indexes.get_index("main.default.i").status.ready


def test_a_warehouse_starts(w, slow):
    slow("sql.warehouse")
    made = w.warehouses.create(name="slow").response.id

    assert states(lambda: w.warehouses.get(made).state.value) == ["STARTING", "STARTING", "RUNNING"]


def test_a_serving_endpoint_is_updated_when_its_time_has_come(w, slow, control):
    slow("serving.endpoint", progression="seconds", seconds=60)
    control("PUT", "/_sandbox/clock", mode="frozen")
    external = {
        "name": "m",
        "provider": "openai",
        "task": "llm/v1/chat",
        "openai_config": {"openai_api_key_plaintext": "k"},
    }
    entity = ServedEntityInput(external_model=ExternalModel.from_dict(external))
    waiting = w.serving_endpoints.create("slow", config=EndpointCoreConfigInput("slow", served_entities=[entity]))
    before = w.serving_endpoints.get("slow").state.ready.value

    control("POST", "/_sandbox/clock/advance", seconds=61)

    assert (before, waiting.result(timedelta(seconds=20)).state.ready.value) == ("NOT_READY", "READY")


def test_a_message_of_genie_goes_through_its_states(w, slow, space):
    slow("genie.message", progression="reads", reads=3)
    begun = w.api_client.do("POST", f"/api/2.0/genie/spaces/{space}/start-conversation", body={"content": "Hello?"})
    path = f"/api/2.0/genie/spaces/{space}/conversations/{begun['conversation_id']}/messages/{begun['message_id']}"

    seen = [begun["message"]["status"], *states(lambda: w.api_client.do("GET", path)["status"], 4)]

    assert seen == ["SUBMITTED", "FILTERING_CONTEXT", "ASKING_AI", "EXECUTING_QUERY", "COMPLETED"]


def test_what_was_just_made_may_not_be_found_yet(w, control):
    control("PUT", "/_sandbox/consistency", stale_reads=1)
    made = w.genie.create_space(serialized_space="{}", warehouse_id="w", title="new").space_id

    with pytest.raises(NotFound):
        w.api_client.do("GET", f"/api/2.0/genie/spaces/{made}")

    assert w.genie.get_space(made).title == "new"


def test_a_list_lags_behind_a_change_and_a_deletion(w, control, space):
    control("PUT", "/_sandbox/consistency", stale_reads=1)
    titles = lambda: [space.title for space in w.genie.list_spaces().spaces or []]  # noqa: E731
    w.genie.update_space(space, title="renamed")

    assert (titles(), titles()) == (["New Space"], ["renamed"])


def test_writes_are_never_made_on_what_is_stale(w, control, space):
    control("PUT", "/_sandbox/consistency", stale_reads=5)
    w.genie.update_space(space, title="first")
    w.genie.update_space(space, description="second")

    control("PUT", "/_sandbox/consistency", stale_reads=0)

    told = w.genie.get_space(space)
    assert (told.title, told.description) == ("first", "second")


def test_a_kind_that_nobody_knows_is_refused(slow):
    with pytest.raises(OSError, match="400"):
        slow("moon", progression="manual")


def test_what_is_under_way_is_listed(server, workspace, slow, vector_endpoint):
    slow("vector_search.endpoint", progression="manual")
    vector_endpoint()

    told = server.control("GET", f"/_sandbox/transitions?workspace={workspace['name']}")

    assert told["under_way"] == [{"kind": "vector_search.endpoint", "name": "e"}]
