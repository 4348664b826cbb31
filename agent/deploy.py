"""The agent into the registry: prompt, model from code with its resources, aliases."""

import importlib.metadata
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.entities.model_registry import PromptVersion
from mlflow.exceptions import MlflowException
from mlflow.models.resources import (
    DatabricksGenieSpace,
    DatabricksServingEndpoint,
    DatabricksTable,
    DatabricksVectorSearchIndex,
)
from mlflow.pyfunc import PyFuncModel

from agent.genie import find_space
from agent.prompts import SYSTEM
from agent.settings import Settings

PACKAGES = ("mlflow", "databricks-sdk", "langgraph", "langchain-openai", "langchain-mcp-adapters")
_MISSING = ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")  # no such prompt, or none with that alias
_HERE = Path(__file__).parent
_TABLES = (
    "amendments",
    "contract_parties",
    "contracts",
    "fee_schedules",
    "invoices",
    "legal_entities",
    "mvc_commitments",
    "volumes_monthly",
)


def connect(settings: Settings) -> None:
    """Tracking, registry and experiment of the workspace that the environment names."""
    mlflow.set_tracking_uri("databricks")
    mlflow.set_registry_uri("databricks-uc")
    mlflow.set_experiment(settings.experiment)


def register_prompt(settings: Settings, text: str = SYSTEM) -> int:
    """The version that the alias now points to; a text that it points to already makes no new one."""
    prompt = _current_prompt(settings)
    if prompt is None or prompt.template != text:
        prompt = mlflow.genai.register_prompt(settings.prompt_name, text)
        mlflow.genai.set_prompt_alias(settings.prompt_name, settings.prompt_alias, prompt.version)
    return int(prompt.version)


def _current_prompt(settings: Settings) -> PromptVersion | None:
    try:
        found: PromptVersion | None = mlflow.MlflowClient().get_prompt_version_by_alias(
            settings.prompt_name, settings.prompt_alias
        )
    except MlflowException as error:
        if error.error_code in _MISSING:
            return None
        raise
    return found


def register_model(settings: Settings) -> str:
    """The new version, to which the alias points afterwards."""
    with _source() as package, mlflow.start_run(run_name="register"):
        logged = mlflow.pyfunc.log_model(
            name="agent",
            python_model=str(package / "agent.py"),
            code_paths=[str(package)],
            model_config=asdict(settings),
            resources=_resources(settings),
            pip_requirements=[f"{name}=={importlib.metadata.version(name)}" for name in PACKAGES],
            registered_model_name=settings.model_name,
        )
    version = str(logged.registered_model_version)
    mlflow.MlflowClient().set_registered_model_alias(settings.model_name, settings.model_alias, version)
    return version


def load(settings: Settings) -> PyFuncModel:
    """The champion, as a serving endpoint would load it."""
    loaded: PyFuncModel = mlflow.pyfunc.load_model(f"models:/{settings.model_name}@{settings.model_alias}")
    return loaded


def _resources(settings: Settings) -> list[object]:
    """What the served agent may use; Databricks gives it credentials for nothing else."""
    if settings.genie_space_id is None:
        raise ValueError("Publish the Genie space first, and register with its id in the settings.")
    return [
        DatabricksServingEndpoint(settings.chat_endpoint),
        DatabricksServingEndpoint(settings.embedding_endpoint),
        DatabricksVectorSearchIndex(settings.index_name),
        DatabricksGenieSpace(settings.genie_space_id),
        *(DatabricksTable(settings.full_name(table)) for table in _TABLES),
    ]


@contextmanager
def _source() -> Iterator[Path]:
    """The package without its data: documents and questions are no part of a model."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _HERE.name
        shutil.copytree(_HERE, copy, ignore=shutil.ignore_patterns("data", "__pycache__"))
        yield copy


def main() -> None:
    """Registers the agent with the Genie space that has the settings' title."""
    settings = Settings.load()
    connect(settings)
    settings = settings.with_space(settings.genie_space_id or find_space(WorkspaceClient(), settings.genie_space_title))
    print(f"{settings.prompt_name} version {register_prompt(settings)}")
    print(f"{settings.model_name} version {register_model(settings)}")


if __name__ == "__main__":
    main()
