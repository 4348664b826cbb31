"""What a person says about a trace: one assessment for each name and person, changed rather than said twice."""

import json
from typing import Any, Literal

from mocks.core.errors import InvalidParameterValue, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace

Kind = Literal["feedback", "expectation"]
TRACES = "/api/3.0/mlflow/traces"


class Assessing:
    """The HUMAN assessments of the traces of one workspace, with its user as their source."""

    def __init__(self, workspace: Workspace) -> None:
        self._user, self._mlflow = workspace.user_name, workspace.engine(MlflowWorkspace)

    def own(self, trace_id: str) -> dict[str, dict[str, Any]]:
        """What this user has said about the trace, by name: MLflow's assessments, the value under `value`.

        Raises: ResourceDoesNotExist
        """
        told = self._asked("GET", f"{TRACES}/{bare(trace_id)}")["trace"]["trace_info"].get("assessments") or []
        mine = [one for one in told if _source(one) == ("HUMAN", self._user) and one.get("valid", True)]
        return {one["assessment_name"]: one | {"value": value_of(one)} for one in mine}

    def say(self, trace_id: str, name: str, kind: Kind, value: Any, rationale: str | None = None) -> None:
        """Logs it as `log_feedback` and `log_expectation` do, or changes what this user said under that name.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        before = self.own(trace_id).get(name)
        told: dict[str, Any] = {"assessment_name": name, "trace_id": bare(trace_id), kind: _kept(kind, value)}
        told["source"] = {"source_type": "HUMAN", "source_id": self._user}
        if rationale or before:
            told["rationale"] = rationale or ""
        path = f"{TRACES}/{bare(trace_id)}/assessments"
        if before is not None and kind in before:
            told["assessment_id"] = before["assessment_id"]
            body = {"assessment": told, "update_mask": f"{kind},rationale"}
            self._asked("PATCH", f"{path}/{before['assessment_id']}", body)
        else:
            self._asked("POST", path, {"assessment": told})

    def _asked(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._mlflow.send(method, path, **({"json": body} if body else {}))
        if answer.is_error:
            told = answer.json().get("message") or answer.text
            raise (ResourceDoesNotExist if answer.status_code == 404 else InvalidParameterValue)(told)
        return answer.json()  # type: ignore[no-any-return]  # a JSON object


def bare(trace_id: str) -> str:
    """The id under which MLflow keeps the trace; one in Unity Catalog is told as `trace:/<location>/<id>`."""
    return trace_id.rpartition("/")[2]


def value_of(assessment: dict[str, Any]) -> Any:
    """What an assessment says, of either kind and however it was written down."""
    told = assessment.get("feedback") or assessment.get("expectation") or {}
    serialized = (told.get("serialized_value") or {}).get("value")
    return told.get("value") if serialized is None else json.loads(serialized)


def _kept(kind: Kind, value: Any) -> dict[str, Any]:
    if kind == "expectation" and isinstance(value, list | dict):
        return {"serialized_value": {"serialization_format": "JSON_FORMAT", "value": json.dumps(value)}}
    return {"value": value}


def _source(assessment: dict[str, Any]) -> tuple[str | None, str | None]:
    told = assessment.get("source") or {}
    return told.get("source_type"), told.get("source_id")
