"""Statements and sessions: what is asked, how long to wait, and what of the result goes into the answer."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from mocks.core.errors import InvalidParameterValue, NotFound
from mocks.core.workspace import Workspace
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.session_state import NEW, SessionState
from mocks.engines.warehouse.executions import Asked, Execution, Executions, State
from mocks.sql.sessions import Sessions
from mocks.sql.warehouses import WarehouseStore
from mocks.sql.wire import NewStatement, StatementAnswer

INLINE_BYTES = 25 * 1024 * 1024
LINK_SECONDS = 900
CANCEL_SECONDS = 30.0
_WAIT = re.compile(r"(\d{1,2})s")


class StatementStore:
    """Statement execution of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._executions = workspace.engine(Executions)
        self._sessions = Sessions(workspace)
        self._warehouses = WarehouseStore(workspace)

    def execute(self, body: NewStatement) -> StatementAnswer:
        """Runs the statement and waits as long as asked.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        seconds = _wait_seconds(body)
        execution = self._executions.submit(self._asked(body))
        if not execution.wait(seconds) and body.on_wait_timeout == "CANCEL":
            execution.running.cancel()
            execution.wait(CANCEL_SECONDS)
        return self._answer(execution)

    def get(self, statement_id: str) -> StatementAnswer:
        """The state, and the result if it is there.

        Raises: ResourceDoesNotExist
        """
        return self._answer(self._executions.get(statement_id))

    def cancel(self, statement_id: str) -> None:
        """Asks the statement to stop; one that ended stays as it is.

        Raises: ResourceDoesNotExist
        """
        self._executions.get(statement_id).running.cancel()

    def close(self, statement_id: str) -> None:
        """Forgets the statement.

        Raises: ResourceDoesNotExist
        """
        self._executions.forget(statement_id)

    def chunk(self, statement_id: str, index: int) -> dict[str, Any]:
        """One part of the result.

        Raises: ResourceDoesNotExist, NotFound, InvalidParameterValue
        """
        execution = self._executions.get(statement_id)
        return self._part(execution, _result(execution), index)

    def download(self, statement_id: str, index: int) -> tuple[bytes, str]:
        """The bytes behind an external link, and their media type.

        Raises: ResourceDoesNotExist, NotFound, InvalidParameterValue
        """
        from mocks.engines.warehouse import result_format

        execution = self._executions.get(statement_id)
        parts = result_format.chunks(_result(execution))
        _check_index(index, len(parts))
        form = execution.asked.format
        return result_format.encoded(parts[index].result, form, index == 0), result_format.MEDIA_TYPES[form]

    def _asked(self, body: NewStatement) -> Asked:
        if body.format == "CSV" and body.disposition == "INLINE":
            raise InvalidParameterValue("The format CSV needs the disposition EXTERNAL_LINKS.")
        if (body.row_limit or 1) < 0 or (body.byte_limit or 1) < 0:
            raise InvalidParameterValue("Limits must not be negative.")
        self._warehouses.use(body.warehouse_id)
        session = self._sessions.get(body.session_id) if body.session_id else None
        return Asked(
            body.statement,
            tuple((parameter.name or "", parameter.value, parameter.type) for parameter in body.parameters),
            body.catalog or (session.catalog if session else None),
            body.schema_ or (session.schema_ if session else None),
            body.row_limit,
            body.byte_limit,
            disposition="INLINE" if body.disposition == "INLINE" else "EXTERNAL_LINKS",
            format=body.format,
            user=self._workspace.user_name,
            warehouse_id=body.warehouse_id,
            ended=(lambda result: self._sessions.follow(session.session_id, result)) if session else None,
            state=SessionState.read(session.state) if session else NEW,
        )

    def _answer(self, execution: Execution) -> StatementAnswer:
        from mocks.engines.warehouse import result_format

        result, error = execution.result, execution.error
        if execution.state is State.SUCCEEDED and result is not None:
            if execution.asked.disposition == "INLINE" and result.table.nbytes > INLINE_BYTES:
                return _too_large(execution.id)
            return StatementAnswer(
                statement_id=execution.id,
                status={"state": State.SUCCEEDED},
                manifest=result_format.manifest(result, execution.asked.format),
                result=self._part(execution, result, 0) if result.columns else {},
            )
        status: dict[str, Any] = {"state": execution.state}
        if error is not None and execution.state is State.FAILED:
            status |= {
                "error": {"error_code": error.error_code, "message": error.message},
                "sql_state": error.sql_state,
            }
        return StatementAnswer(statement_id=execution.id, status=status)

    def _part(self, execution: Execution, result: Result, index: int) -> dict[str, Any]:
        from mocks.engines.warehouse import result_format

        parts = result_format.chunks(result)
        _check_index(index, len(parts))
        asked, chunk = execution.asked, parts[index]
        place: dict[str, Any] = chunk.place
        if index + 1 < len(parts):
            path = f"/api/2.0/sql/statements/{execution.id}/result/chunks/{index + 1}"
            offset = parts[index + 1].row_offset
            place |= {"next_chunk_index": index + 1, "next_chunk_internal_link": f"{path}?row_offset={offset}"}
        if asked.disposition == "EXTERNAL_LINKS":
            return {"external_links": [place | self._link(execution.id, index)]}
        if asked.format == "ARROW_STREAM":
            return place | result_format.attachment(chunk.result)
        return place | {"data_array": chunk.result.rows()}

    def _link(self, statement_id: str, index: int) -> dict[str, str]:
        expires = datetime.now(UTC) + timedelta(seconds=LINK_SECONDS)
        link = self._workspace.signed_url(f"/_signed/statements/{statement_id}/chunks/{index}", LINK_SECONDS)
        return {"external_link": link, "expiration": expires.isoformat(timespec="milliseconds").replace("+00:00", "Z")}


def _result(execution: Execution) -> Result:
    if execution.result is None:
        raise NotFound(f"The statement {execution.id} is {execution.state}; it has no result.")
    return execution.result


def _check_index(index: int, count: int) -> None:
    if not 0 <= index < count:
        raise InvalidParameterValue(f"The result has {count} chunks; chunk_index {index} is not one of them.")


def _too_large(statement_id: str) -> StatementAnswer:
    message = (
        f"Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most "
        f"{INLINE_BYTES} bytes. Please execute the statement with disposition=EXTERNAL_LINKS if you want to download "
        "the full "
        "result."
    )
    status = {"state": State.FAILED, "error": {"error_code": "BAD_REQUEST", "message": message}}
    return StatementAnswer(statement_id=statement_id, status=status)


def _wait_seconds(body: NewStatement) -> int:
    """0 s to return at once, or 5 s to 50 s, as the real service takes it."""
    match = _WAIT.fullmatch(body.wait_timeout)
    seconds = int(match[1]) if match else -1
    if seconds != 0 and not 5 <= seconds <= 50:
        raise InvalidParameterValue("wait_timeout must be 0s, or between 5s and 50s.")
    if seconds == 0 and body.on_wait_timeout == "CANCEL":
        raise InvalidParameterValue("on_wait_timeout=CANCEL needs a wait_timeout other than 0s.")
    return seconds
