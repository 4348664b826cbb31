"""What an index says of itself."""

from mocks.core.transitions import Kind
from mocks.core.workspace import Workspace
from mocks.vector_search.columns import DIRECT_ACCESS
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.sync import Syncs
from mocks.vector_search.wire import Index, IndexStatus


def status_of(index: Index, workspace: Workspace) -> IndexStatus:
    """Its state, its number of rows and where it is queried."""
    state, message = _state(index, workspace)
    return IndexStatus(
        ready=state.startswith("ONLINE"),
        detailed_state=state,
        message=message,
        indexed_row_count=workspace.engine(OpenIndexes).rows(index).count(),
        index_url=f"{workspace.host}/api/2.0/vector-search/indexes/{index.name}",
    )


def _state(index: Index, workspace: Workspace) -> tuple[str, str]:
    filled = index.synced_version is not None
    if workspace.transitions.waiting(Kind.VECTOR_INDEX, index.name):
        return "PROVISIONING_ENDPOINT", "Index is being provisioned."
    if index.failure:
        return "ONLINE_PIPELINE_FAILED" if filled else "OFFLINE_FAILED", index.failure
    if index.index_type == DIRECT_ACCESS:
        return "ONLINE_DIRECT_ACCESS", "Index is ready for writes and queries."
    if not filled:
        return "PROVISIONING_INITIAL_SNAPSHOT", "The first sync is under way."
    if workspace.engine(Syncs).running(index.name):
        return "ONLINE_UPDATING_PIPELINE_RESOURCES", "Index is online."
    return "ONLINE_NO_PENDING_UPDATE", "Index is online."
