"""Endpoints and indexes, and what is written into direct-access indexes."""

import re
import threading
from typing import Any

from mocks.core.errors import (
    BadRequest,
    InvalidParameterValue,
    NotFound,
    ResourceAlreadyExists,
    ResourceConflict,
    ResourceDoesNotExist,
)
from mocks.core.paging import page
from mocks.core.transitions import Kind
from mocks.core.workspace import Workspace
from mocks.engines.embedding.vectors import Vectors
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.names import Name
from mocks.engines.metastore.securables import VECTOR_INDEX
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.vector_search.columns import DELTA_SYNC, DIRECT_ACCESS, checked_columns, described
from mocks.vector_search.direct import checked_row, inputs, key_of, proto_value
from mocks.vector_search.groups import following, group
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.pairs import Pairs
from mocks.vector_search.query import Search
from mocks.vector_search.statuses import status_of
from mocks.vector_search.sync import Syncs, row_hash, text_hash, words
from mocks.vector_search.wire import (
    Endpoint,
    Endpoints,
    Index,
    NewEndpoint,
    NewIndex,
    NextPage,
    Query,
    QueryResult,
    Scan,
    Written,
)

_NAME = re.compile(r"[^\s./\x00-\x1f]+(\.[^\s./\x00-\x1f]+){2}")


class VectorSearchStore:
    """Vector search in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._endpoints = workspace.collection("vector_search_endpoints", Endpoint, "Vector search endpoint")
        self._indexes = workspace.collection("vector_search_indexes", Index, "Vector index")
        self._syncs, self._tables = workspace.engine(Syncs), workspace.engine(TableCatalog)

    # endpoints

    def create_endpoint(self, told: NewEndpoint) -> Endpoint:
        """Makes an endpoint; it is online at once, unless a progression was set.

        Raises: InvalidParameterValue, ResourceAlreadyExists
        """
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}", told.name):
            raise InvalidParameterValue("An endpoint name has 1 to 128 letters, digits, _ and -.")
        if self._endpoints.find(told.name):
            raise ResourceAlreadyExists(f"Vector search endpoint {told.name} already exists.")
        now, user = self._workspace.now_ms(), self._workspace.user_name
        endpoint = Endpoint(
            name=told.name,
            endpoint_type=told.endpoint_type,
            id=self._workspace.new_uuid(),
            creator=user,
            creation_timestamp=now,
            last_updated_timestamp=now,
            last_updated_user=user,
            endpoint_status={"state": "ONLINE"},
        )
        made = self._endpoints.create(told.name, endpoint)
        self._workspace.transitions.begin(Kind.VECTOR_ENDPOINT, told.name)
        # An index follows soon; Chroma takes a moment to load.
        threading.Thread(target=self._workspace.engine, args=(Vectors,), daemon=True).start()
        return self._counted(made)

    def get_endpoint(self, name: str) -> Endpoint:
        """The endpoint.

        Raises: NotFound
        """
        found = self._endpoints.find(name)
        if found is None:
            raise NotFound(f"Vector search endpoint {name} not found.", error_code="RESOURCE_DOES_NOT_EXIST")
        return self._counted(found)

    def list_endpoints(self, token: str | None) -> Endpoints:
        """The endpoints."""
        chosen, following = page(self._endpoints.all(), None, token)
        return Endpoints(endpoints=[self._counted(endpoint) for endpoint in chosen], next_page_token=following)

    def delete_endpoint(self, name: str) -> None:
        """Removes an endpoint without indexes.

        Raises: BadRequest, NotFound
        """
        if self.get_endpoint(name).num_indexes:
            raise BadRequest(f"Vector search endpoint {name} still has indexes; delete them first.")
        self._endpoints.delete(name)

    # indexes

    def create_index(self, told: NewIndex) -> dict[str, Any]:
        """Makes an index and fills it.

        Raises: InvalidParameterValue, NotFound, ResourceAlreadyExists
        """
        if not _NAME.fullmatch(told.name):
            raise InvalidParameterValue("An index name is <catalog>.<schema>.<index>.")
        endpoint = self.get_endpoint(told.endpoint_name)
        if self._indexes.find(told.name) or self._taken(told.name):
            raise ResourceAlreadyExists(f"Vector index or table {told.name} already exists.")
        index = Index(
            **told.body(),
            id=self._workspace.new_uuid(),
            creator=self._workspace.user_name,
            endpoint_id=endpoint.id,
        )
        self._may_create(index)
        columns = checked_columns(index, self._workspace)
        index.column_names = [column.name for column in columns]
        told_of = described(index, self._workspace.user_name)
        self._tables.list_elsewhere(_name(index.name), columns, told_of)
        self._indexes.create(index.name, index)
        self._workspace.transitions.begin(Kind.VECTOR_INDEX, index.name)
        if index.index_type == DELTA_SYNC:
            self._syncs.start(index.name)
        return self.get_index(index.name)

    def get_index(self, name: str) -> dict[str, Any]:
        """The index with its status.

        Raises: ResourceDoesNotExist
        """
        index = self._found(name)
        self._workspace.engine(Grants).require_visible(self._workspace.user_name, "table", name.lower())
        self._syncs.follow(index)
        index = self._found(name)
        return index.sent(status_of(index, self._workspace))

    def list_indexes(self, endpoint: str, token: str | None) -> dict[str, Any]:
        """The indexes of an endpoint, without their specs."""
        self.get_endpoint(endpoint)
        found = [index for index in self._indexes.all() if index.endpoint_name == endpoint]
        chosen, following = page(found, None, token)
        fields = ("name", "primary_key", "index_type", "endpoint_name", "endpoint_id", "creator")
        return {
            "vector_indexes": [{field: getattr(index, field) for field in fields} for index in chosen],
            "next_page_token": following,
        }

    def delete_index(self, name: str) -> None:
        """Removes the index with its vectors."""
        index = self._found(name)
        self._require("MANAGE", "table", name)
        self._indexes.delete(name)
        self._syncs.stop(name)
        self._tables.unlist(_name(index.name))
        self._workspace.engine(Vectors).drop(index.id)
        self._workspace.engine(OpenIndexes).drop(index)

    def sync_index(self, name: str) -> None:
        """Brings a delta-sync index up to its table.

        Raises: BadRequest, ResourceConflict
        """
        index = self._found(name)
        self._require("MODIFY", "table", name)
        if index.index_type != DELTA_SYNC:
            raise BadRequest("Only delta-sync indexes are synced.")
        if not self._syncs.start(name):
            raise ResourceConflict(f"A sync of {name} is under way.")

    def query_next_page(self, name: str, told: NextPage) -> QueryResult:
        """The next group of what a query finds.

        Raises: BadRequest, InvalidParameterValue, NotImplementedYet
        """
        query, start = following(told.page_token)
        return self.query(name, query, start)

    def query(self, name: str, query: Query, start: int = 0) -> QueryResult:
        """What a query finds.

        Raises: BadRequest, InvalidParameterValue, NotImplementedYet
        """
        index = self._readable(name)
        self._syncs.follow(index)
        self._workspace.engine(Pairs).mend(index)
        return group(Search(self._workspace, index, index.column_names).run(query), query, start)

    def scan(self, name: str, scan: Scan) -> dict[str, Any]:
        """Rows in the order of their keys."""
        index = self._readable(name)
        self._syncs.follow(index)
        rows = self._workspace.engine(OpenIndexes).rows(index).after(scan.last_primary_key, scan.num_results)
        data = [{"fields": [{"key": k, "value": proto_value(v)} for k, v in row.items()]} for _, row in rows]
        return {"data": data, "last_primary_key": rows[-1][0] if rows else None}

    def upsert(self, name: str, inputs_json: str) -> Written:
        """Writes rows into a direct-access index, all or none.

        Raises: BadRequest, InvalidParameterValue
        """
        import numpy as np

        index = self._direct(name)
        spec = index.direct_access_index_spec
        assert spec is not None
        rows = inputs(inputs_json)
        column = spec.embedding_vector_columns[0]
        checked = [(key_of(row, index.primary_key), checked_row(row, spec, column.embedding_dimension)) for row in rows]
        newest = dict(checked)
        vectors = np.asarray([row[column.name] for row in newest.values()], np.float32)
        if newest:
            texts = [(key, text_hash(words(row)), row_hash(row), row, words(row)) for key, row in newest.items()]
            self._workspace.engine(Pairs).write(index, texts, vectors, list(newest))
        return Written(status="SUCCESS", result={"success_row_count": len(rows), "failed_primary_keys": []})

    def delete_rows(self, name: str, keys: list[Any]) -> Written:
        """Removes rows from a direct-access index."""
        index = self._direct(name)
        removed = self._workspace.engine(Pairs).remove(index, [str(key) for key in keys])
        return Written(status="SUCCESS", result={"success_row_count": removed, "failed_primary_keys": []})

    def _readable(self, name: str) -> Index:
        self._require("SELECT", "table", name)
        return self._arrived(name)

    def _require(self, privilege: str, kind: str, name: str) -> None:
        self._workspace.engine(Grants).require(self._workspace.user_name, privilege, kind, name)

    def _may_create(self, index: Index) -> None:
        self._require("CREATE_TABLE", "schema", index.name.rpartition(".")[0])
        if index.delta_sync_index_spec:
            self._require("SELECT", "table", index.delta_sync_index_spec.source_table)

    def managed_indexes(self, prefix: str) -> list[Index]:
        """The indexes below a catalog and schema that embed questions themselves and that the user may know of."""
        found = [index for index in self._indexes.all() if index.name.startswith(prefix)]
        names = [index.name.lower() for index in found]
        seen = set(self._workspace.engine(Grants).visible(self._workspace.user_name, "table", names))
        found = [index for index in found if index.name.lower() in seen]
        return [i for i in found if i.delta_sync_index_spec and i.delta_sync_index_spec.embedding_source_columns]

    def _arrived(self, name: str) -> Index:
        index = self._found(name)
        if self._workspace.transitions.waiting(Kind.VECTOR_INDEX, name, counts=False):
            raise BadRequest(f"Index {name} is not ready yet; wait until its status says so.")
        return index

    def _taken(self, name: str) -> bool:
        """Whether a table has the name; not one left listed by a process that was killed while it made the index."""
        found = self._tables.find(_name(name))
        return found is not None and found.details.get("format") != VECTOR_INDEX

    def _found(self, name: str) -> Index:
        index = self._indexes.find(name)
        if index is None:
            raise ResourceDoesNotExist(f"Vector index {name} does not exist.")
        return index

    def _direct(self, name: str) -> Index:
        index = self._arrived(name)
        self._require("MODIFY", "table", name)
        if index.index_type != DIRECT_ACCESS:
            raise BadRequest(f"{name} follows its table; only direct-access indexes are written to.")
        return index

    def _counted(self, endpoint: Endpoint) -> Endpoint:
        count = sum(index.endpoint_name == endpoint.name for index in self._indexes.all())
        waiting = self._workspace.transitions.waiting(Kind.VECTOR_ENDPOINT, endpoint.name)
        status = {"state": "PROVISIONING"} if waiting else endpoint.endpoint_status
        return endpoint.model_copy(update={"num_indexes": count, "endpoint_status": status})


def _name(full_name: str) -> Name:
    return Name(*full_name.lower().split("."))
