"""A labeling session of the Review App: its questions, its traces, a reviewer's answers, and their way into a dataset.

Spoken over the same REST calls as `databricks-agents` makes, with the SDK, so that it runs wherever the SDK does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound
from mlflow.entities import AssessmentSource, AssessmentSourceType

_BASE = "/api/2.0/managed-evals"
_AT_ONCE = 100


@dataclass(frozen=True)
class Label:
    """A reviewer's answers on one trace: feedback with its reason, and expectations by name."""

    trace_id: str
    value: str
    why: str
    expectations: Mapping[str, Any]


class Session:
    """A labeling session; `url` is where a person labels, `run_id` the run that holds its traces."""

    def __init__(self, w: WorkspaceClient, app_id: str, told: Mapping[str, Any]) -> None:
        self._w, self._path = w, f"/review-apps/{app_id}/labeling-sessions/{told['labeling_session_id']}"
        self.name, self.run_id = str(told["name"]), str(told["mlflow_run_id"])
        self.url = f"{w.config.host}/ml/review-v2/{app_id}/tasks/labeling/{told['labeling_session_id']}"

    @classmethod
    def create(
        cls,
        w: WorkspaceClient,
        experiment_id: str,
        name: str,
        schemas: Sequence[Mapping[str, Any]],
        users: Sequence[str],
    ) -> "Session":
        """Puts the questions into the experiment's Review App, which is made if there is none."""
        app_id = _app(w, experiment_id, schemas)
        told = {
            "name": name,
            "assigned_users": list(users),
            "labeling_schemas": [{"name": schema["name"]} for schema in schemas],
        }
        return cls(w, app_id, _call(w, "POST", f"/review-apps/{app_id}/labeling-sessions", told))

    def add(self, trace_ids: Sequence[str]) -> None:
        """The traces wait to be labelled afterwards."""
        for start in range(0, len(trace_ids), _AT_ONCE):
            some = list(trace_ids[start : start + _AT_ONCE])
            mlflow.MlflowClient().link_traces_to_run(some, self.run_id)
            items = [{"source": {"trace_id": trace_id}} for trace_id in some]
            _call(self._w, "POST", f"{self._path}/items:batchCreate", {"items": items})

    def label(self, name: str, labels: Sequence[Label], reviewer: str) -> None:
        """What the page does when a reviewer answers: human assessments on the trace, and the item is done."""
        source = AssessmentSource(source_type=AssessmentSourceType.HUMAN, source_id=reviewer)
        items = {item["source"]["trace_id"]: item["item_id"] for item in self._items()}
        for one in labels:
            mlflow.log_feedback(trace_id=one.trace_id, name=name, value=one.value, rationale=one.why, source=source)
            for expectation, value in one.expectations.items():
                mlflow.log_expectation(trace_id=one.trace_id, name=expectation, value=value, source=source)
            item = f"{self._path}/items/{items[one.trace_id]}"
            _call(self._w, "PATCH", item, {"state": "COMPLETED"}, update_mask="state")

    def sync(self, experiment_id: str, dataset: str, labels: Sequence[Label], inputs: Mapping[str, Any]) -> int:
        """The labelled inputs with what is expected of their answers, as records of a dataset of Unity Catalog."""
        dataset_id = _dataset(self._w, experiment_id, dataset)
        records = [_record(one, inputs[one.trace_id]) for one in labels if one.expectations]
        for start in range(0, len(records), _AT_ONCE):
            some = [{"dataset_record": record} for record in records[start : start + _AT_ONCE]]
            _call(self._w, "POST", f"/datasets/{dataset_id}/records:batchCreate", {"requests": some})
        return len(records)

    def _items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        token: str | None = ""
        while token is not None:
            page = _call(self._w, "GET", f"{self._path}/items", **({"page_token": token} if token else {}))
            found += page.get("items", [])
            token = page.get("next_page_token") or None
        return found


def _app(w: WorkspaceClient, experiment_id: str, schemas: Sequence[Mapping[str, Any]]) -> str:
    """The id of the experiment's app, which has the questions besides those that it had."""
    found = _call(w, "GET", "/review-apps", filter=f"experiment_id={experiment_id}").get("review_apps") or []
    app = found[0] if found else _call(w, "POST", "/review-apps", {"experiment_id": experiment_id})
    ours = {schema["name"] for schema in schemas}
    kept = [schema for schema in app.get("labeling_schemas", ()) if schema["name"] not in ours]
    told = {"experiment_id": experiment_id, "labeling_schemas": [*kept, *schemas]}
    _call(w, "PATCH", f"/review-apps/{app['review_app_id']}", told, update_mask="labeling_schemas")
    return str(app["review_app_id"])


def _dataset(w: WorkspaceClient, experiment_id: str, name: str) -> str:
    """A dataset has the id of its table."""
    try:
        return str(w.tables.get(name).table_id)
    except NotFound:
        return str(_call(w, "POST", "/datasets", {"name": name}, experiment_ids=experiment_id)["dataset_id"])


def _record(label: Label, inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "source": {"trace": {"trace_id": label.trace_id}},
        "inputs": [{"key": key, "value": value} for key, value in inputs.items()],
        "expectations": {name: {"value": value} for name, value in label.expectations.items()},
    }


def _call(w: WorkspaceClient, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
    answer: Any = w.api_client.do(method, f"{_BASE}{path}", body=body, query=query)
    return dict(answer)
