"""The statements run lately, as the query history lists them."""

from typing import Any

from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.executions import Execution, Executions, State

_STATUS = {
    State.PENDING: "QUEUED",
    State.RUNNING: "RUNNING",
    State.SUCCEEDED: "FINISHED",
    State.FAILED: "FAILED",
    State.CANCELED: "CANCELED",
    State.CLOSED: "FINISHED",
}
_VERBS = {"WITH": "SELECT", "VALUES": "SELECT", "FROM": "SELECT", "DESC": "DESCRIBE"}


class QueryHistory:
    """The history of one workspace: what its executions still keep, the newest first."""

    def __init__(self, workspace: Workspace) -> None:
        self._executions = workspace.engine(Executions)

    def list(
        self,
        statuses: list[str],
        warehouses: list[str],
        statements: list[str],
        size: int | None,
        token: str | None,
    ) -> dict[str, Any]:
        """A page of those that match every filter that is given."""
        told = [_told(execution) for execution in self._executions.all()]
        filters = (("status", statuses), ("warehouse_id", warehouses), ("query_id", statements))
        found = [one for one in told if all(not wanted or one[field] in wanted for field, wanted in filters)]
        chosen, following = page(found[::-1], size or 100, token)
        return {"res": chosen, "next_page_token": following, "has_next_page": following is not None}


def _told(execution: Execution) -> dict[str, Any]:
    asked, ended = execution.asked, execution.ended_ms
    verb = (asked.statement.split(maxsplit=1) or [""])[0].upper()
    rows = execution.result.table.num_rows if execution.result is not None else None
    return {
        "query_id": execution.id,
        "query_text": asked.statement,
        "status": _STATUS[execution.state],
        "statement_type": _VERBS.get(verb, verb),
        "user_name": asked.user,
        "executed_as_user_name": asked.user,
        "warehouse_id": asked.warehouse_id,
        "endpoint_id": asked.warehouse_id,
        "query_start_time_ms": execution.started_ms,
        "query_end_time_ms": ended,
        "execution_end_time_ms": ended,
        "duration": None if ended is None else ended - execution.started_ms,
        "rows_produced": rows,
        "error_message": execution.error.message if execution.error else None,
        "is_final": ended is not None,
    }
