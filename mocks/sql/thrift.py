"""HiveServer2's TCLIService, which databricks-sql-connector and the JDBC and ODBC drivers speak by default."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from mocks.core.errors import ApiError, InvalidParameterValue, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.session_state import SessionState
from mocks.engines.warehouse.executions import Asked, Execution, Executions, State
from mocks.engines.warehouse.sql_error import SqlError
from mocks.sql.metadata import Metadata
from mocks.sql.sessions import Sessions
from mocks.sql.thrift_binary import UNKNOWN_METHOD, failure, read_message, reply
from mocks.sql.thrift_results import RowSets
from mocks.sql.wire import NewSession

PROTOCOL = 42248  # SPARK_CLI_SERVICE_PROTOCOL_V8
SUCCESS, ERROR, INVALID_HANDLE = 0, 3, 4
_STATES = {
    State.PENDING: 7,
    State.RUNNING: 1,
    State.SUCCEEDED: 2,
    State.FAILED: 5,
    State.CANCELED: 3,
    State.CLOSED: 4,
}
_OPERATIONS = {
    "GetCatalogs": 2,
    "GetSchemas": 3,
    "GetTables": 4,
    "GetTableTypes": 5,
    "GetColumns": 6,
    "GetFunctions": 7,
}
_INFO = {13: "sandbricks", 17: "Spark SQL", 18: "3.5.0"}  # server name, DBMS name, DBMS version
# How long a call waits before it says that the statement still runs: the drivers ask again at once.
PATIENCE, POLL = 0.5, 1.0
MOST_ROWS, MOST_BYTES = 100_000, 10 * 1024 * 1024
Struct = dict[str, Any]


class ThriftService:
    """The calls of one connection to one warehouse."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._executions, self._sessions = workspace.engine(Executions), Sessions(workspace)

    def answer(self, raw: bytes, warehouse_id: str) -> bytes:
        """The reply to one message.

        Raises: MalformedRequest
        """
        message = read_message(raw)
        calls: dict[str, Callable[[Struct], Struct]] = {
            "OpenSession": lambda request: self._open_session(request, warehouse_id),
            "CloseSession": self._close_session,
            "GetInfo": self._get_info,
            "ExecuteStatement": self._execute,
            "GetOperationStatus": self._get_status,
            "GetResultSetMetadata": self._get_metadata,
            "FetchResults": self._fetch,
            "CancelOperation": self._cancel,
            "CloseOperation": self._close,
        }
        if message.method in _OPERATIONS:
            call: Callable[[Struct], Struct] | None = lambda request: self._describe(message.method, request)  # noqa: E731
        else:
            call = calls.get(message.method)
        if call is None:
            return failure(message, f"{message.method} is not served here.", UNKNOWN_METHOD)
        try:
            return reply(message, call(message.request))
        except ResourceDoesNotExist as error:
            return reply(message, {"status": _status(INVALID_HANDLE, error.message)})
        except ApiError as error:
            return reply(message, {"status": _status(ERROR, error.message)})

    def _open_session(self, request: Struct, warehouse_id: str) -> Struct:
        place = request.get("initialNamespace") or {}
        asked = NewSession(warehouse_id=warehouse_id, catalog=place.get("catalogName"), schema=place.get("schemaName"))
        session = self._sessions.open(asked)
        return {
            "status": _status(),
            "serverProtocolVersion": PROTOCOL,
            "sessionHandle": {"sessionId": _handle(session), "serverProtocolVersion": PROTOCOL},
            "configuration": {},
            "initialNamespace": place or None,
            "canUseMultipleCatalogs": True,
        }

    def _close_session(self, request: Struct) -> Struct:
        self._sessions.close(_id(request.get("sessionHandle"), "sessionId"))
        return {"status": _status()}

    def _get_info(self, request: Struct) -> Struct:
        self._session(request)
        told = _INFO.get(request.get("infoType", 0))
        if told is None:
            raise InvalidParameterValue("This piece of information is not served here.")
        return {"status": _status(), "infoValue": {"stringValue": told}}

    def _execute(self, request: Struct) -> Struct:
        session = self._session(request)
        kept = self._sessions.get(session)
        asked = Asked(
            str(request.get("statement", "")),
            tuple(_parameter(told) for told in request.get("parameters") or ()),
            kept.catalog,
            kept.schema_,
            request.get("resultRowLimit"),
            user=self._workspace.user_name,
            ended=lambda result: self._sessions.follow(session, result),
            state=SessionState.read(kept.state),
        )
        execution = self._executions.submit(asked, request.get("queryTimeout") or None)
        execution.driver = {
            "arrow": bool(request.get("canReadArrowResult")),
            "native": request.get("useArrowNativeTypes") or {},
            "type": 0,
        }
        return self._started(execution, request)

    def _describe(self, method: str, request: Struct) -> Struct:
        """A question about the catalog is an operation like any other, only ended at once."""
        self._session(request)
        about = Metadata(self._workspace)
        place = request.get("catalogName"), request.get("schemaName")
        asked: dict[str, Callable[[], Result]] = {
            "GetCatalogs": about.catalogs,
            "GetSchemas": lambda: about.schemas(*place),
            "GetTables": lambda: about.tables(*place, request.get("tableName"), request.get("tableTypes")),
            "GetTableTypes": about.table_types,
            "GetColumns": lambda: about.columns(*place, request.get("tableName"), request.get("columnName")),
            "GetFunctions": lambda: about.functions(*place, request.get("functionName")),
        }
        try:
            found: Result | SqlError = asked[method]()
        except SqlError as error:
            found = error
        execution = self._executions.ended(Asked(method), found)
        execution.driver = {"arrow": True, "native": {}, "type": _OPERATIONS[method]}
        return self._started(execution, request)

    def _started(self, execution: Execution, request: Struct) -> Struct:
        direct = request.get("getDirectResults")
        handle = {
            "operationId": _handle(execution.id),
            "operationType": execution.driver["type"],
            "hasResultSet": True,
        }
        told: Struct = {"status": _status(), "operationHandle": handle}
        if direct is None or not execution.wait(PATIENCE):
            return told
        results: Struct = {"operationStatus": _state(execution)}
        if execution.result is not None:
            results["resultSetMetadata"] = _metadata(execution)
            results["resultSet"] = _fetched(execution, direct.get("maxRows"), direct.get("maxBytes"))
            if not results["resultSet"]["hasMoreRows"]:
                self._executions.forget(execution.id)
                results["closeOperation"] = {"status": _status()}
        return told | {"directResults": results}

    def _get_status(self, request: Struct) -> Struct:
        execution = self._operation(request)
        execution.wait(POLL)
        return _state(execution)

    def _get_metadata(self, request: Struct) -> Struct:
        return _metadata(self._finished(request))

    def _fetch(self, request: Struct) -> Struct:
        execution = self._finished(request)
        if request.get("startRowOffset") is not None:
            execution.fetched = int(request["startRowOffset"])
        told = _fetched(execution, request.get("maxRows"), request.get("maxBytes"))
        return told | ({"resultSetMetadata": _metadata(execution)} if request.get("includeResultSetMetadata") else {})

    def _cancel(self, request: Struct) -> Struct:
        self._operation(request).running.cancel()
        return {"status": _status()}

    def _close(self, request: Struct) -> Struct:
        self._executions.forget(self._operation(request).id)
        return {"status": _status()}

    def _session(self, request: Struct) -> str:
        return self._sessions.get(_id(request.get("sessionHandle"), "sessionId")).session_id

    def _operation(self, request: Struct) -> Execution:
        return self._executions.get(_id(request.get("operationHandle"), "operationId"))

    def _finished(self, request: Struct) -> Execution:
        execution = self._operation(request)
        if execution.result is None:
            why = execution.error.message if execution.error else f"The statement is {execution.state}."
            raise InvalidParameterValue(why)
        return execution


def _rows(execution: Execution) -> RowSets:
    assert execution.result is not None
    return RowSets(execution.result, execution.driver["arrow"], execution.driver["native"])


def _metadata(execution: Execution) -> Struct:
    return {"status": _status()} | _rows(execution).metadata()


def _fetched(execution: Execution, most_rows: int | None, most_bytes: int | None) -> Struct:
    """The next rows, as many as fit into the limits of both sides, but always one."""
    assert execution.result is not None
    table = execution.result.table
    each = max(1, table.nbytes // max(1, table.num_rows))
    most = max(1, min(most_rows or MOST_ROWS, MOST_ROWS, min(most_bytes or MOST_BYTES, MOST_BYTES) // each))
    rows, count = _rows(execution).rows(execution.fetched, most)
    execution.fetched += count
    return {"status": _status(), "hasMoreRows": execution.fetched < table.num_rows, "results": rows}


def _state(execution: Execution) -> Struct:
    told: Struct = {"status": _status(), "operationState": _STATES[execution.state], "hasResultSet": True}
    if execution.error is not None:
        message = execution.error.message
        told |= {"sqlState": execution.error.sql_state, "errorMessage": message, "displayMessage": message}
        told |= {"diagnosticInfo": message}
    changed = execution.result.changed_rows if execution.result is not None else None
    return told | ({} if changed is None else {"numModifiedRows": changed})


def _status(code: int = SUCCESS, message: str | None = None) -> Struct:
    return {"statusCode": code} | ({"errorMessage": message, "displayMessage": message} if message else {})


def _handle(number: str) -> Struct:
    return {"guid": UUID(number).bytes, "secret": UUID(number).bytes}


def _id(handle: Struct | None, field: str) -> str:
    guid = ((handle or {}).get(field) or {}).get("guid", b"")
    if len(guid) != 16:
        raise ResourceDoesNotExist("The handle is not one that this server gave.")
    return str(UUID(bytes=guid))


def _parameter(told: Struct) -> tuple[str, str | None, str]:
    if told.get("arguments"):
        raise InvalidParameterValue("Parameters of array, map and struct types are not taken here.")
    value = told.get("value") or {}
    given = next((value[name] for name in ("stringValue", "doubleValue", "booleanValue") if name in value), None)
    text = str(given).lower() if isinstance(given, bool) else None if given is None else str(given)
    return told.get("name") or "", text, told.get("type") or "STRING"
