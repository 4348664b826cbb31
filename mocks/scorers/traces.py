"""What the scoring of traces must know of them: asked of the MLflow server itself, not through the gateway."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.engines.mlflow.trace_homes import TraceHomes

API = "/api/3.0/mlflow/traces"
SOURCE_RUN = "mlflow.sourceRun"
DESTINATION = "mlflow.experiment.databricksTraceDestinationPath"
_PAGE = 100


@dataclass(frozen=True)
class Seen:
    """A trace that can be scored: where and when it was made."""

    trace_id: str
    experiment_id: str
    at_ms: int
    location: str | None = None

    @property
    def shown_id(self) -> str:
        """The id by which clients know it: one in Unity Catalog carries its location."""
        return f"trace:/{self.location}/{self.trace_id.removeprefix('tr-')}" if self.location else self.trace_id


class Traces:
    """The traces of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow, self._homes = workspace.engine(MlflowWorkspace), workspace.engine(TraceHomes)

    def find(self, trace_id: str) -> Seen | None:
        """The trace, unless it still runs, belongs to an evaluation run or is gone."""
        answer = self._mlflow.send("GET", f"{API}/{trace_id}")
        if answer.is_error:
            return None
        info = answer.json()["trace"]["trace_info"]
        place = info.get("trace_location", {}).get("mlflow_experiment", {})
        unfinished = info.get("state") not in ("OK", "ERROR")
        if unfinished or not place or info.get("trace_metadata", {}).get(SOURCE_RUN):
            return None
        experiment = str(place["experiment_id"])
        return Seen(trace_id, experiment, _milliseconds(info["request_time"]), self._homes.location_of(experiment))

    def location_of(self, experiment_id: str) -> str | None:
        """The location in Unity Catalog to which the traces of an experiment go, if they do."""
        answer = self._mlflow.send("GET", "/api/2.0/mlflow/experiments/get", params={"experiment_id": experiment_id})
        tags = answer.json()["experiment"].get("tags", []) if answer.is_success else []
        return next((tag["value"] for tag in tags if tag["key"] == DESTINATION), None)

    def places(self, experiment_id: str) -> list[str]:
        """The experiments in which MLflow keeps the traces of an experiment."""
        location = self.location_of(experiment_id)
        return [experiment_id] if location is None else [experiment_id, self._homes.of(location)]

    def matches(self, trace: Seen, condition: str) -> bool:
        """Whether the filter of a scorer chooses the trace."""
        return bool(self._search(trace.experiment_id, f"request_id = '{trace.trace_id}' AND {condition}").get("traces"))

    def check_filter(self, experiment_id: str, condition: str) -> None:
        """Whether MLflow can read the filter.

        Raises: InvalidParameterValue
        """
        self._search(experiment_id, condition)

    def since(self, experiment_id: str, at_ms: int) -> Iterator[str]:
        """The ids of the traces made since then, the oldest first."""
        token: str | None = None
        while True:
            found = self._search(experiment_id, f"timestamp_ms >= {at_ms}", token)
            yield from (info["trace_id"] for info in found.get("traces", ()))
            token = found.get("next_page_token")
            if not token:
                return

    def _search(self, experiment_id: str, condition: str, token: str | None = None) -> dict[str, Any]:
        location = {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment_id}}
        asked = {
            "locations": [location],
            "filter": condition,
            "max_results": _PAGE,
            "order_by": ["timestamp_ms ASC"],
            "page_token": token,
        }
        answer = self._mlflow.send("POST", f"{API}/search", json={k: v for k, v in asked.items() if v is not None})
        body: dict[str, Any] = answer.json()
        if answer.is_error:
            raise InvalidParameterValue(f"The filter '{condition}' cannot be read: {body.get('message', '')}")
        return body


def _milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)
