"""The tables of a trace location, for those who read traces with SQL."""

import logging
from typing import TYPE_CHECKING

from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse
from mocks.trace_locations import otlp
from mocks.trace_locations.wire import UcSchema, UcTablePrefix

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger("sandbricks.traces")
_ATTRIBUTES = "attributes: VARIANT, dropped_attributes_count: INT"
_SCOPE = f"""resource STRUCT<{_ATTRIBUTES}>, resource_schema_url STRING,
instrumentation_scope STRUCT<name: STRING, version: STRING, {_ATTRIBUTES}>"""
_HEAD = "record_id STRING, time TIMESTAMP, date DATE, service_name STRING"
# docs: ingestion/opentelemetry/table-reference, the second version of these tables.
SPANS = f"""{_HEAD}, trace_id STRING, span_id STRING, trace_state STRING, parent_span_id STRING, flags INT, name STRING,
kind STRING, start_time_unix_nano BIGINT, end_time_unix_nano BIGINT, attributes VARIANT, dropped_attributes_count INT,
events ARRAY<STRUCT<time_unix_nano: BIGINT, name: STRING, {_ATTRIBUTES}>>, dropped_events_count INT,
links ARRAY<STRUCT<trace_id: STRING, span_id: STRING, trace_state: STRING, {_ATTRIBUTES}, flags: INT>>,
dropped_links_count INT, status STRUCT<message: STRING, code: STRING>, {_SCOPE}, span_schema_url STRING"""
LOGS = f"""{_HEAD}, event_name STRING, trace_id STRING, span_id STRING, time_unix_nano BIGINT,
observed_time_unix_nano BIGINT, severity_number STRING, severity_text STRING, body VARIANT, attributes VARIANT,
dropped_attributes_count INT, flags INT, {_SCOPE}, log_schema_url STRING"""


class TraceTables:
    """Makes the tables of locations and writes the spans that come in; the trace itself is MLflow's."""

    def __init__(self, workspace: Workspace) -> None:
        self._warehouse, self._new_id = workspace.engine(Warehouse), workspace.new_uuid

    def prepare(self, place: UcSchema | UcTablePrefix) -> None:
        """Makes the tables of the location, if they are not there.

        Raises: InvalidParameterValue
        """
        for table, columns in ((place.spans_table, SPANS), (place.logs_table, LOGS)):
            if self._warehouse.exists(table):
                continue
            quoted = ".".join(f"`{part}`" for part in table.split("."))
            try:
                self._warehouse.run(f"CREATE TABLE IF NOT EXISTS {quoted} ({columns})")
            except SqlError as error:
                raise InvalidParameterValue(f"The table '{table}' of traces cannot be made: {error}") from None

    def add(self, place: UcSchema | UcTablePrefix, body: bytes, content_type: str, encoding: str | None) -> None:
        """Writes the spans of a request that MLflow has taken."""
        found = otlp.rows(body, content_type, encoding, self._new_id)
        if not found:
            return
        try:
            self.prepare(place)
            self._warehouse.insert(place.spans_table, _table(found))
        except (SqlError, InvalidParameterValue) as error:  # the table was altered: the trace is kept all the same
            log.warning("The table '%s' took no spans: %s", place.spans_table, error)


def _table(found: list[otlp.Row]) -> "pa.Table":
    import pyarrow as pa

    attributes = [("attributes", pa.string()), ("dropped_attributes_count", pa.int32())]
    event = pa.struct([("time_unix_nano", pa.int64()), ("name", pa.string()), *attributes])
    ids = [(name, pa.string()) for name in ("trace_id", "span_id", "trace_state")]
    kinds = {
        "time": pa.timestamp("us", "UTC"),
        "date": pa.date32(),
        "events": pa.list_(event),
        "links": pa.list_(pa.struct([*ids, *attributes, ("flags", pa.int32())])),
        "status": pa.struct([("message", pa.string()), ("code", pa.string())]),
        "resource": pa.struct(attributes),
        "instrumentation_scope": pa.struct([("name", pa.string()), ("version", pa.string()), *attributes]),
    }
    kinds |= {name: pa.int64() for name in found[0] if name.endswith("unix_nano")}
    kinds |= {name: pa.int32() for name in found[0] if name.endswith("_count") or name == "flags"}
    return pa.table({name: pa.array([row[name] for row in found], kinds.get(name, pa.string())) for name in found[0]})
