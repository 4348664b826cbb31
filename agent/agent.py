"""The contract agent as MLflow logs and serves it (models from code)."""

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.models import ModelConfig, set_model

from agent.graph import build
from agent.responses import ContractAgent
from agent.settings import FILE, Settings

mlflow.langchain.autolog()

settings = Settings.of(ModelConfig(development_config=str(FILE)).to_dict())  # type: ignore[no-untyped-call]
AGENT = ContractAgent(build(WorkspaceClient(), settings))
set_model(AGENT)
