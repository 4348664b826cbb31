"""One workspace of the sandbox in the hands of a test."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sandbox.control import Control
from sandbox.target import local_variables
from sandbox.testing.calls import check_called, shown
from sandbox.testing.levers import Clock, Fault, GenieScripts, LlmScripts, Provisioning, Snapshots

if TYPE_CHECKING:
    from databricks.sdk import WorkspaceClient
    from mlflow.entities import Trace

_TRACES = 200


class SandboxWorkspace:
    """Where the code under test goes, what it asked there, and the levers that make the sandbox answer otherwise."""

    def __init__(self, control: Control, told: Mapping[str, str]) -> None:
        self.control = control
        self.name, self.host, self.token = told["name"], told["host"], told["token"]
        self.user_name, self.workspace_id = told["user_name"], told["workspace_id"]
        self.clock = Clock(control, self.name)
        self.provisioning = Provisioning(control, self.name)
        self.llm = LlmScripts(control, self.name)
        self.genie = GenieScripts(control, self.name)
        self.snapshot = Snapshots(control, self.name)

    @classmethod
    def create(cls, control: Control, host: str) -> "SandboxWorkspace":
        """A fresh, empty workspace, reached at that address."""
        return cls(control, control.ask("POST", "/_sandbox/workspaces", {}) | {"host": host})

    def delete(self) -> None:
        """Drops the workspace with all that is in it."""
        self.control.ask("DELETE", f"/_sandbox/workspaces/{self.name}")

    def reset(self) -> None:
        """Empties it; the token stays."""
        self.control.ask("POST", "/_sandbox/reset", {"workspace": self.name})

    def variables(self, environment: Mapping[str, str], client_config: Path) -> dict[str, str]:
        """The variables that point every official client here."""
        return local_variables(environment, self.host, self.token, client_config)

    def client(self, **options: Any) -> "WorkspaceClient":
        """A `databricks.sdk.WorkspaceClient` of this workspace."""
        from databricks.sdk import WorkspaceClient

        return WorkspaceClient(host=self.host, token=self.token, auth_type="pat", **options)

    def traces(self, **search: Any) -> "list[Trace]":
        """The traces that MLflow recorded here, the newest first; takes what `MlflowClient.search_traces` takes."""
        import mlflow

        mlflow.flush_trace_async_logging()
        client = mlflow.MlflowClient("databricks")
        homes = [found.experiment_id for found in client.search_experiments()]
        return list(client.search_traces(locations=homes, **{"max_results": _TRACES} | search)) if homes else []

    def requests(self, operation: str | None = None, **match: str | int) -> list[dict[str, Any]]:
        """The requests that came to this workspace, the oldest first; operations are named as in the SDK."""
        wanted = {"workspace": self.name, "operation": operation, "limit": 1000, **match}
        query = urlencode({name: value for name, value in wanted.items() if value is not None})
        found: list[dict[str, Any]] = self.control.ask("GET", f"/_sandbox/requests?{query}")["requests"]
        return found

    def assert_called(self, operation: str, *, times: int | None = None, **match: Any) -> None:
        """Fails unless there was such a call, or exactly so many; the failure shows what came nearest.

        The operation is `serving.query`, `query` or a request line such as `POST /serving-endpoints/*/invocations`.
        """
        __tracebackhide__ = True
        check_called(self.requests(), operation, times, match)

    def fault(self, *, times: int | None = None, skip: int = 0, probability: float = 1.0, **told: Any) -> Fault:
        """Makes requests of this workspace fail; see `Fault` for what can be told."""
        return Fault.add(self.control, self.name, {"times": times, "skip": skip, "probability": probability}, told)

    def seed(self, *folders: str | Path) -> None:
        """Loads folders, each with its seed.yaml."""
        from sandbox.seed import load, read_plan

        for folder in folders:
            load(read_plan(Path(folder)), self.host, self.token)

    def seed_ids(self, seed: int) -> None:
        """From now on the same calls get the same ids."""
        self.control.ask("POST", "/_sandbox/seed", {"workspace": self.name, "seed": seed})

    def stale_reads(self, reads: int) -> None:
        """After each write so many reads of the record still see the old one; 0 ends that."""
        self.control.ask("PUT", "/_sandbox/consistency", {"workspace": self.name, "stale_reads": reads})

    def enforce(self, grants: str) -> None:
        """Says whether grants count: `off`, `log` or `on`."""
        self.control.ask("PUT", "/_sandbox/policy", {"workspace": self.name, "grants": grants})

    def journal_tail(self, lines: int = 20) -> str:
        """The last requests, for a person."""
        return "\n".join(map(shown, self.requests(limit=lines)))
