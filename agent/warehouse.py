"""SQL statements on a warehouse, run to their end."""

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from databricks.sdk import WorkspaceClient
from databricks.sdk.service.sql import (
    ExecuteStatementRequestOnWaitTimeout,
    StatementParameterListItem,
    StatementResponse,
    StatementState,
)

from agent.settings import Settings

Row = Sequence[str | None]
_RUNNING = (StatementState.PENDING, StatementState.RUNNING)


class StatementError(Exception):
    """The warehouse refused or failed a statement."""


class Warehouse:
    """A SQL warehouse: the one of the settings, else the first of the workspace."""

    def __init__(self, w: WorkspaceClient, settings: Settings) -> None:
        self._w = w
        self._catalog, self._schema = settings.catalog, settings.schema
        self.id = settings.warehouse_id or _first_warehouse(w)

    def run(self, statement: str, **parameters: str) -> list[Row]:
        """All rows, each cell as text.

        Raises: StatementError
        """
        answer = self._w.statement_execution.execute_statement(
            statement=statement,
            warehouse_id=self.id,
            catalog=self._catalog,
            schema=self._schema,
            parameters=[StatementParameterListItem(name=name, value=value) for name, value in parameters.items()],
            wait_timeout="50s",
            on_wait_timeout=ExecuteStatementRequestOnWaitTimeout.CONTINUE,
        )
        return self._rows(self._ended(answer))

    def _ended(self, answer: StatementResponse) -> StatementResponse:
        while answer.status and answer.status.state in _RUNNING:
            time.sleep(1)
            answer = self._w.statement_execution.get_statement(str(answer.statement_id))
        state = answer.status.state if answer.status else None
        if state is not StatementState.SUCCEEDED:
            error = answer.status.error if answer.status else None
            raise StatementError(error.message if error and error.message else f"statement is {state}")
        return answer

    def _rows(self, answer: StatementResponse) -> list[Row]:
        result = answer.result
        rows: list[Row] = [*(result.data_array or [])] if result else []
        while result and result.next_chunk_index is not None:
            result = self._w.statement_execution.get_statement_result_chunk_n(
                str(answer.statement_id), result.next_chunk_index
            )
            rows += [*(result.data_array or [])]
        return rows


def _first_warehouse(w: WorkspaceClient) -> str:
    for warehouse in w.warehouses.list():
        if warehouse.id:
            return warehouse.id
    raise StatementError("This workspace has no SQL warehouse; name one in the settings.")


def insert(table: str, rows: Sequence[dict[str, Any]]) -> str:
    """An INSERT of rows that all have the same columns."""
    columns = ", ".join(rows[0])
    values = ", ".join(f"({', '.join(literal(value) for value in row.values())})" for row in rows)
    return f"INSERT INTO {table} ({columns}) VALUES {values}"  # noqa: S608  # every value goes through literal()


def literal(value: str | int | date | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, date):
        return f"DATE'{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"
