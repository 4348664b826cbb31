"""What Databricks does differently from the MLflow server behind it."""

import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from mocks.core.errors import EndpointNotFound, InvalidParameterValue, NotFound, NotImplementedYet
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.engines.mlflow.trace_homes import TraceHomes
from mocks.tracking.client_versions import HEADER, ClientVersions
from mocks.tracking.pages import as_shown
from mocks.tracking.uris import DATABRICKS, Uris
from mocks.tracking.wire import CredentialInfo, ModelCredential, ModelCredentials, RunCredentials, TraceCredentials

if TYPE_CHECKING:
    import httpx

SPANS_LOCATION = "mlflow.trace.spansLocation"
FINALIZED = "mlflow.trace.infoFinalized"
ARTIFACTS = "WorkspaceInternal/Mlflow/Artifacts"
# Parts of MLflow's pages that would run commands on this machine or call models elsewhere.
NOT_SHOWN = tuple(f"/ajax-api/3.0/mlflow/{part}" for part in ("assistant", "gateway", "demo"))
# MLflow's own administration, which Databricks has not: one workspace would reach into another, or calls go out.
_NOT_OFFERED = re.compile(r"/(ajax-)?api/\d\.0/mlflow/(workspaces|webhooks|gateway)(/|$)")
_WORKSPACE_REGISTRY = re.compile(
    r"/api/\d\.0/mlflow/(databricks/)?(registered-models|model-versions|transition-requests|comments|registry-webhooks)(/|$)"
)
FORWARDED = ("content-type", "accept")
_OF_THE_DATABASE = re.compile(r"\s*(Error: )?\(sqlite3\..*", re.DOTALL)  # what MLflow passes on of its own database


class TrackingStore:
    """MLflow as one workspace sees it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._mlflow = workspace.engine(MlflowWorkspace)
        self._uris = Uris(self._mlflow.uri)

    def forward(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Passes a call through, with the artifact URIs translated both ways.

        Raises: EndpointNotFound, InvalidParameterValue, NotImplementedYet
        """
        _check_offered(path)
        self._workspace.shared(ClientVersions).notice(headers.get(HEADER, ""))
        if path.endswith(("/experiments/create", "/experiments/update")):
            _check_experiment_name(body)
        if path.endswith("/experiments/search"):
            body = self._workspace.engine(TraceHomes).search_without(body)
        answer = self._mlflow.send(
            method,
            path,
            params=self._uris.inward(query) or None,
            content=self._uris.inward(body.decode()).encode() if DATABRICKS.encode() in body else body,
            headers={name: headers[name] for name in FORWARDED if name in headers},
        )
        return self._translated(answer, f"{method} {path}")

    def list_experiments(self, max_results: int, page_token: str | None, view_type: str) -> Response:
        """A page of the experiments, found by MLflow's search."""
        asked = {"max_results": max_results, "page_token": page_token, "view_type": view_type}
        body = json.dumps({name: value for name, value in asked.items() if value is not None}).encode()
        path, headers = "/api/2.0/mlflow/experiments/search", {"content-type": "application/json"}
        return self.forward("POST", path, "", headers, body)

    def write_spans(self, trace_id: str, body: bytes) -> None:
        """Takes the spans of a trace, as the client's `traces.json`."""
        self._checked(self._mlflow.send("PUT", f"/sandbox/traces/{trace_id}", content=body))

    def read_spans(self, trace_id: str) -> bytes:
        """The spans of a trace, as `traces.json`."""
        return self._checked(self._mlflow.send("GET", f"/sandbox/traces/{trace_id}")).content

    def attachment(self, trace_id: str, path: str) -> Path:
        """Where an attachment of a trace lies.

        Raises: NotFound, InvalidParameterValue
        """
        info = self._checked(self._mlflow.send("GET", f"/api/3.0/mlflow/traces/{trace_id}")).json()
        experiment = str(info["trace"]["trace_info"]["trace_location"]["mlflow_experiment"]["experiment_id"])
        root = self._mlflow.artifacts / experiment / "traces" / trace_id / "artifacts"
        target = root / path
        if not target.resolve().is_relative_to(root.resolve()):
            raise InvalidParameterValue("The path leaves its trace.")
        return target

    def read_attachment(self, trace_id: str, path: str) -> bytes:
        """The bytes of an attachment.

        Raises: NotFound
        """
        target = self.attachment(trace_id, path)
        if not target.is_file():
            raise NotFound(f"Trace {trace_id} has no attachment '{path}'.")
        return target.read_bytes()

    def write_attachment(self, trace_id: str, path: str, body: bytes) -> None:
        """Keeps an attachment."""
        target = self.attachment(trace_id, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)

    def trace_credentials(self, trace_id: str, path: str | None) -> TraceCredentials:
        """Presigned access to the data or an attachment of a trace."""
        signed = f"/_signed/traces/{trace_id}" + (f"/{path}" if path else "")
        return TraceCredentials(credential_info=CredentialInfo(signed_uri=self._workspace.signed_url(signed)))

    def run_credentials(self, run_id: str, paths: list[str]) -> RunCredentials:
        """Presigned access to files of a run."""
        run = self._checked(self._mlflow.send("GET", "/api/2.0/mlflow/runs/get", params={"run_id": run_id})).json()
        root = f"{ARTIFACTS}/{run['run']['info']['experiment_id']}/Runs/{run_id}/artifacts"
        infos = [CredentialInfo(signed_uri=self._signed(root, path), run_id=run_id, path=path) for path in paths]
        return RunCredentials(credential_infos=infos)

    def model_credentials(self, model_id: str, paths: list[str]) -> ModelCredentials:
        """Presigned access to files of a logged model."""
        model = self._checked(self._mlflow.send("GET", f"/api/2.0/mlflow/logged-models/{model_id}")).json()
        root = f"{ARTIFACTS}/{model['model']['info']['experiment_id']}/LoggedModels/{model_id}/artifacts"
        infos = [CredentialInfo(signed_uri=self._signed(root, path), path=path) for path in paths]
        return ModelCredentials(credentials=[ModelCredential(model_id=model_id, credential_info=i) for i in infos])

    def page(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Response:
        """MLflow's own pages and what they load; they see MLflow as it is.

        Raises: EndpointNotFound
        """
        _check_offered(path)
        if path.startswith(NOT_SHOWN):
            raise EndpointNotFound(f"The sandbox does not offer {path}.")
        kept = {name: headers[name] for name in (*FORWARDED, "range", "if-none-match") if name in headers}
        answer = self._mlflow.send(method, path, params=query or None, content=body, headers=kept)
        content = as_shown(path, answer.content)
        passed = {name: answer.headers[name] for name in ("etag", "cache-control") if name in answer.headers}
        return Response(content, answer.status_code, passed, answer.headers.get("content-type"))

    def _signed(self, root: str, path: str) -> str:
        return self._workspace.signed_url(f"/_signed/files/{root}/{path}".rstrip("/"))

    def _checked(self, answer: "httpx.Response") -> "httpx.Response":
        if answer.is_error:
            raise NotFound(answer.json().get("message", answer.text), error_code=answer.json().get("error_code"))
        return answer

    def _translated(self, answer: "httpx.Response", asked: str) -> Response:
        kind = answer.headers.get("content-type", "")
        if not kind.startswith("application/json"):
            if answer.status_code in (404, 405):
                raise EndpointNotFound(f"No API found for '{asked}'.")
            return Response(answer.content, answer.status_code, media_type=kind or None)
        text = self._uris.outward(answer.text)
        if answer.is_error and _OF_THE_DATABASE.search(text):
            told = json.loads(text)
            text = json.dumps(told | {"message": _OF_THE_DATABASE.sub("", told["message"])})
        if SPANS_LOCATION in text or FINALIZED in text:
            text = json.dumps(_as_on_databricks(json.loads(text)), ensure_ascii=False)
        return Response(text, answer.status_code, media_type="application/json")


def _check_offered(path: str) -> None:
    plain = posixpath.normpath(re.sub("/+", "/", path))
    if _NOT_OFFERED.match(plain):
        raise EndpointNotFound(f"No API found for '{path}'.")
    if _WORKSPACE_REGISTRY.match(plain):
        raise NotImplementedYet(
            "The workspace model registry is not emulated; models lie in Unity Catalog: "
            "mlflow.set_registry_uri('databricks-uc')."
        )


def _check_experiment_name(body: bytes) -> None:
    told = json.loads(body or b"{}")
    name = told.get("new_name") or told.get("name", "")
    if not str(name).startswith("/"):
        raise InvalidParameterValue(
            f"Got an invalid experiment name '{name}'. An experiment name must be an absolute path within the "
            "Databricks workspace, e.g. '/Users/<some-username>/my-experiment'."
        )


def _as_on_databricks(value: Any) -> Any:
    """The value without the marks that only MLflow's own server sets: with them the client would not send its spans."""
    if isinstance(value, dict):
        return {k: _as_on_databricks(v) for k, v in value.items() if k not in (SPANS_LOCATION, FINALIZED)}
    if isinstance(value, list):
        marks = (SPANS_LOCATION, FINALIZED)
        return [_as_on_databricks(v) for v in value if not (isinstance(v, dict) and v.get("key") in marks)]
    return value
