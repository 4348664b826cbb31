"""How long a test waits for an empty state: here, with moto's server mode, and with minilake started again."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.figures import Figure, machine, table
from benchmarks.running import Running

RESETS, STARTS, PATIENCE = 50, 3, 60.0
_BIN = Path(sys.argv[1] if len(sys.argv) > 1 else ".venv-others/bin")


def main() -> None:
    """Prints the figures; the environment with the others' packages is the first argument."""
    for line in machine():
        print(line)
    for line in table([*_ours(), *_moto(), *_minilake()]):
        print(line)


def _ours() -> Iterator[Figure]:
    with Running() as running:
        yield Figure("sandbricks: from start to first answer", running.seconds_to_first_answer(), "s")
        running.seconds_to_ready()
        control = {"Authorization": f"Bearer {(running.home / 'control-token').read_text()}", "X-Sandbox-Control": "1"}
        with httpx.Client(base_url=running.host, headers=control, timeout=PATIENCE, trust_env=False) as client:
            times = [_timed(lambda: client.post("/_sandbox/workspaces", json={})) for _ in range(RESETS)]
        yield Figure(f"sandbricks: a new empty workspace, median of {RESETS}", statistics.median(times), "ms")


def _moto() -> Iterator[Figure]:
    with _served("moto_server", "--host", "127.0.0.1") as (host, seconds), httpx.Client(trust_env=False) as client:
        yield Figure("moto server: from start to first answer", seconds, "s")
        bucket = {"Authorization": "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request"}
        times = []
        for _ in range(RESETS):
            client.put(f"{host}/mine", headers=bucket)
            times.append(_timed(lambda: client.post(f"{host}/moto-api/reset")))
        yield Figure(f"moto server: reset of one bucket, median of {RESETS}", statistics.median(times), "ms")


def _minilake() -> Iterator[Figure]:
    seconds = []
    for _ in range(STARTS):
        with _served("minilake", "--host", "127.0.0.1") as (_, started):
            seconds.append(started)
    yield Figure(f"minilake: started again, median of {STARTS}", 1000 * statistics.median(seconds), "ms")


@contextmanager
def _served(command: str, *words: str) -> Iterator[tuple[str, float]]:
    """The address of a server in a folder of its own, and how long it took to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DOCKER_HOST": "unix:///nowhere", "DO_NOT_TRACK": "1"}
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        process = subprocess.Popen(
            [str((_BIN / command).absolute()), *words, "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            host = f"http://127.0.0.1:{port}"
            _wait_for(host, process)
            yield host, time.monotonic() - began
        finally:
            process.terminate()
            process.wait()


def _wait_for(host: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            httpx.get(host, timeout=1, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.01)
        else:
            return
    raise SystemExit(f"{host} does not answer.")


def _timed(call: Callable[[], httpx.Response]) -> float:
    began = time.perf_counter()
    call().raise_for_status()
    return 1000 * (time.perf_counter() - began)


main()
