"""A dataset of an experiment, calls to it, and SQL over its table."""

import pytest
from databricks.sdk.service.sql import StatementState

from tests.clients.datasets.records import DATASETS, NAME


@pytest.fixture
def experiment(w):
    return w.experiments.create_experiment("/Shared/evals").experiment_id


@pytest.fixture
def create(w, experiment):
    def make(name=NAME, **fields):
        return w.api_client.do("POST", DATASETS, query={"experiment_ids": experiment}, body={"name": name, **fields})

    return make


@pytest.fixture
def dataset(create):
    return create()["dataset_id"]


@pytest.fixture
def do(w, dataset):
    def call(method, path, body=None, **query):
        return w.api_client.do(method, f"{DATASETS}/{dataset}{path}", body=body, query=query)

    return call


@pytest.fixture
def add(do):
    def insert(*records):
        body = {"requests": [{"dataset_record": record} for record in records]}
        return [made["dataset_record_id"] for made in do("POST", "/records:batchCreate", body)["dataset_records"]]

    return insert


@pytest.fixture
def sql(w):
    warehouse = next(iter(w.warehouses.list())).id

    def run(statement):
        answer = w.statement_execution.execute_statement(statement, warehouse)
        assert answer.status.state is StatementState.SUCCEEDED, answer.status.error
        return answer.result.data_array if answer.result else None

    return run
