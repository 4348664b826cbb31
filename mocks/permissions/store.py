"""Access lists of the objects of a workspace."""

from mocks.core.errors import InvalidParameterValue, NotImplementedYet, ResourceDoesNotExist
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.mlflow_server import MlflowWorkspace
from mocks.engines.object_permissions import LEVELS, AccessList, ObjectPermissions
from mocks.permissions.wire import AccessChange, Description, Entry, Permission, PermissionLevels, Permissions


class Kept(Wire):
    """What every kept object has."""

    id: str


class PermissionStore:
    """The permissions of one workspace.

    Raises everywhere: NotImplementedYet, ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lists = workspace.engine(ObjectPermissions)
        self._endpoints = workspace.collection("serving_endpoints", Kept, "Endpoint")

    def get_levels(self, kind: str, object_id: str) -> PermissionLevels:
        """The levels that the object knows."""
        self._check(kind, object_id)
        levels = [Description(permission_level=one.name, description=one.description) for one in LEVELS[kind]]
        return PermissionLevels(permission_levels=levels)

    def get(self, kind: str, object_id: str) -> Permissions:
        """Who has what; the owner of the workspace manages everything."""
        self._check(kind, object_id)
        told = self._lists.of(kind, object_id)
        entries = [_entry("user_name", self._workspace.owner, "CAN_MANAGE")]
        entries += [
            _entry(told.kinds[name], name, level)
            for name, level in sorted(told.levels.items())
            if name != self._workspace.owner
        ]
        object_type = kind.rstrip("s") if kind == "serving-endpoints" else "mlflowExperiment"
        return Permissions(object_id=f"/{kind}/{object_id}", object_type=object_type, access_control_list=entries)

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
            told = self._lists.of(kind, object_id) if add else AccessList()
            given = change.access_control_list
            levels = told.levels | {access.principal: access.permission_level for access in given}
            kinds = told.kinds | {access.principal: access.kind for access in given}
            self._lists.put(kind, object_id, AccessList(levels=levels, kinds=kinds))
        return self.get(kind, object_id)

    def _check(self, kind: str, object_id: str) -> None:
        if kind not in LEVELS:
            raise NotImplementedYet(f"Permissions on {kind} are not kept here, only on {' and '.join(LEVELS)}.")
        if kind == "serving-endpoints":
            if object_id not in {endpoint.id for endpoint in self._endpoints.all()}:
                raise ResourceDoesNotExist(f"Endpoint with id '{object_id}' does not exist.")
            return
        told = {"experiment_id": object_id}
        answer = self._workspace.engine(MlflowWorkspace).send("GET", "/api/2.0/mlflow/experiments/get", params=told)
        if answer.is_error:
            raise ResourceDoesNotExist(f"No experiment with id {object_id} exists.")


def _entry(kind: str, principal: str, level: str) -> Entry:
    return Entry.model_validate({kind: principal, "all_permissions": [Permission(permission_level=level)]})
