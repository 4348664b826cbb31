"""What the process for scorers makes of a scorer that it is told to run."""

import json

import pytest
from mlflow.genai.scorers import scorer

from mocks.scorers import worker

TASK = {"trace_id": "tr-1", "experiment_id": "7", "limit": 60.0}


@scorer
def is_long(outputs):
    return len(outputs) > 3


@pytest.mark.parametrize(("told", "allowed"), [(None, 60.0), (0, 60.0), (500, 60.0), (5, 5)])
def test_no_scorer_may_take_longer_than_the_limit(told, allowed, monkeypatch):
    monkeypatch.setenv("MLFLOW_SERVER_ENABLE_CUSTOM_SCORERS", "true")
    serialized = json.dumps(is_long.model_dump() | {"timeout": told})
    config = {"name": "is_long", "serialized_scorer": serialized, "scorer_version": 3, "resource_name": "r"}

    loaded = worker._load(config, TASK)

    assert (loaded.timeout, loaded.scorer_version, loaded.canonical_resource_name) == (allowed, 3, "r")
