"""Traces in Unity Catalog: locations of a schema and of a table prefix."""

import mlflow
import pytest
import requests
from mlflow.entities import AssessmentSource
from mlflow.entities.trace_location import UCSchemaLocation, UnityCatalog
from mlflow.exceptions import MlflowException

ALWAYS = "trace.timestamp_ms > 0"


@pytest.fixture
def schema(w, as_databricks):
    w.schemas.create("traces", "main")
    yield "main.traces"
    as_databricks.tracing.reset()


@pytest.fixture
def v5(schema, as_databricks):
    as_databricks.set_experiment("/Shared/v5", trace_location=UnityCatalog("main", "traces", "app"))
    return "main.traces.app"


@pytest.fixture(params=["schema", "table prefix"])
def location(request, schema, as_databricks):
    """An experiment linked to a location of either form; the name of the location."""
    if request.param == "table prefix":
        return request.getfixturevalue("v5")
    experiment = as_databricks.set_experiment("/Shared/v4")
    place = UCSchemaLocation("main", "traces")
    place = as_databricks.tracing.set_experiment_trace_location(place, experiment.experiment_id)
    as_databricks.tracing.set_destination(place)
    return "main.traces"


@pytest.fixture
def trace(location):
    return written()


def written():
    with mlflow.start_span("root", span_type="AGENT") as root:
        root.set_inputs({"question": "ü", "n": 1.5})
        mlflow.update_current_trace(tags={"kind": "test"}, metadata={"mlflow.trace.session": "s1"})
        with mlflow.start_span("tool", span_type="TOOL", attributes={"deep": {"a": [1, None]}}) as tool:
            tool.set_outputs(["x"])
    mlflow.flush_trace_async_logging()
    return root.trace_id


def searched(location, *conditions):
    told = " AND ".join([ALWAYS, *conditions])
    return [
        one.info.trace_id for one in mlflow.search_traces(locations=[location], filter_string=told, return_type="list")
    ]


def test_a_trace_is_kept_under_an_id_of_its_location(location, trace):
    found = mlflow.get_trace(trace)

    assert trace.startswith(f"trace:/{location}/")
    assert (found.info.trace_id, found.info.state, found.info.tags["kind"]) == (trace, "OK", "test")
    spans = {span.name: span for span in found.data.spans}
    assert spans["root"].inputs == {"question": "ü", "n": 1.5}
    assert spans["tool"].get_attribute("deep") == {"a": [1, None]}
    assert spans["tool"].parent_id == spans["root"].span_id


@pytest.mark.parametrize("told", ["span.name = 'tool'", "tags.kind = 'test'", "metadata.`mlflow.trace.session` = 's1'"])
def test_traces_of_a_location_are_searched(location, trace, told):
    assert searched(location, told) == [trace]
    assert searched(location, told, "span.name = 'no'") == []


def test_traces_of_several_locations_are_found_together(schema, as_databricks):
    as_databricks.set_experiment("/Shared/one", trace_location=UnityCatalog("main", "traces", "one"))
    first = written()
    as_databricks.set_experiment("/Shared/two", trace_location=UnityCatalog("main", "traces", "two"))
    second = written()

    found = mlflow.search_traces(
        locations=["main.traces.one", "main.traces.two"], filter_string=ALWAYS, return_type="list"
    )

    assert {one.info.trace_id for one in found} == {first, second}
    assert searched("main.traces.one") == [first]


def test_a_linked_experiment_stands_for_its_location(v5, as_databricks):
    trace = written()
    experiment = as_databricks.get_experiment_by_name("/Shared/v5")

    found = as_databricks.search_traces(locations=[experiment.experiment_id], return_type="list")

    assert [one.info.trace_id for one in found] == [trace]
    assert experiment.trace_location.full_otel_spans_table_name == "main.traces.app_otel_spans"


def test_feedback_is_given_changed_overridden_and_taken_back(location, trace):
    source = AssessmentSource("HUMAN", "enduser")
    first = mlflow.log_feedback(trace_id=trace, name="good", value=False, rationale="why", source=source)
    mlflow.update_assessment(
        trace, first.assessment_id, mlflow.entities.Feedback(name="better", value=True, rationale="because")
    )

    changed = mlflow.get_assessment(trace, first.assessment_id)
    assert (changed.name, changed.value, changed.rationale) == ("better", True, "because")
    assert searched(location, "feedback.better = 'true'") == [trace]
    second = mlflow.override_feedback(trace_id=trace, assessment_id=first.assessment_id, value=False)
    assert mlflow.get_assessment(trace, second.assessment_id).overrides == first.assessment_id
    mlflow.delete_assessment(trace, second.assessment_id)
    assert [one.assessment_id for one in mlflow.get_trace(trace).info.assessments] == [first.assessment_id]


def test_tags_are_set_and_taken_away(location, trace):
    mlflow.set_trace_tag(trace, "a/b", "1")
    assert mlflow.get_trace(trace).info.tags["a/b"] == "1"

    mlflow.delete_trace_tag(trace, "a/b")

    assert "a/b" not in mlflow.get_trace(trace).info.tags


def test_traces_are_linked_to_a_run_and_unlinked(location, trace, as_databricks):
    with as_databricks.start_run() as run:
        pass
    client, belongs = as_databricks.MlflowClient(), f"attribute.run_id = '{run.info.run_id}'"

    client.link_traces_to_run([trace], run.info.run_id)
    assert searched(location, belongs) == [trace]
    client._tracing_client.store.unlink_traces_from_run([trace], run.info.run_id)

    assert searched(location, belongs) == []


def test_an_exporter_that_knows_no_mlflow_writes_to_the_table(v5, w, server, workspace):
    headers = {"Authorization": f"Bearer {workspace['token']}", "X-Databricks-UC-Table-Name": f"{v5}_otel_spans"}
    span = {"traceId": "5b" * 16, "spanId": "ee" * 8, "name": "elsewhere", "kind": 1}
    span |= {"startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": "1544712661000000000"}
    body = {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}

    answer = requests.post(f"{server.host}/api/2.0/otel/v1/traces", json=body, headers=headers, timeout=30)

    assert answer.status_code == 200
    assert searched(v5, "span.name = 'elsewhere'") == [f"trace:/{v5}/{'5b' * 16}"]
    query = f"SELECT trace_id, span_id, kind FROM {v5}_otel_spans"
    rows = w.statement_execution.execute_statement(query, next(iter(w.warehouses.list())).id).result.data_array
    assert rows == [["5b" * 16, "ee" * 8, "SPAN_KIND_INTERNAL"]]


def test_the_spans_of_a_location_are_rows_of_its_table(location, trace, w):
    spans = f"{location}_otel_spans" if location.endswith("app") else f"{location}.mlflow_experiment_trace_otel_spans"
    query = f"""
        SELECT tool.name, root.name, tool.status.code, tool.trace_id,
            root.attributes:['mlflow.spanInputs'].question::string,
            root.end_time_unix_nano >= tool.end_time_unix_nano, tool.time > current_timestamp() - INTERVAL 1 HOUR
        FROM {spans} tool JOIN {spans} root ON tool.parent_span_id = root.span_id"""

    rows = w.statement_execution.execute_statement(query, next(iter(w.warehouses.list())).id).result.data_array

    assert rows == [["tool", "root", "STATUS_CODE_OK", trace.rpartition("/")[2], "ü", "true", "true"]]


def test_the_tables_that_a_location_names_are_in_the_catalog(v5, w):
    named = [one.name for one in w.tables.list("main", "traces")]

    assert {"app_otel_spans", "app_otel_logs"} <= set(named)


def test_spans_for_a_table_that_holds_none_are_refused(v5, server, workspace):
    headers = {"Authorization": f"Bearer {workspace['token']}", "X-Databricks-UC-Table-Name": "main.traces.other"}

    answer = requests.post(f"{server.host}/api/2.0/otel/v1/traces", json={}, headers=headers, timeout=30)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "TABLE_OR_VIEW_NOT_FOUND")


def test_a_second_location_for_an_experiment_is_refused(v5, as_databricks):
    experiment = as_databricks.get_experiment_by_name("/Shared/v5").experiment_id

    with pytest.raises(MlflowException, match=r"already linked to the trace location 'main.traces.app'"):
        as_databricks.tracing.set_experiment_trace_location(UCSchemaLocation("main", "traces"), experiment)


def test_an_experiment_is_unlinked_and_its_traces_stay(schema, as_databricks):
    experiment, place = as_databricks.set_experiment("/Shared/v4").experiment_id, UCSchemaLocation("main", "traces")
    place = as_databricks.tracing.set_experiment_trace_location(place, experiment)
    as_databricks.tracing.set_destination(place)
    trace = written()

    as_databricks.tracing.unset_experiment_trace_location(place, experiment)

    assert searched(schema) == [trace]
    assert not [tag for tag in as_databricks.get_experiment(experiment).tags if "databricksTrace" in tag]


def test_the_experiment_behind_a_location_is_not_listed(v5, as_databricks):
    written()

    named = [one.name for one in as_databricks.search_experiments(filter_string="name LIKE '%'")]

    assert named == ["/Shared/v5"]


def test_a_location_in_a_missing_schema_is_refused(as_databricks):
    with pytest.raises(MlflowException, match=r"Schema 'main.nowhere' does not exist"):
        as_databricks.set_experiment("/Shared/v5", trace_location=UnityCatalog("main", "nowhere", "app"))
