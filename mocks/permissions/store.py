"""Access lists of the objects of a workspace."""

from mocks.core.errors import InvalidParameterValue, NotImplementedYet, ResourceDoesNotExist
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.metastore.object_permissions import LEVELS, AccessList, ObjectPermissions
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.permissions.wire import AccessChange, Description, Entry, Permission, PermissionLevels, Permissions

_TYPES = {"serving-endpoints": "serving-endpoint", "experiments": "mlflowExperiment", "genie": "genie"}


class Kept(Wire):
    """What every kept object has."""

    id: str


class KeptSpace(Wire):
    """What every Genie space has."""

    trashed: bool | None = None


class PermissionStore:
    """The permissions of one workspace.

    Raises everywhere: NotImplementedYet, ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lists = workspace.engine(ObjectPermissions)
        self._endpoints = workspace.collection("serving_endpoints", Kept, "Endpoint")
        self._spaces = workspace.collection("genie_spaces", KeptSpace, "Genie space")

    def get_levels(self, kind: str, object_id: str) -> PermissionLevels:
        """The levels that the object knows."""
        self._check(kind, object_id)
        levels = [Description(permission_level=one.name, description=one.description) for one in LEVELS[kind]]
        return PermissionLevels(permission_levels=levels)

    def get(self, kind: str, object_id: str) -> Permissions:
        """Who has what; the owner of the workspace manages everything, whoever made the object manages it."""
        self._check(kind, object_id)
        self._lists.require(self._workspace, kind, object_id, LEVELS[kind][0].name)
        told = self._lists.of(kind, object_id)
        managers = dict.fromkeys((self._workspace.owner, told.creator or self._workspace.owner))
        entries = [_entry("user_name", name, "CAN_MANAGE") for name in managers]
        entries += [
            _entry(told.kinds[name], name, level) for name, level in sorted(told.levels.items()) if name not in managers
        ]
        return Permissions(object_id=f"/{kind}/{object_id}", object_type=_TYPES[kind], access_control_list=entries)

    def set(self, kind: str, object_id: str, change: AccessChange, *, add: bool) -> Permissions:
        """Replaces the access list, or adds to it.

        Raises: InvalidParameterValue, PermissionDenied
        """
        self._check(kind, object_id)
        self._lists.require(self._workspace, kind, object_id, "CAN_MANAGE")
        known = [one.name for one in LEVELS[kind]]
        for access in change.access_control_list:
            if access.permission_level not in known:
                raise InvalidParameterValue(
                    f"{access.permission_level} is no level of {kind}; there are {', '.join(known)}."
                )
        with self._workspace.lock:
            before, given = self._lists.of(kind, object_id), change.access_control_list
            told = before if add else AccessList()
            levels = told.levels | {access.principal: access.permission_level for access in given}
            kinds = told.kinds | {access.principal: access.kind for access in given}
            self._lists.put(kind, object_id, AccessList(creator=before.creator, levels=levels, kinds=kinds))
        return self.get(kind, object_id)

    def _check(self, kind: str, object_id: str) -> None:
        if kind not in LEVELS:
            raise NotImplementedYet(f"Permissions on {kind} are not kept here, only on {' and '.join(LEVELS)}.")
        if kind == "serving-endpoints":
            if object_id not in {endpoint.id for endpoint in self._endpoints.all()}:
                raise ResourceDoesNotExist(f"Endpoint with id '{object_id}' does not exist.")
            return
        if kind == "genie":
            found = self._spaces.find(object_id)
            if found is None or found.trashed:
                raise ResourceDoesNotExist(f"Genie space '{object_id}' does not exist.")
            return
        told = {"experiment_id": object_id}
        answer = self._workspace.engine(MlflowWorkspace).send("GET", "/api/2.0/mlflow/experiments/get", params=told)
        if answer.is_error:
            raise ResourceDoesNotExist(f"No experiment with id {object_id} exists.")


def _entry(kind: str, principal: str, level: str) -> Entry:
    return Entry.model_validate({kind: principal, "all_permissions": [Permission(permission_level=level)]})
