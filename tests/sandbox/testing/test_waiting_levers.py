"""The levers that let a workspace lag behind, in the hands of a test."""

import pytest
from databricks.sdk.errors import NotFound
from databricks.sdk.service.vectorsearch import EndpointType

from sandbox.control import Control
from sandbox.testing.workspace import SandboxWorkspace


@pytest.fixture
def sandbox_workspace(server):
    made = SandboxWorkspace.create(Control(server.host, server.control_token), server.host)
    yield made
    made.delete()


def test_an_endpoint_arrives_by_hand(sandbox_workspace):
    sandbox_workspace.provisioning.by_hand("vector_search.endpoint")
    endpoints = sandbox_workspace.client().vector_search_endpoints
    made = endpoints.create_endpoint("e", EndpointType.STANDARD).response

    arrived = sandbox_workspace.provisioning.finish("vector_search.endpoint", "e")

    assert (made.endpoint_status.state.value, arrived) == ("PROVISIONING", 1)
    assert endpoints.get_endpoint("e").endpoint_status.state.value == "ONLINE"


def test_reads_lag_behind_as_long_as_they_are_told(sandbox_workspace):
    w = sandbox_workspace.client()
    sandbox_workspace.stale_reads(1)
    made = w.genie.create_space(serialized_space="{}", warehouse_id="w").space_id

    with pytest.raises(NotFound):
        w.genie.get_space(made)

    assert w.genie.get_space(made).space_id == made
