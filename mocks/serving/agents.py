"""Which versions of agents are deployed where, as `databricks.agents` notes it."""

from typing import Any

from mocks.core.errors import ResourceDoesNotExist
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace


class NewDeployment(Wire):
    """A deployment to be noted; what else the client sends is kept and given back."""

    model_name: str
    model_version: str | int
    endpoint_name: str


class Deployment(Wire):
    """A deployment."""

    model_name: str
    model_version: str
    endpoint_name: str
    review_app_url: str


class Deployed(Wire):
    """The deployment that was noted."""

    deployed_chain: Deployment


class AgentDeployments(Wire):
    """Deployments, in the order of model and version."""

    chain_deployments: list[Deployment]


class AgentStore:
    """The deployments of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._host = workspace.host
        self._deployments = workspace.collection("agent_deployments", Deployment, "Agent deployment")

    def create(self, new: NewDeployment) -> Deployed:
        """Notes a deployment, whatever was noted before."""
        told: dict[str, Any] = new.body() | {
            "model_version": str(new.model_version),
            "review_app_url": f"{self._host}/ml/review-v2/chat?endpoint={new.endpoint_name}",
        }
        deployment = Deployment.model_validate(told)
        return Deployed(deployed_chain=self._deployments.put(_key(deployment), deployment))

    def matching(self, model: str | None = None, version: str | None = None) -> AgentDeployments:
        """The deployments that match."""
        return AgentDeployments(chain_deployments=self._matching(model, version))

    def delete(self, model: str, version: str | None = None) -> None:
        """Forgets the deployments that match.

        Raises: ResourceDoesNotExist
        """
        matching = self._matching(model, version)
        if not matching:
            raise ResourceDoesNotExist(
                f"No deployment of '{model}'{f' version {version}' if version else ''} is known."
            )
        for deployment in matching:
            self._deployments.delete(_key(deployment))

    def _matching(self, model: str | None, version: str | None) -> list[Deployment]:
        return [
            one
            for one in self._deployments.all()
            if model in (None, one.model_name) and version in (None, one.model_version)
        ]


def _key(deployment: Deployment) -> str:
    return f"{deployment.model_name}/{int(deployment.model_version):08d}"
