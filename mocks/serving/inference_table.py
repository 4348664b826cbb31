"""Inference tables: what an endpoint was asked and what it answered, as a table of the catalog."""

import logging
import queue
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse
from mocks.serving.wire import Endpoint

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger("sandbricks.serving")
# The columns of an inference table of the AI gateway, in their order (docs: ai-gateway/inference-tables).
COLUMNS = (
    "request_date DATE, databricks_request_id STRING, request_time TIMESTAMP, status_code INT, "
    "sampling_fraction DOUBLE, execution_duration_ms BIGINT, request STRING, response STRING, served_entity_id STRING, "
    "logging_error_codes ARRAY<STRING>, client_request_id STRING, requester STRING"
)


@dataclass(frozen=True)
class Exchange:
    """A request and its answer."""

    endpoint: Endpoint
    request_id: str
    client_request_id: str | None
    at_ms: int
    took_ms: int
    status: int
    request: str
    response: str
    entity: str
    requester: str


class InferenceTables:
    """Writes exchanges into the tables of their endpoints, in the background and in their order."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._waiting: queue.Queue[Exchange | None] = queue.Queue()
        self._writer: threading.Thread | None = None
        self._lock = threading.Lock()

    def prepare(self, endpoint: Endpoint) -> None:
        """Makes the table of the endpoint, if it wants one.

        Raises: InvalidParameterValue
        """
        table = table_of(endpoint)
        if table is None:
            return
        quoted = ".".join(f"`{part}`" for part in table.split("."))
        try:
            self._workspace.engine(Warehouse).run(f"CREATE TABLE IF NOT EXISTS {quoted} ({COLUMNS})")
        except SqlError as error:
            raise InvalidParameterValue(f"The inference table '{table}' cannot be made: {error}") from None

    def add(self, exchange: Exchange) -> None:
        """Takes an exchange, if its endpoint keeps them."""
        if table_of(exchange.endpoint) is None:
            return
        with self._lock:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="inference-tables", daemon=True)
                self._writer.start()
        self._waiting.put(exchange)

    def close(self) -> None:
        """Writes what is waiting."""
        with self._lock:
            writer = self._writer
        if writer is not None:
            self._waiting.put(None)
            writer.join(10)

    def _write(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, ended = [first], False
            while not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    ended = True
                    break
                batch.append(following)
            for table in {table_of(one.endpoint) for one in batch}:
                self._insert(str(table), [one for one in batch if table_of(one.endpoint) == table])
            if ended:
                return

    def _insert(self, table: str, exchanges: list[Exchange]) -> None:
        try:
            self._workspace.engine(Warehouse).insert(table, _rows(exchanges))
        except SqlError as error:  # the table was dropped or changed: as on the real service nothing is kept
            log.warning("The inference table '%s' took nothing: %s", table, error)


def table_of(endpoint: Endpoint) -> str | None:
    """The full name of the endpoint's inference table, if it has one."""
    told: dict[str, Any] = (endpoint.ai_gateway or {}).get("inference_table_config") or {}
    told = told or endpoint.config.get("auto_capture_config") or {}
    told = told or (endpoint.pending_config or {}).get("auto_capture_config") or {}
    if not told.get("enabled", bool(told)) or not told.get("catalog_name") or not told.get("schema_name"):
        return None
    prefix = told.get("table_name_prefix") or endpoint.name
    return f"{told['catalog_name']}.{told['schema_name']}.{prefix}_payload"


def _rows(exchanges: list[Exchange]) -> "pa.Table":
    import pyarrow as pa

    moments = [datetime.fromtimestamp(one.at_ms / 1000, UTC) for one in exchanges]
    return pa.table(
        {
            "request_date": [moment.date() for moment in moments],
            "databricks_request_id": [one.request_id for one in exchanges],
            "request_time": pa.array(moments, pa.timestamp("us", "UTC")),
            "status_code": pa.array([one.status for one in exchanges], pa.int32()),
            "sampling_fraction": [1.0 for _ in exchanges],
            "execution_duration_ms": [one.took_ms for one in exchanges],
            "request": [one.request for one in exchanges],
            "response": [one.response for one in exchanges],
            "served_entity_id": [one.entity for one in exchanges],
            "logging_error_codes": pa.array([[] for _ in exchanges], pa.list_(pa.string())),
            "client_request_id": pa.array([one.client_request_id for one in exchanges], pa.string()),
            "requester": [one.requester for one in exchanges],
        }
    )
