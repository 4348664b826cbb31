"""The dataset of the tests, and what a record of it looks like."""

DATASETS = "/api/2.0/managed-evals/datasets"
NAME = "main.default.evalset"


def record_of(question, **fields):
    return {"inputs": [{"key": "q", "value": question}], **fields}
