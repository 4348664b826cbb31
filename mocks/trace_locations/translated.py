"""A trace as MLflow keeps it and as Databricks shows it in a location of Unity Catalog.

MLflow knows `tr-<otel id>` in an experiment; Databricks knows `<otel id>` in a location, together
`trace:/<location>/<otel id>` (mlflow/tracing/utils/__init__.py).
"""

from typing import Any

from mocks.trace_locations.wire import Location

PREFIX = "tr-"
HIDDEN = ("mlflow.trace.spansLocation", "mlflow.trace.infoFinalized", "mlflow.artifactLocation")
Json = dict[str, Any]


def kept_id(otel_id: str) -> str:
    """The id under which MLflow keeps the trace."""
    return PREFIX + otel_id


def located(place: Location) -> Json:
    """The location as part of a trace's info."""
    if place.uc_schema is not None:
        return {"type": "UC_SCHEMA", "uc_schema": place.uc_schema.body()}
    return {"type": "UC_TABLE_PREFIX", "uc_table_prefix": place.place.body()}


def in_experiment(experiment: str) -> Json:
    """An experiment as the location of a trace."""
    return {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}


def kept_info(info: Json, otel_id: str, home: str) -> Json:
    """The info as MLflow takes it."""
    assessments = [kept_assessment(one, otel_id) for one in info.get("assessments", [])]
    return {
        **info,
        "trace_id": kept_id(otel_id),
        "trace_location": in_experiment(home),
        "assessments": assessments,
    }


def shown_info(info: Json, place: Location) -> Json:
    """The info as Databricks shows it."""
    otel_id = str(info["trace_id"]).removeprefix(PREFIX)
    return {
        **info,
        "trace_id": otel_id,
        "trace_location": located(place),
        "tags": _visible(info.get("tags", {})),
        "trace_metadata": _visible(info.get("trace_metadata", {})),
        "assessments": [shown_assessment(one, otel_id, place) for one in info.get("assessments", [])],
    }


def kept_assessment(assessment: Json, otel_id: str) -> Json:
    """The assessment as MLflow takes it."""
    told = {name: value for name, value in assessment.items() if name != "trace_location"}
    return told | {"trace_id": kept_id(otel_id)}


def shown_assessment(assessment: Json, otel_id: str, place: Location) -> Json:
    """The assessment as Databricks shows it."""
    return assessment | {"trace_id": otel_id, "trace_location": located(place)}


def _visible(entries: Json) -> Json:
    return {key: value for key, value in entries.items() if key not in HIDDEN}
