"""Routes of traces in Unity Catalog."""

from typing import Annotated, Any

from fastapi import Body, Depends, Header, Query, Request
from starlette.responses import Response

from mocks.core.wire import Api
from mocks.core.workspace import Here, in_workspace
from mocks.trace_locations.located import LocatedTraces
from mocks.trace_locations.store import LocationStore
from mocks.trace_locations.wire import LocationCall, OneTrace, Operation, RunLinks, SearchCall, Tag, Traces

api = Api()
V4 = "/api/4.0/mlflow/traces"
Locations = Annotated[LocationStore, Depends(in_workspace(LocationStore))]
Json = Annotated[dict[str, Any], Body()]


async def _raw(request: Request) -> bytes:
    return await request.body()


def _located(location: str, here: Here, store: Locations) -> LocatedTraces:
    return LocatedTraces(here, store.get(location))


Located = Annotated[LocatedTraces, Depends(_located)]


@api.post(f"{V4}/location")
@api.post("/api/5.0/mlflow/tracing/locations")
def create_trace_location(body: LocationCall, store: Locations) -> LocationCall:
    """Makes a location, or finds it."""
    return store.create_location(body)


@api.get("/api/5.0/mlflow/tracing/locations/{location_id}")
def get_trace_location(location_id: str, store: Locations) -> LocationCall:
    """The location."""
    return store.get_location(location_id)


@api.post(f"{V4}/search-long-running")
def search_located_traces(body: SearchCall, store: Locations) -> Operation:
    """Searches; the answer is there at once."""
    return store.search(body)


@api.post(f"{V4}/{{experiment_id}}/link-location")
@api.post("/api/5.0/mlflow/experiments/{experiment_id}/trace-location:link")
def link_trace_location(experiment_id: str, body: LocationCall, store: Locations) -> None:
    """Lets the traces of the experiment go to the location."""
    store.link(experiment_id, body)


@api.post(f"{V4}/{{experiment_id}}/unlink-location")
def unlink_trace_location(experiment_id: str, body: LocationCall, store: Locations) -> None:
    """Takes the link away."""
    store.unlink(experiment_id, body)


@api.get(f"{V4}/{{location}}/batchGet")
def batch_get_traces(traces: Located, trace_ids: Annotated[list[str], Query()]) -> Traces:
    """Whole traces."""
    return traces.batch_get(trace_ids)


@api.post(f"{V4}/{{location}}/link-to-run/batchCreate")
def link_located_traces(body: RunLinks, traces: Located) -> None:
    """Links traces to a run."""
    traces.link_to_run(body)


@api.delete(f"{V4}/{{location}}/unlink-from-run/batchDelete")
def unlink_located_traces(body: RunLinks, traces: Located) -> None:
    """Removes links between traces and a run."""
    traces.unlink_from_run(body)


@api.post(f"{V4}/{{location}}/{{trace_id}}/info")
def create_located_trace(trace_id: str, body: Json, traces: Located) -> dict[str, Any]:
    """Keeps the info of a trace."""
    return traces.create_info(trace_id, body)


@api.get(f"{V4}/{{location}}/{{trace_id}}/info")
def get_located_trace(trace_id: str, traces: Located) -> OneTrace:
    """The info of a trace."""
    return traces.get_info(trace_id)


@api.patch(f"{V4}/{{location}}/{{trace_id}}/tags")
def set_located_tag(trace_id: str, body: Tag, traces: Located) -> None:
    """Sets a tag."""
    traces.set_tag(trace_id, body)


@api.delete(f"{V4}/{{location}}/{{trace_id}}/tags/{{key:path}}")
def delete_located_tag(trace_id: str, key: str, traces: Located) -> None:
    """Removes a tag."""
    traces.delete_tag(trace_id, key)


@api.post(f"{V4}/{{location}}/{{trace_id}}/assessments")
def create_located_assessment(trace_id: str, body: Json, traces: Located) -> dict[str, Any]:
    """Adds an assessment."""
    return traces.create_assessment(trace_id, body)


@api.get(f"{V4}/{{location}}/{{trace_id}}/assessments/{{assessment_id}}")
def get_located_assessment(trace_id: str, assessment_id: str, traces: Located) -> dict[str, Any]:
    """The assessment."""
    return traces.get_assessment(trace_id, assessment_id)


@api.patch(f"{V4}/{{location}}/{{trace_id}}/assessments/{{assessment_id}}")
def update_located_assessment(
    trace_id: str, assessment_id: str, body: Json, traces: Located, update_mask: str = ""
) -> dict[str, Any]:
    """Changes an assessment; without a warehouse id the client (3.17.2) puts the mask into the path, behind a `&`."""
    named, _, in_path = assessment_id.partition("&update_mask=")
    return traces.update_assessment(trace_id, named, body, update_mask or in_path)


@api.delete(f"{V4}/{{location}}/{{trace_id}}/assessments/{{assessment_id}}")
def delete_located_assessment(trace_id: str, assessment_id: str, traces: Located) -> None:
    """Removes the assessment."""
    traces.delete_assessment(trace_id, assessment_id)


@api.post("/api/2.0/otel/v1/traces")
def ingest_spans(
    body: Annotated[bytes, Depends(_raw)],
    store: Locations,
    x_databricks_uc_table_name: Annotated[str, Header()],
    content_type: Annotated[str, Header()] = "application/x-protobuf",
    content_encoding: Annotated[str | None, Header()] = None,
) -> Response:
    """Takes spans as OTLP sends them."""
    answer = store.ingest(x_databricks_uc_table_name, body, content_type, content_encoding)
    return Response(answer, media_type=content_type)
