"""The licence-bound clients against a running sandbox: `make conformance` starts one and sets the environment."""

import json
import os
import uuid

import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config


@pytest.fixture(scope="session")
def host():
    host = os.environ["DATABRICKS_HOST"]
    assert "127.0.0.1" in host or "localhost" in host, "these tests write; they run against a sandbox only"
    return host


@pytest.fixture(scope="session")
def w(host):
    return WorkspaceClient(config=Config(host=host, token=os.environ["DATABRICKS_TOKEN"], auth_type="pat"))


@pytest.fixture(scope="session")
def schema(w):
    name = f"conformance_{uuid.uuid4().hex[:8]}"
    return w.schemas.create(name=name, catalog_name="main").full_name


@pytest.fixture(scope="session")
def run(w):
    warehouse = next(iter(w.warehouses.list())).id
    return lambda statement: w.statement_execution.execute_statement(statement, warehouse)


@pytest.fixture(scope="session")
def orders(run, schema):
    run(f"CREATE TABLE {schema}.orders (order_id INT, region STRING, amount DOUBLE)")
    run(f"INSERT INTO {schema}.orders VALUES (1, 'EMEA', 10), (2, 'EMEA', 5), (3, 'APAC', 7)")
    return f"{schema}.orders"


@pytest.fixture(scope="session")
def space(w, orders):
    told = {"version": 2, "data_sources": {"tables": [{"identifier": orders}]}}
    return w.genie.create_space("x", json.dumps(told), title="Orders", description="Orders by region").space_id


@pytest.fixture(scope="session")
def ai_search(host):
    from databricks.ai_search.client import AISearchClient

    token = os.environ["DATABRICKS_TOKEN"]
    return AISearchClient(workspace_url=host, personal_access_token=token, disable_notice=True)


@pytest.fixture(scope="session")
def index(ai_search, run, schema):
    run(f"CREATE TABLE {schema}.docs (id STRING, title STRING, body STRING)")
    run(f"""INSERT INTO {schema}.docs VALUES ('d1', 'Refunds', 'Refund requests are accepted within 30 days.'),
        ('d2', 'Shipping', 'Parcels leave from Rotterdam.')""")
    endpoint = f"ep-{uuid.uuid4().hex[:8]}"
    ai_search.create_endpoint_and_wait(endpoint)
    return ai_search.create_delta_sync_index_and_wait(
        endpoint_name=endpoint,
        index_name=f"{schema}.docs_idx",
        primary_key="id",
        source_table_name=f"{schema}.docs",
        pipeline_type="TRIGGERED",
        embedding_source_column="body",
        embedding_model_endpoint_name="databricks-gte-large-en",
    )
