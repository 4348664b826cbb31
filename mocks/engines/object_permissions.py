"""Who may do what with an object of the workspace that Unity Catalog does not hold: an endpoint, an experiment."""

from dataclasses import dataclass

from mocks.core.errors import PermissionDenied
from mocks.core.principals import EVERYBODY
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace


class AccessList(Wire):
    """The level that each principal has on one object; a principal is a user, a group or a service principal."""

    levels: dict[str, str] = {}
    kinds: dict[str, str] = {}


@dataclass(frozen=True)
class Level:
    """A level of permission, and what it allows in the words of the Permissions API."""

    name: str
    description: str


# From the lowest to the highest, as `get_permission_levels` tells them.
LEVELS: dict[str, tuple[Level, ...]] = {
    "serving-endpoints": (
        Level("CAN_VIEW", "Can view the endpoint"),
        Level("CAN_QUERY", "Can view and query the endpoint"),
        Level("CAN_MANAGE", "Can view, query, change and delete the endpoint and its permissions"),
    ),
    "experiments": (
        Level("CAN_READ", "Can view the experiment and its runs"),
        Level("CAN_EDIT", "Can view the experiment and log to it"),
        Level("CAN_MANAGE", "Can view, log to, change and delete the experiment and its permissions"),
    ),
}


class ObjectPermissions:
    """The access lists of one workspace; its owner may everything, and so may everybody while no policy is set."""

    def __init__(self, workspace: Workspace) -> None:
        self._lists = workspace.collection("access_lists", AccessList, "Access list")

    def of(self, kind: str, object_id: str) -> AccessList:
        """The access list of an object; empty if nobody was given anything."""
        return self._lists.find(f"{kind}/{object_id}") or AccessList()

    def put(self, kind: str, object_id: str, told: AccessList) -> None:
        """Replaces it."""
        self._lists.put(f"{kind}/{object_id}", told)

    def require(self, workspace: Workspace, kind: str, object_id: str, level: str) -> None:
        """Refuses a caller without that level, if the workspace's policy is `on`.

        Raises: PermissionDenied
        """
        if workspace.policy.grants != "on" or workspace.user_name == workspace.owner:
            return
        order = [one.name for one in LEVELS[kind]]
        levels = self.of(kind, object_id).levels
        principal = workspace.principals.find(workspace.user_name)
        who = (workspace.user_name, EVERYBODY, *(principal.groups if principal else ()))
        had = max((order.index(levels[name]) for name in who if name in levels), default=-1)
        if had < order.index(level):
            raise PermissionDenied(f"User {workspace.user_name} does not have {level} on {kind[:-1]} {object_id}.")
