"""Sessions: the catalog, schema and state that statements start from, and how they change them."""

from dataclasses import asdict
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.tables import Result
from mocks.sql.warehouses import WarehouseStore
from mocks.sql.wire import NewSession, Session


class Sessions:
    """The sessions of one workspace, whichever API opened them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._records = workspace.collection("sql.sessions", Session, "Session")
        self._warehouses = WarehouseStore(workspace)

    def open(self, body: NewSession) -> str:
        """The id of a new one.

        Raises: InvalidParameterValue
        """
        self._warehouses.use(body.warehouse_id)
        session_id = self._workspace.new_uuid()
        self._records.create(session_id, Session(session_id=session_id, catalog=body.catalog, schema=body.schema_))
        return session_id

    def get(self, session_id: str) -> Session:
        """The session.

        Raises: ResourceDoesNotExist
        """
        return self._records.get(session_id)

    def close(self, session_id: str) -> None:
        """Forgets the session.

        Raises: ResourceDoesNotExist
        """
        self._records.delete(session_id)

    def follow(self, session_id: str, result: Result) -> None:
        """The session's next statements start from what this one changed: USE, SET, temporary views, variables."""
        changed: dict[str, Any] = {}
        if result.defaults is not None:
            changed |= {"catalog": result.defaults.catalog, "schema_": result.defaults.schema}
        if result.state is not None:
            changed["state"] = asdict(result.state)
        if changed and self._records.find(session_id) is not None:
            self._records.update(session_id, lambda session: session.model_copy(update=changed))
