"""The schedules of an experiment as the API keeps them: replaced, deleted, refused."""

import pytest
from databricks.sdk import errors
from databricks.sdk.errors import InvalidParameterValue, NotFound, ResourceConflict

SCHEDULED = "/api/2.0/managed-evals/scheduled-scorers"


def _scorer(name, rate=0.0, **fields):
    serialized = '{"name": "x", "call_source": "return 1", "call_signature": "()", "original_func_name": "x"}'
    return {"name": name, "serialized_scorer": serialized, "custom": {}, "sample_rate": rate, **fields}


def _body(*scorers):
    return {"scheduled_scorers": {"scorers": list(scorers)}}


def test_replacing_the_scorers_of_an_experiment_without_any_is_not_found(w, experiment):
    with pytest.raises(NotFound) as refused:
        w.api_client.do("PATCH", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))

    assert refused.value.error_code == "NOT_FOUND"


def test_creating_scorers_twice_is_refused(w, experiment):
    w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))

    with pytest.raises(ResourceConflict) as refused:
        w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("b")))

    assert refused.value.error_code == "ALREADY_EXISTS"


def test_all_scorers_of_an_experiment_can_be_deleted(w, experiment):
    w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))
    w.api_client.do("DELETE", f"{SCHEDULED}/{experiment}")

    assert w.api_client.do("GET", f"{SCHEDULED}/{experiment}")["scheduled_scorers"] == {"scorers": []}


@pytest.mark.parametrize(
    ("scorers", "told"),
    [
        ([_scorer("a"), _scorer("a")], "unique"),
        ([_scorer("a", rate=1.5)], "sample_rate"),
        ([_scorer("")], "name"),
        ([_scorer("a") | {"serialized_scorer": "no JSON"}], "no JSON object"),
        ([_scorer("a", filter_string="what?")], "cannot be read"),
    ],
    ids=["a name twice", "a rate above 1", "no name", "no JSON", "a filter that is none"],
)
def test_scorers_that_make_no_sense_are_refused(w, experiment, scorers, told):
    with pytest.raises(InvalidParameterValue, match=told):
        w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(*scorers))

    assert w.api_client.do("GET", f"{SCHEDULED}/{experiment}")["scheduled_scorers"] == {"scorers": []}


def test_a_scorer_of_an_experiment_that_does_not_exist_is_refused(w):
    with pytest.raises(NotFound):
        w.api_client.do("POST", f"{SCHEDULED}/987654", body=_body(_scorer("a")))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "scheduled-scorers/1/backfill"),
        ("GET", "experiments/1/monitoring-configuration"),
        ("PATCH", "experiments/1/monitoring-configuration"),
    ],
)
def test_backfills_and_cadence_say_that_there_are_none(w, method, path):
    with pytest.raises(errors.NotImplemented, match="arrive"):
        w.api_client.do(method, f"/api/2.0/managed-evals/{path}", body=None if method == "GET" else {})


def test_scorers_of_another_workspace_are_not_seen(w, other, experiment):
    w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))

    with pytest.raises(NotFound):
        other.api_client.do("GET", f"{SCHEDULED}/{experiment}")
