"""The traces that lie in one location of Unity Catalog."""

from typing import TYPE_CHECKING, Any

from mocks.core.errors import ApiError, InvalidParameterValue, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.engines.mlflow.trace_homes import TraceHomes
from mocks.trace_locations.translated import kept_assessment, kept_id, kept_info, shown_assessment, shown_info
from mocks.trace_locations.wire import Location, OneTrace, RunLinks, Tag, Traces

if TYPE_CHECKING:
    import httpx

TRACES, ONE = "/api/2.0/mlflow/traces", "/api/3.0/mlflow/traces"
Json = dict[str, Any]


class LocatedTraces:
    """The traces of one location.

    Raises everywhere: InvalidParameterValue, ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace, location: Location) -> None:
        self._mlflow = workspace.engine(MlflowWorkspace)
        self._homes = workspace.engine(TraceHomes)
        self._location = location

    def create_info(self, otel_id: str, info: Json) -> Json:
        """Keeps the info of a trace whose spans come by OTLP."""
        told = {"trace": {"trace_info": kept_info(info, otel_id, self._homes.of(self._location.place.name))}}
        kept = checked(self._mlflow.send("POST", ONE, json=told))
        return shown_info(kept["trace"]["trace_info"], self._location)

    def get_info(self, otel_id: str) -> OneTrace:
        """The info of a trace."""
        kept = checked(self._mlflow.send("GET", f"{ONE}/{kept_id(otel_id)}"))
        return OneTrace(trace={"trace_info": shown_info(kept["trace"]["trace_info"], self._location)})

    def batch_get(self, otel_ids: list[str]) -> Traces:
        """Whole traces; those that do not exist are left out."""
        told = {"trace_ids": [kept_id(one) for one in otel_ids]}
        kept = checked(self._mlflow.send("POST", "/sandbox/traces:batchGet", json=told))
        return Traces(
            traces=[one | {"trace_info": shown_info(one["trace_info"], self._location)} for one in kept["traces"]]
        )

    def set_tag(self, otel_id: str, tag: Tag) -> None:
        """Sets a tag."""
        checked(self._mlflow.send("PATCH", f"{TRACES}/{kept_id(otel_id)}/tags", json=tag.body()))

    def delete_tag(self, otel_id: str, key: str) -> None:
        """Removes a tag."""
        checked(self._mlflow.send("DELETE", f"{TRACES}/{kept_id(otel_id)}/tags", json={"key": key}))

    def create_assessment(self, otel_id: str, assessment: Json) -> Json:
        """Adds an assessment."""
        told = {"assessment": kept_assessment(assessment, otel_id)}
        return self._assessed("POST", otel_id, "", json=told)

    def get_assessment(self, otel_id: str, assessment: str) -> Json:
        """The assessment."""
        return self._assessed("GET", otel_id, f"/{assessment}")

    def update_assessment(self, otel_id: str, assessment: str, told: Json, mask: str) -> Json:
        """Changes the fields named by the mask."""
        body = {
            "assessment": kept_assessment(told, otel_id),
            "update_mask": mask.replace("assessment_name", "assessmentName"),
        }
        return self._assessed("PATCH", otel_id, f"/{assessment}", json=body)

    def delete_assessment(self, otel_id: str, assessment: str) -> None:
        """Removes the assessment."""
        checked(self._mlflow.send("DELETE", f"{ONE}/{kept_id(otel_id)}/assessments/{assessment}"))

    def link_to_run(self, links: RunLinks) -> None:
        """Links traces to a run."""
        told = {"trace_ids": [kept_id(one) for one in links.trace_ids], "run_id": links.run_id}
        checked(self._mlflow.send("POST", f"{TRACES}/link-to-run", json=told))

    def unlink_from_run(self, links: RunLinks) -> None:
        """Removes links between traces and a run."""
        told = {"trace_ids": [kept_id(one) for one in links.trace_ids], "run_id": links.run_id}
        checked(self._mlflow.send("POST", "/sandbox/traces:unlinkFromRun", json=told))

    def _assessed(self, method: str, otel_id: str, path: str, **sent: Any) -> Json:
        answer = checked(self._mlflow.send(method, f"{ONE}/{kept_id(otel_id)}/assessments{path}", **sent))
        return shown_assessment(answer["assessment"], otel_id, self._location)


def checked(answer: "httpx.Response", *, parse: bool = True) -> Any:
    """MLflow's answer, or its refusal as ours.

    Raises: InvalidParameterValue, ResourceDoesNotExist
    """
    if not answer.is_error:
        return answer.json() if parse and answer.content else {}
    told = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
    refusal: type[ApiError] = ResourceDoesNotExist if answer.status_code == 404 else InvalidParameterValue
    raise refusal(str(told.get("message") or told.get("detail") or answer.text), error_code=told.get("error_code"))
