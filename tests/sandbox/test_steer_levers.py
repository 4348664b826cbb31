"""The commands that change how a running sandbox behaves."""

import json

import pytest


@pytest.fixture
def told(shell):
    shell.up("--ephemeral")

    def run(*words):
        done = shell.run("--json", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)["data"]

    return run


def test_a_workspace_is_made_listed_and_removed(told):
    made = told("workspace", "create", "mine")
    listed = told("workspace", "list")["workspaces"]

    told("workspace", "rm", "mine")

    assert made["token"].startswith("dapi")
    assert listed == ["default", "mine"]
    assert told("workspace", "list")["workspaces"] == ["default"]


def test_the_clock_is_stopped_turned_on_and_given_back(told):
    told("clock", "freeze", "2026-01-01T00:00:00Z")
    told("clock", "advance", "90")
    shown = told("clock", "show")

    assert shown["now"] == "2026-01-01T00:01:30.000+00:00"
    assert told("clock", "release")["mode"] == "real"


def test_ids_are_seeded(told):
    assert told("ids", "42") == {"workspace": "default", "seed": 42}


def test_waiting_is_set_listed_and_ended(told):
    told("waiting", "set", "serving.endpoint", "--reads", "2")
    told("waiting", "stale-reads", "1")
    listed = told("waiting", "list")["transitions"]

    assert [(one["kind"], one["progression"], one["reads"]) for one in listed] == [("serving.endpoint", "reads", 2)]
    assert told("waiting", "finish", "serving.endpoint")["finished"] == 0
    assert told("waiting", "set", "serving.endpoint")["progression"] == "immediate"


def test_two_ways_at_once_are_refused(shell):
    shell.up("--ephemeral")

    done = shell.run("waiting", "set", "serving.endpoint", "--reads", "2", "--manual")

    assert (done.returncode, "Only one of" in done.stderr) == (1, True)


def test_the_rules_of_a_file_are_added_listed_and_forgotten(told, shell):
    rules = {
        "llm": [{"match": {"user_message": "weather"}, "response": {"content": "Sunny."}}],
        "genie": [{"question": "How many?", "sql": "SELECT 7 AS n"}],
    }
    (shell.project / "rules.yaml").write_text(json.dumps(rules))

    added = told("script", "apply", "rules.yaml")["added"]
    listed = told("script", "list")
    told("script", "clear")

    assert len(added) == 2
    assert (len(listed["llm"]), len(listed["genie"])) == (1, 1)
    assert told("script", "list") == {"llm": [], "genie": []}


def test_a_file_without_rules_is_refused(shell):
    shell.up("--ephemeral")
    (shell.project / "rules.yaml").write_text("answers: []\n")

    done = shell.run("script", "apply", "rules.yaml")

    assert (done.returncode, "lists under llm and genie" in done.stderr) == (1, True)
