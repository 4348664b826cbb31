"""Who may see, ask and change a space, whose a conversation is, and what of the tables the engine may know."""

from collections.abc import Sequence

from mocks.core.errors import PermissionDenied
from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.object_permissions import ObjectPermissions
from mocks.engines.metastore.securables import TABLE
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse
from mocks.genie.asked import Asked
from mocks.genie.knowledge.serialized import parse
from mocks.genie.wire import Conversation, Space

VIEW, EDIT, MANAGE = "CAN_VIEW", "CAN_EDIT", "CAN_MANAGE"  # who may see a space may ask it, says Databricks' page on it
_KIND = "genie"


class Access:
    """The rights of the caller; under another policy than `on` he has all."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lists, self._grants = workspace.engine(ObjectPermissions), workspace.engine(Grants)

    def made(self, space_id: str) -> None:
        """The caller has made a space, which he manages from now on."""
        self._lists.made(self._workspace, _KIND, space_id)

    def require(self, space_id: str, level: str) -> None:
        """Refuses a caller without that level on the space.

        Raises: PermissionDenied
        """
        self._lists.require(self._workspace, _KIND, space_id, level)

    def sees(self, space_id: str) -> bool:
        """Whether the caller is shown the space."""
        return self._lists.has(self._workspace, _KIND, space_id, VIEW)

    def is_own(self, conversation: Conversation) -> bool:
        """Whether the caller began the conversation."""
        return conversation.user_id == self._workspace.user_id

    def require_conversation(self, conversation: Conversation) -> None:
        """Refuses a conversation of somebody else to all but those who manage the space.

        Raises: PermissionDenied
        """
        if self.is_own(conversation) or self._lists.has(self._workspace, _KIND, conversation.space_id, MANAGE):
            return
        raise PermissionDenied(f"Conversation '{conversation.id}' belongs to another user.")

    def asked(self, space: Space, question: str = "", earlier: Sequence[str] = ()) -> Asked:
        """A question of the caller."""
        serialized = space.serialized_space or "{}"
        return Asked(space.space_id, serialized, question, self._workspace.user_name, earlier, self._hidden(serialized))

    def _hidden(self, serialized: str) -> frozenset[str]:
        """The tables of a space that the caller may not read, in lower case."""
        if self._workspace.policy.grants != "on" or self._workspace.user_name == self._workspace.owner:
            return frozenset()
        tables = (parse(serialized).get("data_sources") or {}).get("tables") or []
        names = (self._full_name(table.get("identifier", "")) for table in tables)
        return frozenset(name for name in names if name and self._is_missing(name))

    def _full_name(self, identifier: str) -> str | None:
        try:
            return self._workspace.engine(Warehouse).table(identifier).name.full.lower()
        except SqlError:  # the engine leaves out tables that are gone
            return None

    def _is_missing(self, table: str) -> bool:
        return self._grants.missing(self._workspace.user_name, [Need("SELECT", TABLE, table)]) is not None
