"""However a test run ends, nothing of its sandbox is left: no process, no port, no folder, no lock."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

PATIENCE = 30.0
WAITING = """
import json, pathlib, os, time
FOLDER = pathlib.Path({folder!r})

def told(server, name):
    file = FOLDER / f"{{name}}.part"
    file.write_text(json.dumps({{"server": server.pid, "home": server.home, "host": server.host, "pid": os.getpid()}}))
    file.rename(FOLDER / f"{{name}}.json")

def test_a(sandbox, sandbox_server):
    told(sandbox_server, "a")
    while not (FOLDER / "go").exists():
        time.sleep(0.05)

def test_b(sandbox, sandbox_server):
    told(sandbox_server, "b")
    while not (FOLDER / "go").exists():
        time.sleep(0.05)
"""


class TestRun:
    __test__ = False

    def __init__(self, folder, *words):
        self.folder = folder
        (folder / "test_waiting.py").write_text(WAITING.format(folder=str(folder)))
        command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", *words, str(folder)]
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)

    def told(self, name):
        wait_for(lambda: (self.folder / f"{name}.json").exists())
        return json.loads((self.folder / f"{name}.json").read_text())

    def end(self):
        (self.folder / "go").touch()
        return self.process.wait(PATIENCE)


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def tree(pid):
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def is_over(processes, told):
    alive = [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    return not alive and not os.path.exists(told["home"])


def is_free(host):
    port = int(host.rpartition(":")[2])
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
    return True


@pytest.fixture
def start(tmp_path):
    started = []

    def run(*words):
        started.append(TestRun(tmp_path, *words))
        return started[-1]

    yield run
    for run in started:
        if run.process.poll() is None:
            os.killpg(run.process.pid, signal.SIGKILL)
            run.process.wait()


def test_a_killed_run_takes_its_server_with_it(start):
    run = start()
    told = run.told("a")
    processes = tree(told["server"])

    run.process.kill()

    wait_for(lambda: is_over(processes, told))
    assert is_free(told["host"])


def test_a_killed_worker_leaves_the_server_to_the_others_and_the_last_one_stops_it(start):
    run = start("-n", "2")
    one, two = run.told("a"), run.told("b")
    processes = tree(one["server"])

    os.kill(one["pid"], signal.SIGKILL)

    assert one["server"] == two["server"]
    assert psutil.pid_exists(one["server"])
    run.end()
    wait_for(lambda: is_over(processes, one))


def test_a_killed_run_with_workers_leaves_nothing(start):
    run = start("-n", "2")
    told = run.told("a")
    run.told("b")
    processes = [*tree(told["server"]), *tree(run.process.pid)]

    os.killpg(run.process.pid, signal.SIGKILL)

    wait_for(lambda: is_over(processes, told))


def test_a_killed_server_fails_the_tests_that_need_it_and_leaves_nothing(start):
    run = start()
    told = run.told("a")
    processes = tree(told["server"])

    os.kill(told["server"], signal.SIGKILL)
    code = run.end()

    assert code != 0
    wait_for(lambda: is_over(processes, told))
    assert is_free(told["host"])


@pytest.mark.parametrize("times", [1, 2])
def test_control_c_ends_all_of_it(start, times):
    run = start()
    told = run.told("a")
    processes = tree(told["server"])

    for _ in range(times):
        os.killpg(run.process.pid, signal.SIGINT)
        time.sleep(0.1)
    run.process.wait(PATIENCE)

    wait_for(lambda: is_over(processes, told))
