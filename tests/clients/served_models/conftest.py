"""Versions of a model, and an endpoint that serves them."""

import contextlib

import pytest
from databricks.sdk.errors import (
    NotFound,
)
from databricks.sdk.service.serving import (
    EndpointCoreConfigInput,
    EndpointTag,
)

from tests.clients.endings import ended
from tests.clients.served_models.endpoint import CODE, MODEL, entities


@pytest.fixture
def versions(m, tmp_path):
    """Registers versions of a model from code; their ids as logged models."""

    def register(*sources, name=MODEL):
        logged = []
        for number, source in enumerate(sources):
            file = tmp_path / f"model_{number}.py"
            file.write_text(source)
            logged.append(
                m.pyfunc.log_model(
                    name="model", python_model=str(file), pip_requirements=["mlflow"], registered_model_name=name
                )
            )
        return [one.model_id for one in logged]

    return register


@pytest.fixture
def serve(w):
    """Makes an endpoint and waits until it is ready."""
    made = []

    def make(*shares, variables=None, model=MODEL, **more):
        served, traffic = entities(*shares, variables=variables, model=model)
        config = EndpointCoreConfigInput(name="echo", served_entities=served, traffic_config=traffic)
        made.append("echo")
        return ended(w, w.serving_endpoints.create("echo", config=config, **more))

    yield make
    for name in made:
        with contextlib.suppress(NotFound):
            w.serving_endpoints.delete(name)


@pytest.fixture
def echo(versions, serve):
    """Two versions, each answering its share."""
    versions(CODE.replace("VERSION", "v1"), CODE.replace("VERSION", "v2"))
    return serve(60, 40, tags=[EndpointTag("sandbricks.traffic_seed", "7")])
