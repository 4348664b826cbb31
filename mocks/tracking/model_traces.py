"""Search for the traces of a model, which Databricks answers in the older form of a trace's info (service.proto)."""

import json
from datetime import datetime
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.tracking.uris import Uris

MODEL = "mlflow.modelId"
Json = dict[str, Any]


class ModelTraces(Wire):
    """The traces found."""

    traces: list[Json]
    next_page_token: str | None = None


class ModelTraceStore:
    """The traces of models in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow = workspace.engine(MlflowWorkspace)

    def search(
        self,
        model_id: str,
        experiments: list[str],
        told: str | None,
        max_results: int,
        order_by: list[str],
        page_token: str | None,
    ) -> ModelTraces:
        """The traces that the model wrote and that match.

        Raises: InvalidParameterValue
        """
        own = f"metadata.`{MODEL}` = '{_quotable(model_id)}'"
        body = {
            "locations": [
                {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": one}} for one in experiments
            ],
            "filter": f"{own} AND {told}" if told else own,
            "max_results": max_results,
            "order_by": order_by,
            "page_token": page_token,
        }
        answer = self._mlflow.send("POST", "/api/3.0/mlflow/traces/search", json=body)
        if answer.is_error:
            raise InvalidParameterValue(answer.json().get("message", answer.text))
        found = json.loads(Uris(self._mlflow.uri).outward(answer.text))
        return ModelTraces(
            traces=[_older(info) for info in found.get("traces", [])], next_page_token=found.get("next_page_token")
        )


def _quotable(model_id: str) -> str:
    if not model_id.replace("-", "").isalnum():
        raise InvalidParameterValue(f"'{model_id}' is not the id of a model.")
    return model_id


def _older(info: Json) -> Json:
    return {
        "request_id": info["trace_id"],
        "experiment_id": info["trace_location"]["mlflow_experiment"]["experiment_id"],
        "timestamp_ms": _milliseconds(info["request_time"]),
        "execution_time_ms": round(float(info.get("execution_duration", "0s").removesuffix("s")) * 1000),
        "status": info["state"],
        "request_metadata": _pairs(info.get("trace_metadata", {})),
        "tags": _pairs(info.get("tags", {})),
    }


def _milliseconds(moment: str) -> int:
    return round(datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() * 1000)


def _pairs(entries: Json) -> list[Json]:
    hidden = ("mlflow.trace.spansLocation", "mlflow.trace.infoFinalized")
    return [{"key": key, "value": value} for key, value in entries.items() if key not in hidden]
