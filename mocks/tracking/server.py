"""The MLflow child: the real MLflow server on a Unix socket, and the trace data as Databricks clients send it.

Runs as `python -P -m mocks.tracking.server`; nothing in the gateway imports this module or mlflow.
"""

import json
import logging
import os
import sys
import warnings
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mocks.engines.child import die_with_parent

log = logging.getLogger("sandbricks.mlflow")
LEAKED_METADATA = "mlflow.trace.infoFinalized"


def main() -> None:
    """Serves until the parent ends."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    die_with_parent()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    os.umask(0o077)
    uvicorn.run(
        _application(), uds=told["socket"], log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=2
    )


def _application() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow's own use of Starlette's WSGI bridge
        from mlflow.server.fastapi_app import app
    app.router.routes[:0] = [
        Route("/sandbox/traces/{trace_id}", write_spans, methods=["PUT"]),
        Route("/sandbox/traces/{trace_id}", read_spans, methods=["GET"]),
        Route("/sandbox/traces:batchGet", read_traces, methods=["POST"]),
        Route("/sandbox/traces:unlinkFromRun", unlink_traces, methods=["POST"]),
    ]
    return app


async def write_spans(request: Request) -> Response:
    """Stores the spans of `traces.json` as rows, so that they can be searched."""
    from anyio import to_thread

    data = json.loads(await request.body())
    return await to_thread.run_sync(_write, request.path_params["trace_id"], data.get("spans") or [])


async def read_spans(request: Request) -> Response:
    """The spans as `traces.json`."""
    from anyio import to_thread

    return await to_thread.run_sync(_read, request.path_params["trace_id"])


async def read_traces(request: Request) -> Response:
    """Whole traces: infos, and spans in the JSON form of OTLP."""
    from anyio import to_thread

    return await to_thread.run_sync(_read_all, json.loads(await request.body())["trace_ids"])


async def unlink_traces(request: Request) -> Response:
    """Removes links between traces and a run, for which MLflow has no call of its own."""
    from anyio import to_thread

    told = json.loads(await request.body())
    return await to_thread.run_sync(_unlink, told["trace_ids"], told["run_id"])


def _write(trace_id: str, spans: list[dict[str, Any]]) -> Response:
    from mlflow.entities.span import Span
    from mlflow.exceptions import MlflowException
    from mlflow.server.handlers import _get_tracking_store

    store = _get_tracking_store()
    try:
        experiment = str(store.get_trace_info(trace_id).experiment_id)
        store.log_spans(experiment, [Span.from_dict(_whole(span, trace_id)) for span in spans])
    except MlflowException as error:
        return _refused(error)
    return JSONResponse({})


def _whole(span: dict[str, Any], trace_id: str) -> dict[str, Any]:
    """The span with its trace's id, which OpenTelemetry drops first from a span of more than 128 attributes."""
    return span | {"attributes": {"mlflow.traceRequestId": json.dumps(trace_id), **span.get("attributes", {})}}


def _read(trace_id: str) -> Response:
    from mlflow.exceptions import MlflowException
    from mlflow.server.handlers import _get_tracking_store

    try:
        trace = _get_tracking_store().get_trace(trace_id, allow_partial=True)
    except MlflowException as error:
        return _refused(error)
    return Response(trace.data.to_json_bytes(), media_type="application/json")


def _read_all(trace_ids: list[str]) -> Response:
    from google.protobuf.json_format import MessageToDict
    from mlflow.server.handlers import _get_tracking_store

    def shown(message: Any) -> Any:
        return MessageToDict(message, preserving_proto_field_name=True)

    traces = _get_tracking_store().batch_get_traces(trace_ids)
    found = [
        {"trace_info": shown(one.info.to_proto()), "spans": [shown(span.to_otel_proto()) for span in one.data.spans]}
        for one in traces
    ]
    return JSONResponse({"traces": found})


def _unlink(trace_ids: list[str], run_id: str) -> Response:
    from mlflow.exceptions import MlflowException
    from mlflow.server.handlers import _get_tracking_store
    from mlflow.store.tracking.dbmodels.models import SqlEntityAssociation

    store: Any = _get_tracking_store()
    link: Any = SqlEntityAssociation
    try:
        with store.ManagedSessionMaker(read_only=False) as session:
            store._validate_run_accessible(session, run_id)
            session.query(link).filter(
                link.source_type == "trace",
                link.source_id.in_(trace_ids),
                link.destination_type == "run",
                link.destination_id == run_id,
            ).delete()
        return JSONResponse({})
    except MlflowException as error:
        return _refused(error)


def _refused(error: Any) -> Response:
    return JSONResponse(json.loads(error.serialize_as_json()), status_code=error.get_http_status_code())


if __name__ == "__main__":
    main()
