"""Bodies of the SQL service."""

from typing import Any, Literal

from pydantic import Field

from mocks.core.wire import Wire


class StatementParameter(Wire):
    """A named parameter; its value is text whatever its type."""

    name: str | None = None
    value: str | None = None
    type: str = "STRING"


class NewStatement(Wire):
    """A statement to be run."""

    statement: str
    warehouse_id: str | None = None
    session_id: str | None = None
    catalog: str | None = None
    schema_: str | None = Field(None, alias="schema")
    parameters: list[StatementParameter] = []
    row_limit: int | None = None
    byte_limit: int | None = None
    wait_timeout: str = "10s"
    on_wait_timeout: Literal["CONTINUE", "CANCEL"] = "CONTINUE"
    disposition: Literal["INLINE", "EXTERNAL_LINKS", "INLINE_OR_EXTERNAL_LINKS"] = "INLINE"
    format: Literal["JSON_ARRAY", "ARROW_STREAM", "CSV"] = "JSON_ARRAY"


class StatementAnswer(Wire):
    """State, manifest and the first part of the result."""

    statement_id: str
    status: dict[str, Any]
    manifest: dict[str, Any] | None = None
    result: dict[str, Any] | None = None


class NewSession(Wire):
    """A session to be opened."""

    warehouse_id: str
    catalog: str | None = None
    schema_: str | None = Field(None, alias="schema")


class Session(Wire):
    """What later statements of the session start from."""

    session_id: str
    catalog: str | None = None
    schema_: str | None = Field(None, alias="schema")
    state: dict[str, Any] = {}


class WarehouseSpec(Wire):
    """What the user says about a warehouse."""

    name: str | None = None
    cluster_size: str | None = None
    min_num_clusters: int | None = None
    max_num_clusters: int | None = None
    auto_stop_mins: int | None = None
    enable_photon: bool | None = None
    enable_serverless_compute: bool | None = None
    warehouse_type: str | None = None
    spot_instance_policy: str | None = None
    channel: dict[str, Any] | None = None
    tags: dict[str, Any] | None = None


class OdbcParams(Wire):
    """How drivers reach the warehouse."""

    hostname: str
    path: str
    port: int
    protocol: str


class WarehouseInfo(WarehouseSpec):
    """A warehouse."""

    id: str
    name: str
    creator_name: str
    state: Literal["RUNNING", "STOPPED", "DELETED"] = "RUNNING"
    num_clusters: int = 1
    num_active_sessions: int = 0
    jdbc_url: str | None = None
    odbc_params: OdbcParams | None = None
    health: dict[str, Any] | None = None


class WarehouseId(Wire):
    """The answer to a create."""

    id: str


class Warehouses(Wire):
    """A page of warehouses."""

    warehouses: list[WarehouseInfo]
    next_page_token: str | None = None
