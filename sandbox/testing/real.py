"""A real workspace in the place of the sandbox, for tests that are marked as validated against it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.errors import TargetError
from sandbox.target import real_environment, resolve

if TYPE_CHECKING:
    from databricks.sdk import WorkspaceClient


class RealWorkspace:
    """What a test may do on a real workspace: connect."""

    def __init__(self, environment: Mapping[str, str], profile: str) -> None:
        self.profile = profile
        self.environment = real_environment(environment, profile)
        host = resolve(self.environment).host
        self.host = host.text if host else ""

    def client(self, **options: Any) -> "WorkspaceClient":
        """A `databricks.sdk.WorkspaceClient` of this workspace."""
        from databricks.sdk import WorkspaceClient

        return WorkspaceClient(profile=self.profile, **options)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise TargetError(f"A real workspace has no '{name}'; only the sandbox has. Leave out the mark `validated`.")
