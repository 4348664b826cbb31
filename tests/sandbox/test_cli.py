import json
import subprocess
import sys

import pytest

HEAVY = (
    "chromadb", "databricks", "duckdb", "fastapi", "httpx", "mlflow", "mocks", "numpy", "onnxruntime", "psutil",
    "pyarrow", "sqlglot", "starlette", "uvicorn", "yaml",
)  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["version"], ["up", "--help"]])
def test_help_and_version_import_nothing_heavy(shell, words):
    script = (
        "import sys\nfrom sandbox.cli import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\nprint(*sys.modules, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, *words], env=shell.environment, capture_output=True, text=True, check=True
    )

    assert {name.split(".")[0] for name in done.stderr.split()} & set(HEAVY) == set()


@pytest.mark.parametrize("command", ["status", "env", "ready", "logs"])
def test_without_a_sandbox_the_refusal_names_the_command_that_helps(shell, command):
    refused = shell.run(command)

    assert refused.returncode == 1
    assert "try: sandbricks up" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_refusal_can_be_read_by_a_program(shell):
    told = json.loads(shell.run("--json", "status").stdout)

    assert (told["command"], told["status"], told["error"]["code"]) == ("status", "error", "NotRunningError")
    assert told["error"]["actions"] == [{"id": "mend", "command": "sandbricks up"}]


@pytest.mark.parametrize("words", [["nonsense"], ["up", "--nonsense"], ["exec"]])
def test_wrong_usage_is_exit_code_2(shell, words):
    assert shell.run(*words).returncode == 2


@pytest.mark.parametrize("port", ["80", "banana", "70000"])
def test_a_port_that_is_none_is_refused(shell, port):
    refused = shell.run("up", "--port", port)

    assert (refused.returncode, "is no port" in refused.stderr) == (1, True)


def test_status_and_ready_tell_that_all_is_there(shell):
    shell.run("up", "-d")

    ready, status = shell.run("ready"), shell.run("--json", "status")

    assert ready.returncode == 0, ready.stderr
    assert json.loads(status.stdout)["data"]["waiting_for"] == []


def test_the_project_is_found_from_a_folder_below_it(shell):
    shell.run("up", "-d")
    below = shell.project / "src" / "deep"
    below.mkdir(parents=True)

    assert shell.run("--project", str(shell.project), "status").returncode == 0
    shell.project = below
    assert shell.run("status").returncode == 0


def test_the_lines_of_env_are_understood_by_a_shell_and_clear_what_is_foreign(shell):
    shell.run("up", "-d")
    lines = shell.run("env", variables={"ARM_CLIENT_ID": "id"}).stdout

    script = f"export ARM_CLIENT_ID=id\n{lines}\necho $DATABRICKS_HOST [$ARM_CLIENT_ID]"
    told = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout

    assert told.startswith("http://127.0.0.1:")
    assert told.endswith("[]\n")


def test_logs_are_the_gateways(shell):
    shell.run("up", "-d")

    assert "gateway: " in shell.run("logs").stdout
