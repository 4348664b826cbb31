import json
import os
import pty
import signal
import subprocess
import sys

import pytest

from sandbox.run import run

SHOW = "import json, os; print(json.dumps(dict(os.environ)))"


@pytest.mark.parametrize(
    ("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143), ("kill -KILL $$", 137)]
)
def test_the_exit_code_is_the_commands_as_a_shell_would_tell_it(script, code):
    assert run(["sh", "-c", script], {"PATH": os.defpath}) == code


def test_the_exit_code_comes_through(shell):
    assert shell.run("exec", "--", "sh", "-c", "exit 7").returncode == 7


def test_a_command_that_does_not_exist_starts_nothing(shell):
    refused = shell.run("exec", "no-such-command")

    assert refused.returncode == 1
    assert "There is no command 'no-such-command'" in refused.stderr


def test_the_command_sees_the_sandbox_and_no_other_workspace(shell):
    foreign = {
        "DATABRICKS_HOST": "https://adb-1.azuredatabricks.net",
        "DATABRICKS_CONFIG_PROFILE": "prod",
        "DATABRICKS_CLIENT_SECRET": "secret",
        "ARM_CLIENT_ID": "id",
        "GOOGLE_CREDENTIALS": "{}",
        "NO_PROXY": "intranet",
    }

    seen = json.loads(shell.run("exec", "--", sys.executable, "-c", SHOW, variables=foreign).stdout)

    assert seen["DATABRICKS_HOST"].startswith("http://127.0.0.1:")
    assert seen["DATABRICKS_TOKEN"].startswith("dapi")
    assert seen["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert (seen["MLFLOW_TRACKING_URI"], seen["MLFLOW_REGISTRY_URI"]) == ("databricks", "databricks-uc")
    assert [name for name in foreign if name in seen and name not in ("DATABRICKS_HOST", "NO_PROXY")] == []


def test_the_sandbox_is_ready_and_known_to_the_sdk_when_the_command_begins(shell):
    script = "from databricks.sdk import WorkspaceClient; print(WorkspaceClient().current_user.me().user_name)"

    told = shell.run("exec", "--", sys.executable, "-W", "ignore", "-c", script)

    assert "@" in told.stdout, told.stderr


def test_options_of_the_command_are_its_own(shell):
    told = shell.run("exec", "echo", "--port", "-x", "--help")

    assert told.stdout == "--port -x --help\n"


def test_nothing_stays_behind(shell):
    shell.run("exec", "true")

    assert list(shell.temporary.iterdir()) == []
    assert list(shell.project.iterdir()) == [shell.project / "pyproject.toml"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_stays_behind_of_one_that_is_killed(shell, number):
    process = shell.start("exec", "--", "sh", "-c", "echo started; exec sleep 1000")
    process.stdout.readline()
    processes = shell.tree(process.pid)

    process.send_signal(number)

    process.wait(10)
    assert len(processes) > 2
    shell.wait_for(lambda: not shell.alive(processes))
    shell.wait_for(lambda: not list(shell.temporary.iterdir()))


def test_a_signal_is_the_commands_to_answer(shell):
    process = shell.start("exec", "--", "sh", "-c", "trap 'exit 5' TERM; echo started; while :; do sleep 0.1; done")
    process.stdout.readline()

    process.terminate()

    assert process.wait(10) == 5


def test_control_c_on_the_terminal_reaches_the_command_once(shell):
    counting = "n=0; trap 'n=$((n+1))' INT; echo started; sleep 1; sleep 1; exit $n"
    parent, child = pty.openpty()
    options = {"stdin": child, "stdout": child, "stderr": child, "start_new_session": True, "env": shell.environment}
    script = (
        "import fcntl, os, sys, termios; from sandbox.run import run; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
        "sys.exit(run(sys.argv[1:], os.environ))"
    )
    words = [sys.executable, "-c", script, "sh", "-c", counting]
    process = subprocess.Popen(words, cwd=shell.project, **options)
    os.close(child)
    seen = b""
    while b"started" not in seen:
        seen += os.read(parent, 1024)

    os.write(parent, b"\x03")

    assert process.wait(20) == 1
    os.close(parent)


def test_folders_of_sandboxes_that_were_killed_with_all_they_had_are_swept_away(shell):
    abandoned = shell.temporary / "sandbricks-abandoned"
    abandoned.mkdir()
    (abandoned / "lock").touch()

    shell.run("exec", "true")

    assert not abandoned.exists()


def test_with_a_data_folder_the_data_stay(shell, tmp_path):
    words = ["exec", "--data", str(tmp_path / "kept"), "--", "sh", "-c", "echo $DATABRICKS_TOKEN"]

    first, second = shell.run(*words), shell.run(*words)

    assert first.stdout.startswith("dapi")
    assert first.stdout == second.stdout


def test_a_sandbox_that_runs_on_these_data_is_used_and_left_running(shell, tmp_path):
    _, told = shell.up("--data", str(tmp_path / "kept"))

    seen = shell.run("exec", "--data", str(tmp_path / "kept"), "--", "sh", "-c", "echo $DATABRICKS_HOST")

    assert seen.stdout.strip() == told["host"]
    assert shell.run("--data", str(tmp_path / "kept"), "status").returncode == 0
