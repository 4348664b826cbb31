"""The environment variables of a served model, and secrets in them."""

import json

import pytest
from databricks.sdk.errors import (
    InvalidParameterValue,
)
from databricks.sdk.service.serving import (
    EndpointCoreConfigInput,
)

from tests.clients.endings import ended
from tests.clients.served_models.endpoint import CODE, ask, entities


def test_the_variables_of_an_entity_reach_its_code_and_no_control_token_does(w, versions, serve):
    versions(CODE.replace("VERSION", "v1").replace('"GREETING", ""', '"GREETING", str(sorted(os.environ))'))
    serve(100)

    assert "SANDBRICKS" not in ask(w)
    served, traffic = entities(100, variables={"GREETING": "hello "})
    ended(w, w.serving_endpoints.update_config("echo", served_entities=served, traffic_config=traffic))

    assert ask(w) == "v1:hello a"


def test_a_secret_reaches_the_variables_of_a_model(w, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    w.secrets.create_scope("served")
    w.secrets.put_secret("served", "greeting", string_value="psst ")

    serve(100, variables={"GREETING": "{{secrets/served/greeting}}"})

    assert ask(w) == "v1:psst a"
    assert "psst" not in json.dumps(w.serving_endpoints.get("echo").as_dict())


def test_a_secret_that_does_not_exist_is_refused(w, versions):
    versions(CODE.replace("VERSION", "v1"))
    served, _ = entities(100, variables={"GREETING": "{{secrets/served/greeting}}"})

    with pytest.raises(InvalidParameterValue, match="secrets/served/greeting"):
        w.serving_endpoints.create("x", config=EndpointCoreConfigInput(name="x", served_entities=served))
