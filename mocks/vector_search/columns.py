"""The columns of an index, and its entry among the tables of Unity Catalog."""

import json

from mocks.core.errors import InvalidParameterValue, NotFound, NotImplementedYet
from mocks.core.workspace import Workspace
from mocks.engines.chat.foundation import EMBEDDING_ENDPOINTS
from mocks.engines.metastore.securables import VECTOR_INDEX, Description
from mocks.engines.metastore.table_catalog import ELSEWHERE, NewColumn
from mocks.engines.statements.table_spec import column
from mocks.engines.warehouse.sql_warehouse import SqlError, TableInfo, Warehouse
from mocks.vector_search.wire import DeltaSyncSpec, DirectAccessSpec, Index

DELTA_SYNC, DIRECT_ACCESS = "DELTA_SYNC", "DIRECT_ACCESS"
_ROWS_ARE_ELSEWHERE = "{} is a vector index: query it with vector_search() or the vector search API, change it there."


def checked_columns(index: Index, workspace: Workspace) -> list[NewColumn]:
    """The columns of a new index.

    Raises: InvalidParameterValue, NotFound
    """
    if index.index_type == DIRECT_ACCESS and index.direct_access_index_spec:
        return _direct_columns(index.direct_access_index_spec, index.primary_key)
    if index.index_type == DELTA_SYNC and index.delta_sync_index_spec:
        return _delta_columns(index, index.delta_sync_index_spec, workspace.engine(Warehouse))
    raise InvalidParameterValue("index_type must be DELTA_SYNC or DIRECT_ACCESS, with the spec that belongs to it.")


def _delta_columns(index: Index, spec: DeltaSyncSpec, warehouse: Warehouse) -> list[NewColumn]:
    if spec.embedding_writeback_table:
        raise NotImplementedYet("The sandbox does not write computed embeddings back into a table.")
    try:
        table = warehouse.table(spec.source_table)
    except SqlError as error:
        raise NotFound(error.message, error_code="TABLE_DOES_NOT_EXIST") from None
    sources, vectors = spec.embedding_source_columns, spec.embedding_vector_columns
    if len(sources) + len(vectors) != (0 if index.full_text else 1):
        raise InvalidParameterValue("Name one embedding source column or one embedding vector column.")
    for source in sources:
        _check_model(source.embedding_model_endpoint_name)
    named = [index.primary_key, *(spec.columns_to_sync or ()), *(c.name for c in sources), *(c.name for c in vectors)]
    return _chosen(table, named, everything=not spec.columns_to_sync)


def _check_model(name: str | None) -> None:
    if name not in EMBEDDING_ENDPOINTS:
        known = ", ".join(EMBEDDING_ENDPOINTS)
        raise NotFound(f"Model endpoint '{name}' does not exist or does not embed; {known} do.")


def _chosen(table: TableInfo, named: list[str], everything: bool) -> list[NewColumn]:
    known = {c.name: c for c in table.columns}
    missing = [name for name in named if name not in known]
    if missing:
        raise InvalidParameterValue(f"The source table has no column {', '.join(missing)}.")
    chosen = table.columns if everything else [known[name] for name in dict.fromkeys(named)]
    return [column(c.name, c.type_text, True, c.comment) for c in chosen]


def _direct_columns(spec: DirectAccessSpec, primary_key: str) -> list[NewColumn]:
    try:
        schema = json.loads(spec.schema_)
    except ValueError as error:
        raise InvalidParameterValue(f"schema_json is not valid JSON: {error}") from None
    if not isinstance(schema, dict) or primary_key not in schema or len(spec.embedding_vector_columns) != 1:
        raise InvalidParameterValue(
            "schema_json must name the primary key, and there must be one embedding vector column."
        )
    for source in spec.embedding_source_columns:
        _check_model(source.embedding_model_endpoint_name)
        if EMBEDDING_ENDPOINTS[source.embedding_model_endpoint_name or ""] != spec.dimension:
            raise InvalidParameterValue(
                f"{source.embedding_model_endpoint_name} embeds into other than {spec.dimension} dimensions."
            )
    try:
        return [column(name, str(kind), True, None) for name, kind in schema.items()]
    except SqlError as error:
        raise InvalidParameterValue(f"schema_json names a type that is not known: {error.message}") from None


def described(index: Index, user: str) -> Description:
    """How the index is listed among the tables."""
    told = {"table_type": "MANAGED", "format": VECTOR_INDEX, ELSEWHERE: _ROWS_ARE_ELSEWHERE.format(index.name)}
    return Description(details=told, owner=user)
