"""The commands that steer a running sandbox."""

import json
import subprocess

import pytest


@pytest.fixture
def running(shell):
    shell.up("--ephemeral")
    return shell


def told(shell, *words):
    done = shell.run("--json", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)["data"]


def call(shell, method, path, body=None):
    variables = json.loads(shell.run("env", "--json").stdout)
    words = [
        "curl",
        "-s",
        "-X",
        method,
        f"{variables['DATABRICKS_HOST']}{path}",
        "-H",
        "Content-Type: application/json",
    ]
    words += ["-H", f"Authorization: Bearer {variables['DATABRICKS_TOKEN']}"] + (["-d", body] if body else [])
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


CATALOGS, CATALOG = "/api/2.1/unity-catalog/catalogs", "/api/2.1/unity-catalog/catalogs/mine"


def test_a_state_is_saved_compared_loaded_listed_and_removed(running):
    call(running, "POST", CATALOGS, '{"name": "mine"}')
    told(running, "snapshot", "save", "base")
    told(running, "reset", "--yes")

    assert "catalog mine" in told(running, "snapshot", "diff", "base")["added"]
    assert "catalog mine" in told(running, "snapshot", "load", "base", "--dry-run")["added"]
    assert "NOT" in call(running, "GET", CATALOG)
    told(running, "snapshot", "load", "base")
    assert json.loads(call(running, "GET", CATALOG))["name"] == "mine"
    assert [one["name"] for one in told(running, "snapshot", "list")["snapshots"]] == ["base"]
    assert "catalog mine" in told(running, "snapshot", "show", "base")["inventory"]
    told(running, "snapshot", "rm", "base")
    assert told(running, "snapshot", "list")["snapshots"] == []


def test_a_fault_is_added_counted_and_cleared(running):
    told(running, "fault", "add", "--operation", "list_catalogs", "--status", "503", "--times", "1")

    assert [json.loads(call(running, "GET", CATALOGS)).get("error_code") for _ in range(2)] == [
        "TEMPORARILY_UNAVAILABLE",
        None,
    ]
    assert told(running, "fault", "list")["faults"][0]["fired"] == 1
    assert told(running, "fault", "clear") == {"removed": 1}


def test_requests_are_printed_followed_and_repeated(running):
    call(running, "POST", CATALOGS, '{"name": "mine"}')
    [entry] = told(running, "requests", "--operation", "create_catalog")["requests"]

    assert told(running, "requests", "--curl", str(entry["id"]))["curl"].startswith("curl -X POST")
    following = running.start("requests", "--follow")
    line = ""
    while "get_catalog" not in line:
        running.wait_for(lambda: call(running, "GET", CATALOG))
        line = following.stdout.readline()
    assert line.startswith("200  catalog.get_catalog")


def test_seeds_are_checked_and_applied(running, tmp_path):
    (tmp_path / "seed.yaml").write_text("catalog: main\nschema: s\nvolume: v\nspaces: [{title: T}]\n")

    assert told(running, "seed", "check", str(tmp_path))["checked"][str(tmp_path)] == ["0 documents", "1 spaces"]
    told(running, "seed", "apply", str(tmp_path))
    assert '"title":"T"' in call(running, "GET", "/api/2.0/genie/spaces")


def test_a_reset_asks_first(running):
    done = running.run("reset", input="n\n")

    assert done.returncode == 1
    assert "Remove all" in done.stdout
