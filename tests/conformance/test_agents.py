"""databricks-agents: an agent is deployed, a second version takes over, both are taken down."""

import time

import mlflow
import pytest
from databricks import agents
from databricks_openai import DatabricksOpenAI

AGENT = """
import mlflow
from mlflow.pyfunc import ResponsesAgent
from mlflow.types.responses import ResponsesAgentResponse
class Agent(ResponsesAgent):
    def predict(self, request):
        text = "VERSION heard " + request.input[-1].content
        return ResponsesAgentResponse(output=[self.create_text_output_item(text=text, id="m1")])
mlflow.models.set_model(Agent())
"""


@pytest.fixture
def register(schema, tmp_path):
    mlflow.set_tracking_uri("databricks")
    mlflow.set_registry_uri("databricks-uc")
    mlflow.set_experiment("/Shared/deployed")

    def version(text):
        file = tmp_path / "agent.py"
        file.write_text(AGENT.replace("VERSION", text))
        with mlflow.start_run():
            logged = mlflow.pyfunc.log_model(name="agent", python_model=str(file), pip_requirements=["mlflow"])
        return int(mlflow.register_model(logged.model_uri, f"{schema}.agent").version)

    return version


def ready(w, endpoint, version):
    """Waits until the endpoint serves that version alone."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        config = w.serving_endpoints.get(endpoint).config
        routes = (config.traffic_config.routes if config.traffic_config else None) or []
        served = {one.name: one.entity_version for one in config.served_entities or []}
        if [served[one.served_model_name] for one in routes if one.traffic_percentage == 100] == [str(version)]:
            return
        time.sleep(0.2)
    raise AssertionError(f"{endpoint} does not serve version {version}.")


def test_an_agent_is_deployed_replaced_and_taken_down(w, schema, register):
    name = f"{schema}.agent"
    first = agents.deploy(name, register("first"))
    openai = DatabricksOpenAI(workspace_client=w)
    ready(w, first.endpoint_name, 1)
    asked = [{"role": "user", "content": "you"}]
    assert openai.responses.create(model=first.endpoint_name, input=asked).output_text == "first heard you"

    second = agents.deploy(name, register("second"))
    ready(w, second.endpoint_name, 2)

    assert second.endpoint_name == first.endpoint_name
    assert openai.responses.create(model=first.endpoint_name, input=asked).output_text == "second heard you"
    assert {int(one.model_version) for one in agents.get_deployments(name)} == {1, 2}
    agents.delete_deployment(name)
    assert agents.get_deployments(name) == []
    assert first.endpoint_name not in [one.name for one in w.serving_endpoints.list()]
