"""A server that is killed and started again over the same data."""

import socket

import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

from mocks.engines.child import Child
from tests.clients.durability.killing import CONTROL, TOKEN


@pytest.fixture
def start(tmp_path, monkeypatch):
    started = []
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "1")

    def up():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(128)
            host = f"http://127.0.0.1:{listening.getsockname()[1]}"
            told = {"data": str(tmp_path / "data"), "host": host, "fd": listening.fileno()}
            secret = {"token": TOKEN, "control_token": CONTROL}
            started.append(
                Child("mocks", told | secret, tmp_path / "gateway.log", fds=[listening.fileno()], leader=True)
            )
        config = Config(
            host=host, token=TOKEN, auth_type="pat", config_file=str(tmp_path / "none"), retry_timeout_seconds=1
        )
        return started[-1], WorkspaceClient(config=config)

    yield up
    for child in started:
        child.kill()
