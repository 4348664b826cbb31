"""Which prompts were used where: kept on the trace, the run or the logged model, as MLflow's client keeps it."""

import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.mlflow.registry import MlflowRegistry, tags_of
from mocks.prompts.store import PromptStore
from mocks.prompts.wire import PromptVersionName

LINKED = "mlflow.linkedPrompts"
Tags = dict[str, str]


class PromptLinks:
    """The links of one workspace; all that a call names must exist, or nothing is linked.

    Raises everywhere: ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow, self._prompts = MlflowRegistry(workspace), PromptStore(workspace)
        self._lock = threading.Lock()  # a tag is read, added to and written

    @classmethod
    def of(cls, workspace: Workspace) -> "PromptLinks":
        """The one of this workspace."""
        return workspace.engine(cls)

    def to_traces(self, versions: Sequence[PromptVersionName], trace_ids: Sequence[str]) -> None:
        """Notes on the traces which prompt versions they used."""
        self._check(versions)
        for trace_id in trace_ids:
            self._mlflow.call("GET", f"traces/{trace_id}/info")
        for trace_id in trace_ids:
            named = [_entry(version) for version in versions]
            self._mlflow.call("POST", "traces/link-prompts", trace_id=trace_id, prompt_versions=named)

    def to_runs(self, versions: Sequence[PromptVersionName], run_ids: Sequence[str]) -> None:
        """Notes on the runs which prompt versions they used."""

        def read(run_id: str) -> Tags:
            return tags_of(self._mlflow.call("GET", "runs/get", run_id=run_id)["run"]["data"])

        def write(run_id: str, linked: str) -> None:
            self._mlflow.call("POST", "runs/set-tag", run_id=run_id, key=LINKED, value=linked)

        self._link(versions, run_ids, read, write)

    def to_models(self, versions: Sequence[PromptVersionName], model_ids: Sequence[str]) -> None:
        """Notes on the logged models which prompt versions they used."""

        def read(model_id: str) -> Tags:
            return tags_of(self._mlflow.call("GET", f"logged-models/{model_id}")["model"]["info"])

        def write(model_id: str, linked: str) -> None:
            self._mlflow.call("PATCH", f"logged-models/{model_id}/tags", tags=[{"key": LINKED, "value": linked}])

        self._link(versions, model_ids, read, write)

    def _link(
        self,
        versions: Sequence[PromptVersionName],
        targets: Sequence[str],
        read: Callable[[str], Tags],
        write: Callable[[str, str], None],
    ) -> None:
        self._check(versions)
        with self._lock:
            found = {target: read(target) for target in targets}
            for target, tags in found.items():
                linked: list[dict[str, Any]] = json.loads(tags.get(LINKED) or "[]")
                added = [entry for entry in map(_entry, versions) if entry not in linked]
                if added:
                    write(target, json.dumps(linked + added))

    def _check(self, versions: Sequence[PromptVersionName]) -> None:
        for version in versions:
            self._prompts.get_version(version.name, str(version.version))


def _entry(version: PromptVersionName) -> dict[str, Any]:
    return {"name": version.name, "version": str(version.version)}
