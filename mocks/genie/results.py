"""The rows behind query attachments; whoever looks at them reads the tables with his own rights."""

from typing import Any

from mocks.core.errors import InvalidParameterValue, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.metastore.tables import Result
from mocks.engines.row_format import RowFormat
from mocks.engines.warehouse.executions import Asked, Execution, Executions, State
from mocks.engines.warehouse.result_format import manifest
from mocks.engines.warehouse.sql_warehouse import Parameter
from mocks.genie.wire import Message, QueryResult

ROWS, SECONDS = 5_000, 60.0


def query_of(message: Message, attachment_id: str | None = None) -> dict[str, Any]:
    """The query in that attachment, or the message's first.

    Raises: ResourceDoesNotExist
    """
    found = (a.query for a in message.attachments if a.query and attachment_id in (None, a.attachment_id))
    query = next(found, None)
    if query is None:
        raise ResourceDoesNotExist(f"The message has no query attachment '{attachment_id or ''}'.")
    return query


def bound(query: dict[str, Any]) -> tuple[Parameter, ...]:
    """The parameters of a query attachment."""
    return tuple((one["keyword"], one["value"], one["sql_type"]) for one in query.get("parameters") or ())


class Results:
    """Runs the statements of answers for the caller."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def query_result(self, message: Message, attachment_id: str | None = None, again: bool = False) -> QueryResult:
        """The rows of a query attachment, run again if that is asked for or they are no longer kept.

        Raises: ResourceDoesNotExist
        """
        execution = self.execution(message, attachment_id, again)
        assert execution.result is not None
        rows = execution.result.rows()
        # Clients take `"result": {}` for "no rows" and fail on a row_count without data_array.
        result = {"row_count": len(rows), "data_array": rows} if rows else {}
        return QueryResult(
            statement_response={
                "statement_id": execution.id,
                "status": {"state": execution.state.value},
                "manifest": manifest(execution.result),
                "result": result,
            }
        )

    def mcp_rows(self, result: Result) -> list[Any]:
        """The rows as the managed MCP servers write them."""
        return self._workspace.engine(RowFormat).rows(result)

    def execution(self, message: Message, attachment_id: str | None = None, again: bool = False) -> Execution:
        """The statement behind a query attachment."""
        query = query_of(message, attachment_id)
        executions = self._workspace.engine(Executions)
        try:
            kept = None if again else executions.get(query["statement_id"])
        except ResourceDoesNotExist:
            kept = None
        is_own = kept is not None and kept.asked.user == self._workspace.user_name
        return kept if kept and is_own else self.run(query["query"], bound(query))

    def run(self, sql: str, parameters: tuple[Parameter, ...] = ()) -> Execution:
        """Runs a statement that only reads.

        Raises: InvalidParameterValue
        """
        execution = self._workspace.engine(Executions).submit(
            Asked(sql, parameters, read_only=True, row_limit=ROWS, user=self._workspace.user_name)
        )
        if not execution.wait(SECONDS):
            execution.running.cancel()
            execution.wait(SECONDS)
        if execution.state is not State.SUCCEEDED and execution.error is not None:
            raise InvalidParameterValue(execution.error.message)
        return execution
