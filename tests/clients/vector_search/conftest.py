"""An index that follows a table of documents, one that is written to directly, and questions to them."""

import json

import pytest
from databricks.sdk.service import vectorsearch as vs

from tests.clients.vector_search.indexes import DIRECT, INDEX, VECTORS


@pytest.fixture
def docs(w, run):
    run("CREATE TABLE main.default.docs (id STRING, title STRING, body STRING)")
    run("""INSERT INTO main.default.docs VALUES ('d1', 'Refunds', 'Refund requests are accepted within 30 days.'),
        ('d2', 'Shipping', 'Parcels leave from Rotterdam.'),
        ('d3', 'Password', 'To reset your password open the account page.')""")
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    source = vs.EmbeddingSourceColumn("databricks-gte-large-en", name="body")
    spec = vs.DeltaSyncVectorIndexSpecRequest(
        source_table="main.default.docs", pipeline_type=vs.PipelineType.TRIGGERED, embedding_source_columns=[source]
    )
    made = w.vector_search_indexes.create_index(
        INDEX, "ep", "id", vs.VectorIndexType.DELTA_SYNC, delta_sync_index_spec=spec
    )
    while not made.status.ready:  # the first index of a server waits for the model to be loaded
        made = w.vector_search_indexes.get_index(INDEX)
    return made


@pytest.fixture
def direct(w):
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        schema_json=json.dumps({"id": "string", "color": "string", "size": "int", "vec": "array<float>"}),
    )
    w.vector_search_indexes.create_index(
        DIRECT, "ep", "id", vs.VectorIndexType.DIRECT_ACCESS, direct_access_index_spec=spec
    )
    w.vector_search_indexes.upsert_data_vector_index(DIRECT, json.dumps(VECTORS))


@pytest.fixture
def find(w):
    def query(index=DIRECT, **told):
        given = {"columns": ["id"]} | told
        rows = w.vector_search_indexes.query_index(index, **given).result.data_array or []
        return [row[0] for row in rows]

    return query


@pytest.fixture
def ask(w):
    """Any body, as databricks-ai-search sends it."""

    def query(index=DIRECT, **told):
        path = f"/api/2.0/vector-search/indexes/{index}/query"
        return w.api_client.do("POST", path, body={"columns": ["id"], "query_vector": [1.0, 0.0]} | told)

    return query
