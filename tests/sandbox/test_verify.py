"""The comparison with a workspace; here that is a second sandbox, or one that a fault has changed."""

import json

import pytest

from sandbox.verify import Check, Side, compare

NAME = "canary-of-this-workspace"


@pytest.fixture
def second(shell, server, workspace):
    file = shell.home / ".databrickscfg"
    file.write_text(f"[second]\nhost = {server.host}\ntoken = {workspace['token']}\nauth_type = pat\n")
    return shell


def test_a_second_sandbox_differs_in_nothing(second, w):
    warehouse = next(iter(w.warehouses.list())).id
    endpoint = "databricks-claude-sonnet-4"

    words = ["--profile", "second", "--even-if-local", "--warehouse", warehouse, "--endpoint", endpoint]
    done = second.run("--json", "verify", *words)

    told = json.loads(done.stdout)["data"]
    assert [check for check in told["checks"] if not check["same"]] == []
    assert len(told["checks"]) == 18


def test_the_report_holds_no_content_of_the_workspace(second, w):
    w.catalogs.create(NAME.replace("-", "_"), comment=NAME, properties={NAME: NAME})
    w.genie.create_space(serialized_space="{}", warehouse_id="w", title=NAME)

    done = second.run("verify", "--profile", "second", "--even-if-local")

    assert done.returncode == 0, done.stderr
    report = (second.project / "validation.json").read_text()
    assert json.loads(report)["checks"]
    for canary in (NAME, NAME.replace("-", "_"), w.config.host, w.config.token, w.current_user.me().user_name):
        assert canary not in report


def test_what_differs_is_named(server, workspace):
    class Given(Side):
        def ask(self, _):
            return self.given["answer"]

    check = Check("x", "GET", "/x")
    own = Given("", {}, {"answer": (200, {"a": 1, "b": [{"c": "x"}], "e": []})})
    real = Given("", {}, {"answer": (404, {"a": "1", "b": [{"c": "x", "d": 2}], "e": [{"f": 1}]})})

    told = compare(check, own, real)

    assert not told["same"]
    assert (told["status"], told["only_in_workspace"], told["only_in_sandbox"]) == ([200, 404], [".b[].d"], [])
    assert told["types"] == {".a": ["number", "string"]}


def test_a_profile_on_this_machine_is_no_real_workspace(second):
    done = second.run("verify", "--profile", "second")

    assert done.returncode == 1
    assert "a real workspace is wanted" in done.stderr


def test_a_profile_that_is_not_there_is_named(second):
    done = second.run("verify", "--profile", "third")

    assert done.returncode == 1
    assert "third" in done.stderr
