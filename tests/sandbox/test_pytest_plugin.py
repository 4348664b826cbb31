"""The plugin as its users run it: a repository of their own, pytest as a process."""

import json
import subprocess
import sys

import psutil
import pytest


@pytest.fixture
def repository(pytester, monkeypatch, server):
    """A folder with tests, run against the server of this run."""

    class Repository:
        def write(self, files=None, **modules):
            for name, text in {**(files or {}), **{f"{name}.py": text for name, text in modules.items()}}.items():
                file = pytester.path / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)

        def run(self, *words):
            monkeypatch.setenv("SANDBRICKS_CONTROL_TOKEN", server.control_token)
            return pytester.runpytest_subprocess("-p", "no:cacheprovider", "--sandbox-url", server.host, *words)

    return Repository()


def test_each_test_has_a_workspace_of_its_own_and_the_environment_points_at_it(repository):
    repository.write(
        test_own=(
            "import os, pytest\n"
            "from databricks.sdk import WorkspaceClient\n"
            "@pytest.mark.parametrize('name', ['one', 'two'])\n"
            "def test_it(sandbox, name):\n"
            "    assert os.environ['DATABRICKS_HOST'] == sandbox.host\n"
            "    w = WorkspaceClient()\n"
            "    assert [c.name for c in w.catalogs.list() if c.name == 'mine'] == []\n"
            "    w.catalogs.create('mine')\n"
            "    assert w.current_user.me().user_name == sandbox.user_name\n"
        )
    )

    repository.run().assert_outcomes(passed=2)


def test_the_environment_is_put_back_and_the_workspace_deleted(repository, monkeypatch, server):
    monkeypatch.setenv("DATABRICKS_HOST", "https://production.example")
    repository.write(
        test_own=(
            "import os\n"
            "def test_in(sandbox): assert 'production' not in os.environ['DATABRICKS_HOST']\n"
            "def test_out(): assert os.environ['DATABRICKS_HOST'] == 'https://production.example'\n"
        )
    )
    before = server.control("GET", "/_sandbox/info")["workspaces"]

    repository.run().assert_outcomes(passed=2)

    assert server.control("GET", "/_sandbox/info")["workspaces"] == before


def test_wider_fixtures_keep_their_workspace(repository):
    repository.write(
        test_own=(
            "def test_a(sandbox_module, sandbox_session): sandbox_module.client().catalogs.create('kept')\n"
            "def test_b(sandbox_module, sandbox_session):\n"
            "    assert sandbox_module.client().catalogs.get('kept').name == 'kept'\n"
            "    assert sandbox_session.name != sandbox_module.name\n"
        )
    )

    repository.run().assert_outcomes(passed=2)


def test_a_connection_to_another_machine_fails_the_test_even_if_the_code_swallows_it(repository):
    repository.write(
        test_own=(
            "import contextlib, urllib.request\n"
            "def test_calls_home(sandbox):\n"
            "    with contextlib.suppress(Exception):\n"
            "        urllib.request.urlopen('https://adb-1.azuredatabricks.net/api')\n"
            "def test_stays(sandbox): pass\n"
        )
    )

    result = repository.run()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*test_own.py::test_calls_home tried to reach adb-1.azuredatabricks.net*"])


def test_a_host_that_was_allowed_may_be_reached(repository):
    repository.write(
        test_own=(
            "import socket\n"
            "def test_looks_up(sandbox):\n"
            "    try: socket.getaddrinfo('name.invalid', 80)\n"
            "    except OSError: pass\n"
        )
    )

    repository.run("--sandbox-allow-host", "name.invalid").assert_outcomes(passed=1)


def test_a_failed_test_shows_the_last_requests(repository):
    repository.write(test_own="def test_it(sandbox):\n    list(sandbox.client().warehouses.list())\n    assert False\n")

    result = repository.run()

    result.stdout.fnmatch_lines(["*Requests of sandbox*", "200  sql.list_warehouses * GET /api/2.0/sql/warehouses*"])


def test_assert_called_shows_what_came_nearest(repository):
    repository.write(
        test_own=(
            "def test_right(sandbox):\n"
            "    list(sandbox.client().warehouses.list())\n"
            "    sandbox.assert_called('sql.list_warehouses', times=1)\n"
            "    sandbox.assert_called('GET /api/2.0/sql/*', status=200)\n"
            "def test_wrong(sandbox):\n"
            "    list(sandbox.client().warehouses.list())\n"
            "    sandbox.assert_called('sql.list_warehouse')\n"
        )
    )

    result = repository.run()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*The nearest:*", "*(differs: operation sql.list_warehouses)*"])


def test_the_traces_of_a_test_are_its_own(repository):
    repository.write(
        test_own=(
            "import mlflow\n"
            "def ask(text):\n"
            "    mlflow.set_experiment('/Shared/agent')\n"
            "    with mlflow.start_span(text): pass\n"
            "def test_a(sandbox):\n"
            "    ask('a')\n"
            "    assert [t.data.spans[0].name for t in sandbox.traces()] == ['a']\n"
            "def test_b(sandbox):\n"
            "    ask('b')\n"
            "    assert [t.data.spans[0].name for t in sandbox.traces()] == ['b']\n"
            "def test_c(sandbox): assert sandbox.traces() == []\n"
        )
    )

    repository.run().assert_outcomes(passed=3)


@pytest.mark.parametrize("package", ["agent", "mocks", "tests/mocks"])
def test_a_repository_may_have_a_package_of_the_same_name_as_one_of_ours(repository, package):
    module = package.replace("/", ".")
    repository.write(
        {f"{package}/__init__.py": "", f"{package}/own.py": "ANSWER = 42\n"},
        test_own=(
            f"from {module}.own import ANSWER\n"
            "def test_it(sandbox): assert sandbox.client().current_user.me() and ANSWER == 42\n"
        ),
    )

    repository.run().assert_outcomes(passed=1)


def test_the_plugin_imports_nothing_heavy():
    script = (
        "import sys, pytest\n"
        "before = set(sys.modules)\n"
        "import sandbox.pytest_plugin\n"
        "print(sorted(set(sys.modules) - before))\n"
    )

    told = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "['sandbox', 'sandbox.pytest_plugin']"


def test_the_workers_of_a_run_share_one_server_which_ends_with_the_run(pytester):
    pytester.makepyfile(
        "import json, pathlib, pytest\n"
        "@pytest.mark.parametrize('n', range(6))\n"
        "def test_it(sandbox, sandbox_server, n, worker_id):\n"
        "    sandbox.client().catalogs.create('same')\n"
        "    told = {'pid': sandbox_server.pid, 'home': sandbox_server.home, 'worker': worker_id}\n"
        f"    (pathlib.Path({str(pytester.path)!r}) / f'{{n}}.json').write_text(json.dumps(told))\n"
    )

    pytester.runpytest_subprocess("-n", "3").assert_outcomes(passed=6)

    told = [json.loads(file.read_text()) for file in pytester.path.glob("*.json")]
    assert len({one["worker"] for one in told}) > 1
    assert len({one["pid"] for one in told}) == 1
    assert not psutil.pid_exists(told[0]["pid"])
    assert not (pytester.path / told[0]["home"]).exists()


def test_the_levers_of_a_workspace_reach_the_code_under_test(repository):
    repository.write(
        test_own=(
            "import pytest\n"
            "from databricks.sdk.errors import PermissionDenied\n"
            "from openai import OpenAI\n"
            "def test_llm(sandbox):\n"
            "    sandbox.llm.script('Sunny.', user_message='weather')\n"
            "    client = OpenAI(base_url=f'{sandbox.host}/serving-endpoints', api_key=sandbox.token)\n"
            "    asked = [{'role': 'user', 'content': 'The weather?'}]\n"
            "    answer = client.chat.completions.create(model='databricks-claude-sonnet-4', messages=asked)\n"
            "    assert answer.choices[0].message.content == 'Sunny.'\n"
            "def test_fault(sandbox):\n"
            "    with sandbox.fault(operation='me', status=403) as fault, pytest.raises(PermissionDenied):\n"
            "        sandbox.client().current_user.me()\n"
            "    assert sandbox.client().current_user.me()\n"
            "@pytest.mark.sandbox(clock='2026-01-01T00:00:00Z', ids=1)\n"
            "def test_genie(sandbox):\n"
            "    w = sandbox.client()\n"
            "    sandbox.genie.script('How many?', sql='SELECT 7 AS n')\n"
            "    space = w.genie.create_space(serialized_space='{}', warehouse_id='w')\n"
            "    assert space.space_id == '78e51061731148a382ce6f447ed4d57b'\n"
            "    answer = w.genie.start_conversation_and_wait(space.space_id, 'how many')\n"
            "    assert answer.created_timestamp == 1767225600000\n"
            "    assert answer.attachments[0].query.query == 'SELECT 7 AS n'\n"
        )
    )

    repository.run().assert_outcomes(passed=3)


def test_a_fixture_of_the_repository_with_the_same_name_is_left_alone(repository):
    repository.write(
        conftest="import pytest\n@pytest.fixture\ndef sandbox(): return 'mine'\n",
        test_own=(
            "import socket\n"
            "def test_it(sandbox):\n"
            "    assert sandbox == 'mine'\n"
            "    try: socket.getaddrinfo('name.invalid', 80)\n"
            "    except OSError: pass\n"
        ),
    )

    repository.run().assert_outcomes(passed=1)


def test_a_fixture_that_extends_ours_is_guarded_like_it(repository):
    repository.write(
        conftest="import pytest\n@pytest.fixture\ndef sandbox(sandbox): return sandbox\n",
        test_own=(
            "import socket\n"
            "def test_it(sandbox):\n"
            "    try: socket.getaddrinfo('name.invalid', 80)\n"
            "    except Exception: pass\n"
        ),
    )

    repository.run().assert_outcomes(failed=1)
