"""A version of the agent: its settings, its prompt, its Genie space, and its way into the registry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import mlflow
import yaml
from databricks.sdk import WorkspaceClient
from mlflow.pyfunc import PyFuncModel

from agent import deploy, space
from agent.ingest import ingest
from agent.prompts import SYSTEM
from agent.settings import Settings

FILE = Path(__file__).with_name("versions.yaml")
ROLES = ("baseline", "candidate")


@dataclass(frozen=True)
class Version:
    """What is to be built; the role names the aliases of its prompt and of its model."""

    role: str
    settings: Settings
    curated: bool = True
    prompt: str = SYSTEM

    @classmethod
    def of(cls, role: str, told: Mapping[str, Any], common: Settings) -> "Version":
        """From the file; a name that is no setting is refused."""
        settings = Settings.of(asdict(common) | dict(told.get("settings") or {}))
        settings = replace(settings, prompt_alias=role, model_alias=role)
        return cls(role, settings, bool(told.get("curated", True)), str(told.get("prompt") or SYSTEM))


@dataclass(frozen=True)
class Registered:
    """A version that is in the registry; `model_id` is what its traces carry."""

    version: Version
    settings: Settings
    number: str
    model_id: str
    prompt_number: int
    ingested: str
    model: PyFuncModel

    @property
    def role(self) -> str:
        return self.version.role


def read(common: Settings, file: Path = FILE) -> tuple[Version, Version]:
    """The baseline and the candidate.

    Raises: ValueError
    """
    told = yaml.safe_load(file.read_text()) or {}
    if not isinstance(told, dict) or set(told) != set(ROLES):
        raise ValueError(f"{file} must describe a baseline and a candidate.")
    baseline, candidate = (Version.of(role, told[role] or {}, common) for role in ROLES)
    return baseline, candidate


def register(w: WorkspaceClient, version: Version) -> Registered:
    """Its documents indexed, its space published, its prompt and its model in the registry."""
    ingested = str(ingest(w, version.settings)).splitlines()[1]
    settings = version.settings.with_space(space.publish(w, version.settings, curated=version.curated))
    prompt_number = deploy.register_prompt(settings, version.prompt)
    number = deploy.register_model(settings)
    model = deploy.load(settings)
    return Registered(version, settings, number, _model_id(settings, number), prompt_number, ingested, model)


def _model_id(settings: Settings, number: str) -> str:
    found = mlflow.MlflowClient().get_model_version(settings.model_name, number)
    return str(found.model_id)
