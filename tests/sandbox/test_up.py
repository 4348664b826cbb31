import json
import os
import signal
import socket
import stat
import subprocess
import sys

import psutil
import pytest


def test_up_tells_in_at_most_ten_lines_where_the_sandbox_is(shell):
    told = shell.run("up", "-d").stdout

    assert len(told.splitlines()) <= 10
    for wanted in (
        "http://127.0.0.1:",
        str(shell.project / ".sandbricks" / "token"),
        "durable",
        'eval "$(sandbricks env)"',
    ):
        assert wanted in told


def test_a_second_up_in_the_same_project_finds_the_first(shell):
    first = json.loads(shell.run("--json", "up", "-d").stdout)["data"]

    second = shell.run("--json", "up")

    assert second.returncode == 0
    assert json.loads(second.stdout)["data"]["pid"] == first["pid"]


def test_a_sandbox_in_another_project_gets_in_nobodys_way(shell, tmp_path):
    _, first = shell.up()

    _, second = shell.up("--data", str(tmp_path / "other"))

    assert first["host"] != second["host"]


def test_two_that_start_at_once_in_one_project_become_one(shell):
    words = [*shell.command, "--json", "up", "-d"]
    options = {"cwd": shell.project, "env": shell.environment, "stdout": subprocess.PIPE}
    racing = [subprocess.Popen(words, **options) for _ in range(3)]

    told = {json.loads(process.communicate(timeout=60)[0])["data"]["pid"] for process in racing}

    assert len(told) == 1


def test_who_has_the_port_is_named(shell):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = shell.run("up", "--port", str(port))

    assert refused.returncode == 1
    assert f"Port {port} is taken by process {psutil.Process().pid}" in refused.stderr
    assert "sandbricks up --port auto" in refused.stderr


def test_the_files_in_the_data_directory_are_for_their_owner_only(shell):
    shell.run("up", "-d")
    home = shell.project / ".sandbricks"

    modes = {
        name: stat.S_IMODE((home / name).stat().st_mode) for name in (".", "token", "control-token", "instance.json")
    }

    assert modes == {".": 0o700, "token": 0o600, "control-token": 0o600, "instance.json": 0o600}


def test_no_secret_stands_in_an_argument_list(shell):
    _, told = shell.up()
    secrets = {(shell.project / ".sandbricks" / name).read_text() for name in ("token", "control-token")}

    words = " ".join(word for process in shell.tree(told["pid"]) for word in process.cmdline())

    assert [secret for secret in secrets if secret in words] == []


def test_a_folder_with_something_else_in_it_is_refused(shell, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    refused = shell.run("--data", str(tmp_path), "up")

    assert refused.returncode == 1
    assert "must be new or empty" in refused.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_is_no_failure(shell, number):
    process, _ = shell.up()
    processes = shell.tree(process.pid)

    process.send_signal(number)

    assert process.wait(10) == 0
    assert len(processes) > 1
    assert shell.alive(processes) == []


def test_two_signals_stop_everything_at_once(shell):
    process, _ = shell.up()
    processes = shell.tree(process.pid)
    processes[1].suspend()  # a gateway that does not listen any more

    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)

    process.wait(3)
    shell.wait_for(lambda: not shell.alive(processes))


@pytest.mark.parametrize("victim", ["starter", "gateway"])
def test_a_kill_leaves_no_process(shell, victim):
    process, told = shell.up()
    processes = shell.tree(process.pid)

    psutil.Process(process.pid if victim == "starter" else told["pid"]).kill()

    shell.wait_for(lambda: not shell.alive(processes))


def test_what_was_killed_can_be_started_again_at_once(shell):
    process, told = shell.up()
    processes = shell.tree(process.pid)
    process.kill()
    psutil.Process(told["pid"]).kill()
    shell.wait_for(lambda: not shell.alive(processes))

    again = shell.run("up", "-d")

    assert again.returncode == 0, again.stderr


def test_up_ends_when_the_process_that_started_it_is_dead(shell):
    script = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    starter = subprocess.Popen(
        [sys.executable, "-c", script, *shell.command, "--json", "up"],
        cwd=shell.project,
        env=shell.environment,
        stdout=subprocess.PIPE,
    )
    starter.stdout.readline()
    processes = shell.tree(starter.pid)

    starter.kill()

    starter.communicate()
    shell.wait_for(lambda: not shell.alive(processes))


def test_down_stops_what_runs_and_says_when_nothing_does(shell):
    told = json.loads(shell.run("--json", "up", "-d").stdout)["data"]
    processes = shell.tree(told["pid"])

    first, second = shell.run("down"), shell.run("down")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "Stopped" in first.stdout
    assert "Nothing runs" in second.stdout
    assert shell.alive(processes) == []


def test_an_ephemeral_sandbox_forgets(shell):
    told = json.loads(shell.run("--json", "up", "-d", "--ephemeral").stdout)["data"]
    data = shell.project / ".sandbricks" / "ephemeral"
    there = data.exists()

    shell.run("down")

    assert (told["durable"], there, data.exists()) == (False, True, False)


def test_a_throwaway_sandbox_that_hangs_is_killed_and_forgotten(shell):
    command = [sys.executable, "-P", "-m", "sandbox.testing.start"]
    started = subprocess.run(
        command, input='{"users": null}', env=shell.environment, capture_output=True, text=True, check=True
    )
    told = json.loads(started.stdout)
    os.kill(told["pid"], signal.SIGSTOP)

    stopped = shell.run("--data", told["home"], "down")

    assert "Stopped" in stopped.stdout
    assert not os.path.exists(told["home"])


def test_a_durable_sandbox_keeps_its_token(shell):
    shell.run("up", "-d")
    before = json.loads(shell.run("env", "--json").stdout)["DATABRICKS_TOKEN"]
    shell.run("down")

    shell.run("up", "-d")

    assert json.loads(shell.run("env", "--json").stdout)["DATABRICKS_TOKEN"] == before


def test_the_token_can_be_chosen(shell):
    shell.environment["SANDBRICKS_TOKEN"] = f"dapi{'0' * 32}"

    shell.run("up", "-d")

    assert json.loads(shell.run("env", "--json").stdout)["DATABRICKS_TOKEN"] == f"dapi{'0' * 32}"
