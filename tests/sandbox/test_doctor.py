import json
import socket

import pytest


def findings(shell, *words, **options):
    done = shell.run("--json", "doctor", *words, **options)
    return done.returncode, {told["check"]: told for told in json.loads(done.stdout)["data"]["findings"]}


def test_where_all_is_well_nothing_is_broken(shell):
    code, found = findings(shell)

    assert [told for told in found.values() if told["state"] == "broken"] == []
    assert code == 0


def test_a_taken_port_is_broken_and_mended_by_another(shell):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, found = findings(shell, "--port", str(taken.getsockname()[1]))

    assert (code, found["port"]["state"], found["port"]["mend"]) == (1, "broken", "sandbricks up --port auto")


@pytest.mark.parametrize(
    ("variables", "check"),
    [
        ({"DATABRICKS_HOST": "https://adb-1.azuredatabricks.net"}, "environment"),
        ({"DATABRICKS_CONFIG_PROFILE": "nowhere"}, "environment"),
        ({"HTTP_PROXY": "http://proxy"}, "proxy"),
    ],
)
def test_an_environment_that_leads_elsewhere_is_a_warning_with_its_remedy(shell, variables, check):
    _, found = findings(shell, variables=variables)

    assert found[check]["state"] == "warning"
    assert found[check]["mend"]


def test_a_data_directory_that_others_can_read_is_a_warning(shell):
    (shell.project / ".sandbricks").mkdir(mode=0o755)

    _, found = findings(shell)

    assert found["data directory"]["mend"] == f"chmod 700 {shell.project}/.sandbricks"


def test_an_instance_that_was_killed_is_a_warning(shell):
    process, told = shell.up()
    process.kill()
    process.wait()
    (shell.project / ".sandbricks" / "lock").unlink()

    _, found = findings(shell)

    assert found["instance"]["state"] == "warning"
    assert str(told["pid"]) in found["instance"]["text"]
