"""The image, built once, and containers of it that are gone after the test."""

import contextlib
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
PATIENCE = 60.0


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


@pytest.fixture
def connect(tmp_path):
    def client(host):
        return WorkspaceClient(
            config=Config(host=host, token=TOKEN, auth_type="pat", config_file=str(tmp_path / "none"))
        )

    return client
