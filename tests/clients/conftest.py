"""MLflow pointed at the workspace of a test."""

import httpx
import mlflow
import pytest


@pytest.fixture
def sign_in(server):
    """Windows of a browser without scripts, each opened by a link."""
    windows = []

    def enter(workspace, user=None):
        told = {"workspace": workspace["name"], "user_name": user}
        link = server.control("POST", "/_sandbox/login-links", told)["url"]
        window = httpx.Client(base_url=server.host, follow_redirects=True, headers={"Accept": "text/html"}, timeout=60)
        windows.append(window)
        window.get(link, params={"to": "/console/style.css"})
        return window

    yield enter
    for window in windows:
        window.close()


@pytest.fixture
def browser(sign_in, workspace):
    return sign_in(workspace)


@pytest.fixture
def as_databricks(server, workspace, monkeypatch, tmp_path):
    for name, value in {
        "DATABRICKS_HOST": server.host,
        "DATABRICKS_TOKEN": workspace["token"],
        "DATABRICKS_CONFIG_FILE": str(tmp_path / "none"),
        "MLFLOW_ENABLE_ASYNC_TRACE_LOGGING": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_DATABRICKS_ENDPOINT_HTTP_RETRY_TIMEOUT": "5",
        "MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT": "5",
        "MLFLOW_ALIAS_PROMPT_CACHE_TTL_SECONDS": "0",
        "MLFLOW_VERSION_PROMPT_CACHE_TTL_SECONDS": "0",
        "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    }.items():
        monkeypatch.setenv(name, value)
    before = mlflow.get_tracking_uri(), mlflow.get_registry_uri()
    mlflow.set_tracking_uri("databricks")
    mlflow.set_registry_uri("databricks-uc")
    yield mlflow
    mlflow.set_tracking_uri(before[0])
    mlflow.set_registry_uri(before[1])


@pytest.fixture
def m(as_databricks):
    as_databricks.set_experiment("/Shared/tests")
    yield as_databricks
    as_databricks.tracing.reset()
    while as_databricks.active_run():
        as_databricks.end_run()


@pytest.fixture
def script(server, workspace):
    """Tells the models of a test what they answer."""

    def add(response, match=None, **more):
        told = {"workspace": workspace["name"], "match": match or {}, "response": response, **more}
        return server.control("POST", "/_sandbox/llm/script", told)

    return add


@pytest.fixture
def behind(server, workspace):
    """Tells a test's workspace where the models behind its endpoints are."""

    def told(*models):
        server.control("PUT", "/_sandbox/llm/models", {"workspace": workspace["name"], "models": list(models)})

    return told


@pytest.fixture
def echo(tmp_path):
    """A model from code that answers with its version."""

    def write(version):
        file = tmp_path / f"echo_{version}.py"
        file.write_text(
            "import mlflow\n"
            "class Echo(mlflow.pyfunc.PythonModel):\n"
            "    def predict(self, context, model_input: list[str], params=None) -> list[str]:\n"
            f"        return ['{version}:' + text for text in model_input]\n"
            "mlflow.models.set_model(Echo())\n"
        )
        return str(file)

    return write


@pytest.fixture
def policy(server, workspace):
    return lambda how: server.control("PUT", "/_sandbox/policy", {"grants": how, "workspace": workspace["name"]})


@pytest.fixture
def ann(server, workspace, client):
    """A colleague in the group `readers`."""
    told = {"user_name": "ann@x.org", "groups": ["readers"], "workspace": workspace["name"]}
    return client(server.control("POST", "/_sandbox/principals", told)["token"])


@pytest.fixture
def warehouse(w):
    return next(iter(w.warehouses.list())).id


@pytest.fixture
def run(w, warehouse):
    """Runs a statement; gives the answer once it has ended."""

    def execute(statement, **options):
        return w.statement_execution.execute_statement(statement, warehouse, **({"wait_timeout": "50s"} | options))

    return execute


@pytest.fixture
def runner():
    def run(w):
        warehouse = next(iter(w.warehouses.list())).id

        def execute(statement):
            answer = w.statement_execution.execute_statement(statement, warehouse, wait_timeout="30s")
            return answer.status.error.message if answer.status.error else answer.result.data_array or []

        return execute

    return run


@pytest.fixture
def as_ann(ann, runner):
    return runner(ann)
