"""`--env-manager uv`: a served model runs in the environment that it was logged with."""

import subprocess
import sys

SERVE = """
import os, sys, mlflow
from databricks.sdk import WorkspaceClient
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

open("told.py", "w").write('''
import sys, mlflow
from importlib.metadata import version
class Told(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[str], params=None) -> list[str]:
        return [version("inflection"), sys.prefix]
mlflow.models.set_model(Told())
''')
w = WorkspaceClient()
w.schemas.create("served", "main")
mlflow.set_experiment("/Shared/served")
needs = [f"mlflow=={mlflow.__version__}", sys.argv[1]]
mlflow.pyfunc.log_model(name="m", python_model="told.py", registered_model_name="main.served.m", pip_requirements=needs)
entity = ServedEntityInput(name="m", entity_name="main.served.m", entity_version="1")
w.serving_endpoints.create("m", config=EndpointCoreConfigInput(name="m", served_entities=[entity]))
try:
    w.serving_endpoints.wait_get_serving_endpoint_not_updating("m")
    print(w.serving_endpoints.query("m", inputs=["x"]).predictions)
except Exception as error:
    print(type(error).__name__, w.serving_endpoints.build_logs("m", "m").logs)
"""


def serve(folder, requirement):
    command = [sys.executable, "-m", "sandbox", "exec", "--env-manager", "uv", "--", sys.executable, "-W", "ignore"]
    ran = subprocess.run(
        [*command, "-c", SERVE, requirement], capture_output=True, text=True, timeout=600, cwd=folder, check=False
    )
    return ran.stdout + ran.stderr


def test_a_served_model_runs_in_the_environment_that_it_was_logged_with(tmp_path):
    told = serve(tmp_path, "inflection==0.5.0")

    assert "['0.5.0', " in told
    assert "/environments/" in told


def test_requirements_that_cannot_be_installed_are_told_in_the_build_logs(tmp_path):
    told = serve(tmp_path, "no-such-package-of-anybody==1.0")

    assert "The environment of the model cannot be built" in told
    assert "no-such-package-of-anybody" in told
