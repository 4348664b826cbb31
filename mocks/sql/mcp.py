"""The managed MCP server over SQL: run a statement, run a query, ask again for a slow one."""

from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.mcp import Tool
from mocks.core.workspace import Workspace
from mocks.engines.row_format import RowFormat
from mocks.engines.warehouse.executions import Asked, Execution, Executions, State
from mocks.sql.warehouses import WarehouseStore

NAME = "databricks-sql"
# mcp 2.x gives a call five seconds; a slower statement is answered as running, to be polled (wire/clients.md §2).
PATIENCE = 4.0
_QUERY = {
    "type": "object",
    "properties": {"query": {"type": "string", "description": "The SQL text."}},
    "required": ["query"],
}
_POLL = {
    "type": "object",
    "properties": {"statement_id": {"type": "string", "description": "The id that an unfinished call gave."}},
    "required": ["statement_id"],
}


class SqlTools:
    """The tools of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._executions, self._user = workspace.engine(Executions), workspace.user_name
        self._rows = workspace.engine(RowFormat)
        self._warehouses = WarehouseStore(workspace)

    def tools(self) -> list[Tool]:
        """All of them."""
        return [
            Tool("execute_sql", "Executes any SQL statement.", _QUERY, self._execute, read_only=False),
            Tool("execute_sql_read_only", "Executes a SQL query; refuses everything that writes.", _QUERY, self._read),
            Tool(
                "poll_sql_result",
                "Gives the state and result of a statement that was still running.",
                _POLL,
                self._poll,
            ),
        ]

    def _execute(self, arguments: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
        return self._run(arguments, meta, read_only=False)

    def _read(self, arguments: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
        return self._run(arguments, meta, read_only=True)

    def _run(self, arguments: dict[str, Any], meta: dict[str, Any], read_only: bool) -> dict[str, Any]:
        if meta.get("warehouse_id"):
            self._warehouses.use(meta["warehouse_id"])
        asked = Asked(_text(arguments, "query"), read_only=read_only, user=self._user)
        return _told(self._executions.submit(asked), self._rows)

    def _poll(self, arguments: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
        return _told(self._executions.get(_text(arguments, "statement_id")), self._rows)


def _text(arguments: dict[str, Any], name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str):
        raise InvalidParameterValue(f"The argument {name} must be a text.")
    return value


def _told(execution: Execution, rows: RowFormat) -> dict[str, Any]:
    from mocks.engines.warehouse import result_format

    execution.wait(PATIENCE)
    answer: dict[str, Any] = {"statement_id": execution.id, "status": {"state": execution.state}}
    if execution.error is not None and execution.state is not State.SUCCEEDED:
        error = execution.error
        answer["status"] |= {"error": {"error_code": error.error_code, "message": error.message}}
    if execution.result is not None:
        answer["manifest"] = result_format.manifest(execution.result)
        answer["result"] = {"data_array": rows.rows(execution.result)}
    return answer
