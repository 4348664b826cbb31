import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time

import psutil
import pytest

from mocks.engines.child import Child, ChildError

ECHO = """
    import json, sys, time
    from mocks.engines.child import die_with_parent
    told = json.loads(sys.stdin.readline())
    if told["attached"]:
        die_with_parent()
    print(told["word"], flush=True)
    time.sleep(1000)
"""
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(1000)"
PARENT = """
    import os, sys, time
    from pathlib import Path
    from mocks.engines.child import Child
    child = Child("echo", {"word": "here"}, Path("child.log"), attached=sys.argv[1] == "attached")
    child.wait_until(lambda: "here" in child.tail(), 20)
    print(child.pid, flush=True)
    time.sleep(1000)
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("echo", ECHO), ("deaf", DEAF), ("parent", PARENT), ("broken", "raise SystemExit('no luck')")):
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(text))
    return tmp_path


@pytest.fixture
def environment(folder):
    return {"PATH": os.defpath, "PYTHONPATH": str(folder)}


@pytest.fixture
def start(folder, environment):
    children = []

    def start(module, settings=None, **options):
        children.append(
            Child(module, settings or {}, folder / "logs" / f"{module}.log", environment=environment, **options)
        )
        return children[-1]

    yield start
    for child in children:
        child.kill()


def ended(pid):
    deadline = time.monotonic() + 20
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "it still runs"
        time.sleep(0.01)
    return True


def test_settings_go_in_on_standard_input_and_not_as_arguments(start):
    child = start("echo", {"word": "secret"})

    child.wait_until(lambda: "secret" in child.tail(), 20)

    assert psutil.Process(child.pid).cmdline() == [sys.executable, "-P", "-m", "echo"]


def test_the_log_is_for_the_owner_only_and_the_one_before_is_kept(start):
    for word in ("first", "second"):
        child = start("echo", {"word": word})
        child.wait_until(lambda child=child: bool(child.tail()), 20)
        child.stop()

    assert stat.S_IMODE(child.log.stat().st_mode) == 0o600
    assert child.log.read_text() == "second\n"
    assert child.log.with_suffix(".previous.log").read_text() == "first\n"


def test_one_that_ends_before_it_is_ready_is_reported_with_its_log(start):
    child = start("broken")

    with pytest.raises(ChildError, match=r"(?s)broken ended with code 1.*no luck"):
        child.wait_until(lambda: False, 20)


def test_one_that_does_not_get_ready_is_reported(start):
    child = start("echo", {"word": "here"})

    with pytest.raises(ChildError, match="was not ready within"):
        child.wait_until(lambda: False, 0.1)


def test_one_that_does_not_listen_is_killed(start):
    child = start("deaf")
    child.wait_until(lambda: "deaf" in child.tail(), 20)

    child.stop(0.1)

    assert child.wait(0) == -signal.SIGKILL


def test_a_signal_that_another_thread_takes_is_handled_while_the_end_is_awaited(start):
    child = start("deaf")
    child.wait_until(lambda: "deaf" in child.tail(), 20)
    before = signal.signal(signal.SIGUSR2, lambda *_: child.hurry())
    taking = threading.Timer(0.3, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGUSR2))
    taking.start()

    assert child.wait(60) == -signal.SIGKILL

    taking.join()
    signal.signal(signal.SIGUSR2, before)


def test_it_outlives_the_thread_that_started_it(start):
    found = []
    thread = threading.Thread(target=lambda: found.append(start("echo", {"word": "here"})))
    thread.start()
    thread.join()
    child = found[0]

    child.wait_until(lambda: "here" in child.tail(), 20)

    assert child.wait(0.3) is None


@pytest.mark.parametrize("attached", [True, False])
def test_an_attached_one_ends_with_its_parent_and_another_does_not(folder, environment, attached):
    word = "attached" if attached else "detached"
    options = {"cwd": folder, "env": environment, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-m", "parent", word], **options) as parent:
        pid = int(parent.stdout.readline())

        parent.kill()

    if attached:
        assert ended(pid)
    else:
        assert psutil.pid_exists(pid)
        os.kill(pid, signal.SIGKILL)
