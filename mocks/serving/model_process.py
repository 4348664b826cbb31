"""The process of one served model: loads the registered version and answers with its own code.

Runs as `python -P -m mocks.serving.model_process`; nothing in the gateway imports this module or mlflow.
The prediction context and the buffer of traces are what MLflow offers to Databricks Model Serving.
"""

import json
import logging
import queue
import resource
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from mocks.engines.child import die_with_parent

OPTIONS, OUTPUT = "databricks_options", "databricks_output"
FILES, ADDRESS_SPACE = 1024, 16 * 1024**3


def main() -> None:
    """Serves until the parent ends."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    die_with_parent()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    model = Model(told)
    routes = [
        Route("/invocations", model.answer, methods=["POST"]),
        Route("/flush", _flush, methods=["POST"]),
        Route("/ping", _ping),
    ]
    uvicorn.run(
        Starlette(routes=routes),
        uds=told["socket"],
        log_config=None,
        access_log=False,
        ws="none",
        timeout_graceful_shutdown=30,
    )


class Model:
    """A loaded model."""

    def __init__(self, told: dict[str, Any]) -> None:
        from mlflow.pyfunc import load_model

        self._served: dict[str, str] = told["served"]
        self._endpoint: str = told["endpoint"]
        self._model: Any = load_model(told["folder"])
        metadata: Any = self._model.metadata
        self._schema = metadata.get_input_schema()

    async def answer(self, request: Request) -> Response:
        """Predicts, whole or streamed."""
        from anyio import to_thread

        body = await request.body()
        kind = request.headers.get("content-type", "application/json")
        options, content, streamed = (
            _without_options(body) if kind.startswith("application/json") else ({}, body, False)
        )
        context = self._context(request.headers["x-request-id"])
        if streamed:
            return await to_thread.run_sync(self._stream, content, context, options)
        return await to_thread.run_sync(self._predict, content, kind, context, options)

    def _predict(self, body: bytes, kind: str, context: Any, options: dict[str, Any]) -> Response:
        from mlflow.exceptions import MlflowException
        from mlflow.pyfunc.context import set_prediction_context

        scoring: Any = import_module("mlflow.pyfunc.scoring_server")
        try:
            with set_prediction_context(context):
                result = scoring.invocations(body, kind, self._model, self._schema)
        except MlflowException as error:
            return _refused(error)
        text = result.response
        if options.get("return_trace") and result.mimetype == "application/json":
            text = json.dumps(_with_trace(json.loads(text), context.request_id))
        return Response(text, result.status, media_type=result.mimetype)

    def _stream(self, body: bytes, context: Any, options: dict[str, Any]) -> Response:
        parts: queue.Queue[str | Response | None] = queue.Queue(maxsize=100)
        threading.Thread(target=self._pump, args=(body, context, options, parts), daemon=True).start()
        first = parts.get()
        if isinstance(first, Response):
            return first
        return StreamingResponse(_until_the_end(first, parts), media_type="text/event-stream")

    def _pump(
        self, body: bytes, context: Any, options: dict[str, Any], parts: "queue.Queue[str | Response | None]"
    ) -> None:
        """Runs the model's stream from beginning to end in one thread, whose context MLflow sets."""
        from mlflow.exceptions import MlflowException
        from mlflow.pyfunc.context import set_prediction_context

        scoring: Any = import_module("mlflow.pyfunc.scoring_server")
        begun = False
        try:
            parsed = scoring._parse_json_data(body.decode(), self._model.metadata, self._schema)
            with set_prediction_context(context):
                for chunk in self._model.predict_stream(parsed.data, params=parsed.params):
                    parts.put(_event(chunk))
                    begun = True
            if options.get("return_trace"):
                parts.put(_event(_with_trace({}, context.request_id)))
            parts.put("data: [DONE]\n\n")
        except Exception as error:  # the model's own code may raise anything
            logging.exception("The model failed in its stream.")
            parts.put(_broken(error) if begun else _failed(error, isinstance(error, MlflowException)))
        parts.put(None)

    def _context(self, request_id: str) -> Any:
        from mlflow.pyfunc.context import Context

        tags = self._served

        class Served(Context):  # what pyfunc adds must not replace what we say
            def update(self, **told: Any) -> None:
                schemas = {**(told.pop("dependencies_schemas", None) or {}), **tags}
                for key, value in {**told, "dependencies_schemas": schemas}.items():
                    setattr(self, key, value)

        return Served(request_id=request_id, endpoint_name=self._endpoint, dependencies_schemas=tags)


def _until_the_end(first: str | None, parts: "queue.Queue[str | Response | None]") -> Iterator[str]:
    part: str | Response | None = first
    while isinstance(part, str):
        yield part
        part = parts.get()


def _broken(error: Exception) -> str:
    """The error as an event: the head of the response is sent already."""
    message = f"{type(error).__name__}: {error}"
    return _event({"type": "error", "message": message, "error": {"message": message}})


def _failed(error: Any, told: bool) -> Response:
    if told:
        return _refused(error)
    return JSONResponse({"error_code": "BAD_REQUEST", "message": f"{type(error).__name__}: {error}"}, 400)


def _event(chunk: Any) -> str:
    told = chunk.model_dump(exclude_none=True) if hasattr(chunk, "model_dump") else chunk
    told = told.to_dict() if hasattr(told, "to_dict") else told
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n"


def _with_trace(answer: Any, request_id: str) -> Any:
    from mlflow.tracing.export.inference_table import pop_trace

    told = answer if isinstance(answer, dict) else {"predictions": answer}
    return told | {OUTPUT: {"databricks_request_id": request_id, "trace": pop_trace(request_id)}}


def _without_options(body: bytes) -> tuple[dict[str, Any], bytes, bool]:
    """What is for the server and not for the model, the rest, and whether a stream is wanted."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}, body, False
    if not isinstance(told, dict):
        return {}, body, False
    options = told.pop(OPTIONS, None) or {}
    return options, json.dumps(told).encode(), told.get("stream") is True


def _refused(error: Any) -> Response:
    logging.error("%s\n%s", error.message, getattr(error, "json_kwargs", {}).get("stack_trace") or "")
    return Response(error.serialize_as_json(), error.get_http_status_code(), media_type="application/json")


async def _flush(_: Request) -> Response:
    """Answers when all traces are sent."""
    from anyio import to_thread
    from mlflow import flush_trace_async_logging

    await to_thread.run_sync(flush_trace_async_logging)
    return Response(status_code=204)


async def _ping(_: Request) -> Response:
    return Response("\n")


if __name__ == "__main__":
    main()
