"""One gateway for the run of a worker, one fresh workspace for each test."""

import json
import os
import secrets
import socket
import threading
import urllib.request
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

from mocks.engines.child import Child

FOREIGN = ("DATABRICKS_", "ARM_", "GOOGLE_", "SANDBRICKS_", "MLFLOW_")


def pytest_configure():
    """All processes of a run hash alike, so that they find the tests in one order, and none calls home."""
    os.environ.setdefault("PYTHONHASHSEED", str(secrets.randbelow(2**32)))
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"


CHUNKS = [  # what the model server streams
    {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]},
    {"choices": [{"index": 0, "delta": {"content": "Good "}}]},
    {"choices": [{"index": 0, "delta": {"content": "day"}, "finish_reason": "stop"}]},
    {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}},
]


class ModelServerHandler(BaseHTTPRequestHandler):
    """A model server as Ollama or vLLM are: what it is asked and told is in its attributes."""

    def do_GET(self):
        self._send(200, {"data": [{"id": "tiny-1"}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, body))
        self.server.keys.append(self.headers["Authorization"])
        if self.server.status != 200:
            return self._send(self.server.status, {"error": "no"})
        if self.path.endswith("/embeddings"):
            data = [{"object": "embedding", "index": 0, "embedding": [0.5, 0.5]}]
            return self._send(200, {"object": "list", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}})
        if body["stream"] and self.server.breaks_off:
            return self._send(200, f"data: {json.dumps(CHUNKS[1])}\n\n", missing=100)
        if body["stream"]:
            return self._send(200, "".join(f"data: {json.dumps(c)}\n\n" for c in CHUNKS) + "data: [DONE]\n\n")
        self.server.ready.wait()
        says = self.server.says
        message = {"role": "assistant", "content": says.pop(0) if isinstance(says, list) else says}
        usage = {"prompt_tokens": 3, "completion_tokens": 2}
        return self._send(200, {"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage})

    def _send(self, status, told, missing=0):
        raw = (told if isinstance(told, str) else json.dumps(told)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw) + missing))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        """Keeps quiet."""


@dataclass(frozen=True)
class Server:
    """A running gateway and the secrets that open it."""

    host: str
    port: int
    token: str
    control_token: str
    data: Path
    pid: int

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self.control_token}",
            "X-Sandbox-Control": "1",
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.host}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())


def _clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return kept | {"ORT_DISABLE_TELEMETRY": "1"}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        port = listening.getsockname()[1]
        told = {"data": str(data), "host": f"http://127.0.0.1:{port}", "fd": listening.fileno()}
        secret = {"token": f"dapi{secrets.token_hex(16)}", "control_token": secrets.token_hex(16)}
        child = Child(
            "mocks", told | secret, data / "gateway.log", fds=[listening.fileno()], environment=_clean_environment()
        )
    yield Server(told["host"], port, secret["token"], secret["control_token"], data, child.pid)
    child.stop()


@pytest.fixture
def make_workspace(server):
    made = []

    def make():
        made.append(server.control("POST", "/_sandbox/workspaces", {}))
        return made[-1]

    yield make
    for workspace in made:
        server.control("DELETE", f"/_sandbox/workspaces/{workspace['name']}")


@pytest.fixture
def workspace(make_workspace):
    return make_workspace()


@pytest.fixture
def client(server, tmp_path):
    def connect(token):
        config = Config(
            host=server.host, token=token, auth_type="pat", config_file=str(tmp_path / "none"), retry_timeout_seconds=15
        )
        return WorkspaceClient(config=config)

    return connect


@pytest.fixture
def w(client, workspace):
    return client(workspace["token"])


@pytest.fixture
def other(client, make_workspace):
    return client(make_workspace()["token"])


@pytest.fixture
def model_server():
    with ThreadingHTTPServer(("127.0.0.1", 0), ModelServerHandler) as server:
        server.seen, server.keys, server.status, server.says, server.breaks_off = [], [], 200, "Good day", False
        server.ready = threading.Event()
        server.ready.set()
        server.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.ready.set()
        server.shutdown()
        thread.join()
