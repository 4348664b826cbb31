"""Bodies of vector search."""

from typing import Any

from pydantic import Field

from mocks.core.wire import Wire


class NewEndpoint(Wire):
    """An endpoint to be made."""

    name: str
    endpoint_type: str = "STANDARD"


class Endpoint(Wire):
    """An endpoint."""

    name: str
    endpoint_type: str
    id: str
    creator: str
    creation_timestamp: int
    last_updated_timestamp: int
    last_updated_user: str
    endpoint_status: dict[str, str]
    num_indexes: int | None = None


class Endpoints(Wire):
    """A page of endpoints."""

    endpoints: list[Endpoint] = []
    next_page_token: str | None = None


class SourceColumn(Wire):
    """A text column and the model endpoint that embeds it."""

    name: str = ""  # a direct-access index names the model only
    embedding_model_endpoint_name: str | None = None
    model_endpoint_name_for_query: str | None = None


class VectorColumn(Wire):
    """A column of vectors."""

    name: str
    embedding_dimension: int


class DeltaSyncSpec(Wire):
    """An index that follows a table."""

    source_table: str
    pipeline_type: str = "TRIGGERED"
    embedding_source_columns: list[SourceColumn] = []
    embedding_vector_columns: list[VectorColumn] = []
    columns_to_sync: list[str] | None = None
    pipeline_id: str | None = None
    embedding_writeback_table: str | None = None


class DirectAccessSpec(Wire):
    """An index that holds what is written to it; the schema is a JSON object of names and types."""

    embedding_vector_columns: list[VectorColumn] = []
    embedding_source_columns: list[SourceColumn] = []
    schema_: str = Field("{}", alias="schema_json")

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self.embedding_vector_columns[0].embedding_dimension


class NewIndex(Wire):
    """An index to be made."""

    name: str
    endpoint_name: str = ""
    primary_key: str
    index_type: str
    index_subtype: str | None = None
    delta_sync_index_spec: DeltaSyncSpec | None = None
    direct_access_index_spec: DirectAccessSpec | None = None


class IndexStatus(Wire):
    """Whether the index answers and how many rows it has."""

    ready: bool
    detailed_state: str
    message: str
    indexed_row_count: int
    index_url: str


class Index(NewIndex):
    """An index; the fields below `status` are our own and are not sent."""

    id: str
    creator: str
    endpoint_id: str | None = None
    status: IndexStatus | None = None
    column_names: list[str] = []
    synced_version: int | None = None
    syncing: bool = False
    failure: str | None = None

    @property
    def full_text(self) -> bool:
        """Whether it is searched by words only."""
        return (self.index_subtype or "").upper() == "FULL_TEXT"

    def sent(self, status: IndexStatus | None) -> dict[str, Any]:
        """The index as clients see it."""
        own = dict.fromkeys(("column_names", "synced_version", "syncing", "failure"))
        return self.body() | own | {"status": status and status.body()}


class Query(Wire):
    """A query; filters come as a JSON text or as a SQL condition."""

    columns: list[str] = []
    num_results: int = 10
    query_text: str | None = None
    query_vector: list[float] | None = None
    query_type: str | None = None
    filters_json: str | None = None
    filter_string: str | None = None
    score_threshold: float | None = None
    query_columns: list[str] | None = None
    reranker: dict[str, Any] | None = None
    columns_to_rerank: list[str] | None = None
    debug_level: int = 0
    sort_columns: list[str] | None = None
    facets: list[str] | None = None


class NamedColumn(Wire):
    """A column of a result; clients compare it with exactly `{"name": ...}`."""

    name: str


class Manifest(Wire):
    """The columns of a result, the score last."""

    column_count: int
    columns: list[NamedColumn]
    facet_column_count: int | None = None
    facet_columns: list[NamedColumn] | None = None


class Rows(Wire):
    """The rows of a result."""

    row_count: int
    data_array: list[list[Any]]


class QueryResult(Wire):
    """What a query finds; the token is empty when there is no more."""

    manifest: Manifest
    result: Rows
    next_page_token: str = ""
    facet_result: dict[str, Any] | None = None
    debug_info: dict[str, Any] | None = None


class NextPage(Wire):
    """The token that came with the page before."""

    page_token: str = ""


class Upsert(Wire):
    """Rows as a JSON text."""

    inputs_json: str


class Deletion(Wire):
    """Rows to be removed."""

    primary_keys: list[Any] = []


class Written(Wire):
    """How a write went."""

    status: str
    result: dict[str, Any]


class Scan(Wire):
    """How many rows, and after which key."""

    num_results: int = 100
    last_primary_key: str | None = None
