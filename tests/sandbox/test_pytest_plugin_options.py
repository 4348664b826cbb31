"""Marks and options of the plugin."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def run(pytester, monkeypatch, server):
    def run(text, *words):
        monkeypatch.setenv("SANDBRICKS_CONTROL_TOKEN", server.control_token)
        pytester.makepyfile(text)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", "--sandbox-url", server.host, *words)

    return run


def test_a_mark_seeds_the_workspace(pytester, run):
    (pytester.mkdir("data") / "seed.yaml").write_text("catalog: main\nschema: s\nvolume: v\nspaces: [{title: T}]\n")

    result = run(
        "import pytest\n"
        "@pytest.mark.sandbox(seeds=['data'])\n"
        "def test_it(sandbox): assert [s.title for s in sandbox.client().genie.list_spaces().spaces] == ['T']\n"
    )

    result.assert_outcomes(passed=1)


def test_a_mark_loads_a_snapshot(run):
    result = run(
        "import pytest, uuid\n"
        "@pytest.fixture(scope='session', autouse=True)\n"
        "def base(sandbox_session):\n"
        "    sandbox_session.client().catalogs.create('kept')\n"
        "    sandbox_session.snapshot.save('of-the-marks')\n"
        "@pytest.mark.sandbox(snapshot='of-the-marks')\n"
        "def test_it(sandbox): assert sandbox.client().catalogs.get('kept')\n"
    )

    result.assert_outcomes(passed=1)


def test_a_mark_enforces_grants_and_refuses_what_no_script_answers(run):
    result = run(
        "import pytest\n"
        "from databricks.sdk.errors import NotFound\n"
        "@pytest.mark.sandbox(enforce='on', unscripted='error')\n"
        "def test_it(sandbox):\n"
        "    asked = {'messages': [{'role': 'user', 'content': 'Hello'}]}\n"
        "    with pytest.raises(NotFound, match='script'):\n"
        "        path = '/serving-endpoints/databricks-gpt-oss-20b/invocations'\n"
        "        sandbox.client().api_client.do('POST', path, body=asked)\n"
    )

    result.assert_outcomes(passed=1)


def test_a_mark_that_is_misspelt_is_an_error(run):
    result = run("import pytest\n@pytest.mark.sandbox(seed='x')\ndef test_it(sandbox): pass\n")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*The mark `sandbox` knows snapshot, seeds*"])


def test_a_sandbox_of_the_project_is_used_without_telling_its_token(shell):
    _, told = shell.up("--ephemeral")
    (shell.project / "test_own.py").write_text(
        f"def test_it(sandbox): assert sandbox.host == {told['host']!r} and sandbox.client().current_user.me()\n"
    )

    words = [sys.executable, "-P", "-m", "pytest", "-q", "--sandbox-url", told["host"]]
    done = subprocess.run(words, cwd=shell.project, env=shell.environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_an_address_without_its_control_token_is_refused(pytester, monkeypatch, server):
    monkeypatch.delenv("SANDBRICKS_CONTROL_TOKEN", raising=False)
    pytester.makepyfile("def test_it(sandbox): pass\n")

    result = pytester.runpytest_subprocess("--sandbox-url", server.host)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*SANDBRICKS_CONTROL_TOKEN is needed*"])


def test_what_is_kept_is_there_afterwards_and_the_summary_says_where(shell):
    (shell.project / "test_own.py").write_text(
        "import json, pathlib\n"
        "def test_it(sandbox):\n"
        "    sandbox.client().catalogs.create('kept')\n"
        "    pathlib.Path('told.json').write_text(json.dumps([sandbox.host, sandbox.token]))\n"
    )

    words = [sys.executable, "-P", "-m", "pytest", "-q", "--sandbox-keep"]
    done = subprocess.run(words, cwd=shell.project, env=shell.environment, capture_output=True, text=True, check=False)

    host, token = json.loads((shell.project / "told.json").read_text())
    [line] = [line for line in done.stdout.splitlines() if line.startswith("sandbricks: kept at")]
    command = ["curl", "-s", f"{host}/api/2.1/unity-catalog/catalogs/kept", "-H", f"Authorization: Bearer {token}"]
    kept = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    home = line.split("--data ")[1].split()[0]
    stopped = shell.run("--data", home, "down")
    assert '"name":"kept"' in kept
    assert "Stopped" in stopped.stdout
    assert not os.path.exists(f"{home}/workspaces")


@pytest.mark.parametrize(
    "words",
    [
        ["--sandbox-target=databricks"],
        ["--sandbox-profile=P"],
        ["--sandbox-url=https://adb-1.azuredatabricks.net"],
        ["--sandbox-target=databricks", "--sandbox-profile=P", "--sandbox-url=http://127.0.0.1:1"],
    ],
)
def test_options_that_contradict_one_another_are_refused(pytester, words):
    result = pytester.runpytest_subprocess(*words)

    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_on_a_real_workspace_only_validated_tests_run_and_their_environment_is_its_own(pytester, monkeypatch):
    file = pytester.path / "cfg"
    file.write_text("[real]\nhost = https://adb-1.azuredatabricks.net\ntoken = x\n")
    monkeypatch.setenv("DATABRICKS_CONFIG_FILE", str(file))
    pytester.makepyfile(
        "import os, pytest\n"
        "def test_sandbox_only(sandbox): assert False\n"
        "@pytest.mark.validated\n"
        "def test_both(sandbox):\n"
        "    assert os.environ['DATABRICKS_CONFIG_PROFILE'] == 'real'\n"
        "    assert sandbox.host == 'https://adb-1.azuredatabricks.net'\n"
    )
    monkeypatch.setenv("DATABRICKS_CONFIG_FILE", str(file))

    result = pytester.runpytest_subprocess("--sandbox-target=databricks", "--sandbox-profile=real")

    result.assert_outcomes(passed=1, skipped=1)


def test_a_profile_that_is_the_sandbox_is_no_real_workspace(pytester, monkeypatch):
    file = pytester.path / "cfg"
    file.write_text("[real]\nhost = http://127.0.0.1:8329\ntoken = x\n")
    monkeypatch.setenv("DATABRICKS_CONFIG_FILE", str(file))
    pytester.makepyfile("import pytest\n@pytest.mark.validated\ndef test_it(sandbox): pass\n")

    result = pytester.runpytest_subprocess("--sandbox-target=databricks", "--sandbox-profile=real")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*This needs the real side*"])
