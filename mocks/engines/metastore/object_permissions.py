"""Who may do what with an object that Unity Catalog does not hold: an endpoint, an experiment, a Genie space."""

from dataclasses import dataclass

from mocks.core.errors import PermissionDenied
from mocks.core.principals import ADMINS
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace


class AccessList(Wire):
    """The level that each principal has on one object; a principal is a user, a group or a service principal.

    Who made the object manages it whatever the list says.
    """

    creator: str | None = None
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
    "genie": (
        Level("CAN_VIEW", "Can see the space and ask it"),
        Level("CAN_RUN", "Can see the space and ask it"),
        Level("CAN_EDIT", "Can see, ask, curate and evaluate the space"),
        Level("CAN_MANAGE", "Can change and delete the space and its permissions, and see all its conversations"),
    ),
}


_NOUNS = {"serving-endpoints": "serving endpoint", "experiments": "experiment", "genie": "Genie space"}


class ObjectPermissions:
    """The access lists of one workspace; its admins may everything, and so may everybody while no policy is set."""

    def __init__(self, workspace: Workspace) -> None:
        self._lists = workspace.collection("access_lists", AccessList, "Access list")

    def of(self, kind: str, object_id: str) -> AccessList:
        """The access list of an object; empty if nobody was given anything."""
        return self._lists.find(f"{kind}/{object_id}") or AccessList()

    def put(self, kind: str, object_id: str, told: AccessList) -> None:
        """Replaces it."""
        self._lists.put(f"{kind}/{object_id}", told)

    def made(self, workspace: Workspace, kind: str, object_id: str) -> None:
        """The caller has made the object."""
        self.put(kind, object_id, AccessList(creator=workspace.user_name))

    def require(self, workspace: Workspace, kind: str, object_id: str, level: str) -> None:
        """Refuses a caller without that level, if the workspace's policy is `on`.

        Raises: PermissionDenied
        """
        if not self.has(workspace, kind, object_id, level):
            raise PermissionDenied(f"User {workspace.user_name} does not have {level} on {_NOUNS[kind]} {object_id}.")

    def has(self, workspace: Workspace, kind: str, object_id: str, level: str) -> bool:
        """Whether the caller has that level or a higher one."""
        if workspace.policy.grants != "on" or workspace.user_name == workspace.owner or ADMINS in workspace.groups:
            return True
        order = [one.name for one in LEVELS[kind]]
        told = self.of(kind, object_id)
        levels = told.levels | ({told.creator: order[-1]} if told.creator else {})
        who = (workspace.user_name, *workspace.groups)
        return max((order.index(levels[name]) for name in who if name in levels), default=-1) >= order.index(level)
