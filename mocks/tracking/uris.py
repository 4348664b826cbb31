"""Artifact URIs: what MLflow writes and what a Databricks client may see."""

import re

DATABRICKS = "dbfs:/databricks/mlflow-tracking/"
_RUN, _MODEL, _TRACE = r"[0-9a-f]{32}", r"m-[0-9a-zA-Z]+", r"tr-[0-9a-zA-Z]+"
_END = r"(?=[\"\\&/]|$)"


class Uris:
    """Rewrites the URIs of one workspace in JSON texts, both ways.

    The client picks its artifact repository by the URI (mlflow/store/artifact/dbfs_artifact_repo.py); with
    `mlflow-artifacts:` it refuses to work against Databricks.
    """

    def __init__(self, root: str) -> None:
        own, theirs = re.escape(root), re.escape(DATABRICKS)
        self._out = [
            (re.compile(rf"{own}([0-9]+)/models/({_MODEL})/artifacts"), rf"{DATABRICKS}\1/logged_models/\2/artifacts"),
            (re.compile(rf"{own}([0-9]+)/traces/({_TRACE})/artifacts"), rf"{DATABRICKS}\1/\2/artifacts"),
            (re.compile(rf"{own}([0-9]+)/({_RUN})/artifacts"), rf"{DATABRICKS}\1/\2/artifacts"),
            (re.compile(rf"{own}([0-9]+){_END}"), rf"{DATABRICKS}\1"),
        ]
        self._in = [
            (re.compile(rf"{theirs}([0-9]+)/logged_models/({_MODEL})/artifacts"), rf"{root}\1/models/\2/artifacts"),
            (re.compile(rf"{theirs}([0-9]+)/({_TRACE})/artifacts"), rf"{root}\1/traces/\2/artifacts"),
            (re.compile(rf"{theirs}([0-9]+)/({_RUN})/artifacts"), rf"{root}\1/\2/artifacts"),
            (re.compile(rf"{theirs}([0-9]+){_END}"), rf"{root}\1"),
        ]

    def outward(self, text: str) -> str:
        """MLflow's URIs as a Databricks client knows them."""
        return _apply(self._out, text) if "mlflow-artifacts:" in text else text

    def inward(self, text: str) -> str:
        """Databricks' URIs as MLflow knows them."""
        return _apply(self._in, text) if DATABRICKS in text else text


def _apply(rules: list[tuple[re.Pattern[str], str]], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
