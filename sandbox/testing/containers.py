"""`SandbricksContainer`: the image for testcontainers; `pip install sandbricks[testcontainers]`."""

import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from testcontainers.core.container import DockerContainer

from sandbox.control import Control
from sandbox.target import local_variables
from sandbox.testing.workspace import SandboxWorkspace

if TYPE_CHECKING:
    from databricks.sdk import WorkspaceClient

IMAGE, PORT = "sandbricks:local", 8329
READY_SECONDS = 120.0


class SandbricksContainer(DockerContainer):  # type: ignore[misc, unused-ignore]  # testcontainers has no types
    """A sandbox in a container, ready and seeded when it has started."""

    def __init__(self, image: str = IMAGE, **options: Any) -> None:
        super().__init__(image, **options)
        self.token, self._control_token = f"dapi{secrets.token_hex(16)}", secrets.token_hex(32)
        self._seeds: list[Path] = []
        self._port = _free_port()
        self.with_bind_ports(PORT, self._port)

    def with_seed(self, *folders: str | Path) -> Self:
        """Loads these folders, each with a seed.yaml, once it is ready."""
        self._seeds += map(Path, folders)
        return self

    def with_token(self, token: str) -> Self:
        """Lets the default workspace have this token: dapi and 32 hexadecimal digits."""
        self.token = token
        return self

    def start(self) -> Self:
        """Returns when every part is ready and every seed is in."""
        from sandbox.seed import load, read_plan

        hosts = ",".join(f"{name}:{self._port}" for name in {"127.0.0.1", "localhost", self._host_name()})
        given = {"TOKEN": self.token, "CONTROL_TOKEN": self._control_token, "ALLOWED_HOSTS": hosts}
        for name, value in given.items():
            self.with_env(f"SANDBRICKS_{name}", value)
        super().start()
        self._wait()
        for folder in self._seeds:
            load(read_plan(folder), self.get_host(), self.token)
        return self

    def get_host(self) -> str:
        """The address of the workspace."""
        return f"http://{self._host_name()}:{self._port}"

    def get_token(self) -> str:
        """The token of the default workspace."""
        return self.token

    def get_env(self) -> dict[str, str]:
        """The variables that point every official client at it."""
        return local_variables({}, self.get_host(), self.token, Path(os.devnull))

    def get_client(self, **options: Any) -> "WorkspaceClient":
        """A `databricks.sdk.WorkspaceClient` of the default workspace."""
        from databricks.sdk import WorkspaceClient

        return WorkspaceClient(host=self.get_host(), token=self.token, auth_type="pat", **options)

    @property
    def control(self) -> Control:
        """Its control API."""
        return Control(self.get_host(), self._control_token)

    def new_workspace(self) -> SandboxWorkspace:
        """A fresh, empty workspace in it, with the same levers as the `sandbox` fixture."""
        return SandboxWorkspace.create(self.control, self.get_host())

    def _wait(self) -> None:
        self.control.wait_until_there(READY_SECONDS)

    def _host_name(self) -> str:
        name = str(self.get_docker_client().host())
        return "127.0.0.1" if name == "localhost" else name


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
