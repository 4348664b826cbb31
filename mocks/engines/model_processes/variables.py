"""The environment variables of a served model's process, as Databricks Model Serving sets them."""

import os
from collections.abc import Iterable
from pathlib import Path

from mocks.core.workspace import Workspace
from mocks.engines.metastore.kept_secrets import KeptSecrets


def serving_environment(workspace: Workspace, home: Path, told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The whole environment; what the served entity was told comes last, with its secrets filled in."""
    secrets = workspace.engine(KeptSecrets)
    return {
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "DO_NOT_TRACK": "1",
        "GIT_PYTHON_REFRESH": "quiet",
        "HF_HUB_OFFLINE": "1",
        "ORT_DISABLE_TELEMETRY": "1",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_MODEL_CATALOG_URI": "",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE": "10000",  # what is over it is dropped
        "MLFLOW_TRACKING_URI": "databricks",
        "MLFLOW_REGISTRY_URI": "databricks-uc",
        "DATABRICKS_HOST": workspace.host,
        "DATABRICKS_TOKEN": workspace.token,
        "DATABRICKS_AUTH_TYPE": "pat",
        "DATABRICKS_CONFIG_FILE": str(home / "none"),
        "DATABRICKS_MODEL_SERVING_HOST_URL": workspace.host,
        "IS_IN_DB_MODEL_SERVING_ENV": "true",
        **{name: secrets.filled(value) for name, value in told},
    }
