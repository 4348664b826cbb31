"""The image, built once, and containers of it that are gone after the test."""

import contextlib
import os
import socket
import subprocess
import time
import uuid
from pathlib import Path

import docker
import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

ROOT = Path(__file__).parents[2]
IMAGE = "sandbricks:test"
TOKEN = "dapi" + "7" * 32
PATIENCE = 180.0


@pytest.fixture(scope="session")
def engine():
    client = docker.from_env(timeout=300)
    client.ping()
    yield client
    client.close()


@pytest.fixture(scope="session")
def image(engine):
    # The classic builder shares the host's network, which reaches the package index where a build's own may not.
    command = ["docker", "build", "--network", "host", "--quiet", "--tag", IMAGE, "."]
    subprocess.run(command, cwd=ROOT, check=True, env={"PATH": "/usr/local/bin:/usr/bin:/bin", "DOCKER_BUILDKIT": "0"})
    return engine.images.get(IMAGE)


@pytest.fixture
def volume(engine):
    made = engine.volumes.create(f"sandbricks-{uuid.uuid4().hex[:8]}")
    yield made.name
    made.remove(force=True)


@pytest.fixture
def start(engine, image, volume):
    started = []

    def run(**options):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        given = {"read_only": True, "tmpfs": {"/tmp": ""}, "volumes": {volume: {"bind": "/data"}}, "cap_drop": ["ALL"]}
        given |= {} if options.get("network_mode") == "none" else {"ports": {"8329/tcp": ("127.0.0.1", port)}}
        environment = {"SANDBRICKS_TOKEN": TOKEN, "SANDBRICKS_ALLOWED_HOSTS": f"127.0.0.1:{port}"}
        container = engine.containers.run(image, detach=True, environment=environment, **given, **options)
        started.append(container)
        wait_until_healthy(container)
        return container, f"http://127.0.0.1:{port}"

    yield run
    for container in started:
        with contextlib.suppress(docker.errors.NotFound):
            container.remove(force=True)


def wait_until_healthy(container):
    deadline = time.monotonic() + PATIENCE
    while True:
        container.reload()
        if container.attrs["State"]["Health"]["Status"] == "healthy":
            return
        assert time.monotonic() < deadline, container.logs().decode()[-2000:]
        time.sleep(0.2)


class Compose:
    """`docker compose` on the file of the project, under a name and a port of its own."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._name = f"sandbricks-{uuid.uuid4().hex[:8]}"

    def __call__(self, *words):
        told = {"SANDBRICKS_TOKEN": TOKEN, "SANDBRICKS_PORT": str(self.port), "PATH": os.environ["PATH"]}
        command = ["docker", "compose", "--project-name", self._name, *words]
        subprocess.run(command, cwd=ROOT, check=True, env=told, capture_output=True)


@pytest.fixture
def compose(image):
    image.tag("sandbricks:local")
    run = Compose()
    yield run
    run("down", "--volumes", "--timeout", "5")


@pytest.fixture
def inside():
    """What points clients inside a container at its sandbox."""
    host = "http://127.0.0.1:8329"
    return {"DATABRICKS_HOST": host, "DATABRICKS_TOKEN": TOKEN, "MLFLOW_TRACKING_URI": "databricks"}


@pytest.fixture
def connect(tmp_path):
    def client(host):
        return WorkspaceClient(
            config=Config(host=host, token=TOKEN, auth_type="pat", config_file=str(tmp_path / "none"))
        )

    return client
