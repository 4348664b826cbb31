"""Spaces, metrics and dataset records that were acknowledged are there after `kill -9`."""

from tests.clients.durability.killing import acknowledged


def test_spaces_created_before_a_kill_are_all_there(start):
    victim, w = start()
    done = acknowledged(lambda n: w.genie.create_space("x", '{"version": 2}', title=f"space {n}"), victim, 60)

    _, w = start()

    titles = {space.title for page in pages(w) for space in page}
    assert len(done) >= 60
    assert {f"space {number}" for number in done} <= titles


def pages(w):
    token = None
    while True:
        answer = w.genie.list_spaces(page_token=token)
        yield answer.spaces or []
        token = answer.next_page_token
        if not token:
            return


def test_metrics_logged_before_a_kill_are_all_there(start):
    victim, w = start()
    experiment = w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/x"})
    run = w.api_client.do("POST", "/api/2.0/mlflow/runs/create", body=experiment)["run"]["info"]["run_id"]

    def log(number):
        body = {"run_id": run, "key": f"m{number}", "value": number, "timestamp": number}
        w.api_client.do("POST", "/api/2.0/mlflow/runs/log-metric", body=body)

    done = acknowledged(log, victim, 40)
    _, w = start()

    found = w.api_client.do("GET", "/api/2.0/mlflow/runs/get", query={"run_id": run})["run"]["data"]["metrics"]
    assert {f"m{number}" for number in done} <= {metric["key"] for metric in found}


def test_dataset_records_made_before_a_kill_are_all_there(start):
    victim, w = start()
    experiment = w.experiments.create_experiment("/Shared/x").experiment_id
    datasets = "/api/2.0/managed-evals/datasets"
    asked = {"query": {"experiment_ids": experiment}, "body": {"name": "main.default.evals"}}
    dataset = w.api_client.do("POST", datasets, **asked)["dataset_id"]

    def add(number):
        record = {"inputs": [{"key": "n", "value": number}]}
        body = {"requests": [{"dataset_record": record}]}
        w.api_client.do("POST", f"{datasets}/{dataset}/records:batchCreate", body=body)

    done = acknowledged(add, victim, 40)
    _, w = start()

    found = w.api_client.do("GET", f"{datasets}/{dataset}/records", query={"page_size": 1000})["dataset_records"]
    assert set(done) <= {record["inputs"][0]["value"] for record in found}
    assert w.tables.get("main.default.evals").table_id == dataset
