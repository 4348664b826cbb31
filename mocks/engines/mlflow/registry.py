"""MLflow's own model registry, in which both the models and the prompts of Unity Catalog are kept."""

from collections.abc import Sequence
from typing import Any

from mocks.core import errors
from mocks.core.errors import ApiError, InvalidParameterValue, NotFound
from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import SCHEMA
from mocks.engines.mlflow.server import MlflowWorkspace

API = "/api/2.0/mlflow"
_REFUSALS: dict[str, type[ApiError]] = {
    "RESOURCE_DOES_NOT_EXIST": errors.ResourceDoesNotExist,
    "RESOURCE_ALREADY_EXISTS": errors.ResourceAlreadyExists,
    "INVALID_PARAMETER_VALUE": errors.InvalidParameterValue,
    "INVALID_STATE": errors.InvalidState,
}


class MlflowRegistry:
    """Calls of MLflow's registry in one workspace.

    Raises everywhere: what MLflow answered, as one of our refusals
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._mlflow = workspace.engine(MlflowWorkspace)

    def call(self, method: str, path: str, **fields: Any) -> dict[str, Any]:
        """One call: fields go into the query of a GET, else into the body."""
        given = {name: value for name, value in fields.items() if value is not None}
        sent = {"params": given} if method == "GET" else {"json": given}
        answer = self._mlflow.send(method, f"{API}/{path}", **sent)
        body: dict[str, Any] = answer.json() if answer.content else {}
        if answer.is_error:
            refusal = _REFUSALS.get(body.get("error_code", ""), InvalidParameterValue)
            raise refusal(body.get("message", answer.text))
        return body

    def require(self, privilege: str, name: str) -> None:
        """Refuses a user who lacks a grant; models and prompts have those of their schema.

        Raises: PermissionDenied
        """
        grants, user = self._workspace.engine(Grants), self._workspace.user_name
        grants.require(user, privilege, SCHEMA, ".".join(name.split(".")[:2]))

    def allowed(self, names: Sequence[str]) -> set[str]:
        """Those of the names whose schema shows itself to the user."""
        schemas = sorted({".".join(name.lower().split(".")[:2]) for name in names})
        seen = set(self._workspace.engine(Grants).visible(self._workspace.user_name, SCHEMA, schemas))
        return {name for name in names if ".".join(name.lower().split(".")[:2]) in seen}

    def check_name(self, name: str, noun: str) -> None:
        """A name in Unity Catalog has three levels, and its schema exists.

        Raises: InvalidParameterValue, NotFound
        """
        levels = name.split(".")
        if len(levels) != 3 or not all(levels):
            # "specify all three levels" makes the client add its hint (_unity_catalog/registry/rest_store.py).
            raise InvalidParameterValue(
                f"{noun} '{name}' is not a valid name in Unity Catalog. Please specify all three levels of the name in "
                f"the form `catalog_name.schema_name.{noun.lower().split()[-1]}_name`."
            )
        schema = ".".join(levels[:2])
        if not self._workspace.engine(Metastore).exists(SCHEMA, schema):
            raise NotFound(f"Schema '{schema}' does not exist.", error_code="SCHEMA_DOES_NOT_EXIST")


def tags_of(record: dict[str, Any]) -> dict[str, str]:
    """The tags of an MLflow record by key."""
    return {tag["key"]: tag.get("value", "") for tag in record.get("tags") or ()}


def as_tags(tags: dict[str, str]) -> list[dict[str, str]]:
    """Tags as MLflow writes them."""
    return [{"key": key, "value": value} for key, value in tags.items()]
