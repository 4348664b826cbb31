"""Tells those who want to know that a trace was written or changed, so that nobody has to look again and again."""

import json
import re
from collections.abc import Callable, Mapping

from mocks.core.workspace import Workspace

EXPERIMENT = "x-mlflow-experiment-id"  # where MLflow puts spans that come by OTLP
_OF_ONE = re.compile(r"(?:/(?:ajax-)?api/[23]\.0/mlflow|/sandbox)/traces/(tr-[^/]+)(?:/tags|/assessments(?:/[^/]+)?)?")
_NEW, _OTLP = "/api/3.0/mlflow/traces", "/v1/traces"
Listener = Callable[[str], None]


class TraceEvents:
    """The listeners of one workspace; without any, an event costs nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._listeners: list[tuple[Listener, Listener]] = []

    def subscribe(self, changed: Listener, arrived: Listener) -> None:
        """From now on tells the id of every trace that changes, and of every experiment into which spans come by OTLP.

        A listener must not take long.
        """
        self._listeners.append((changed, arrived))

    def answered(self, method: str, path: str, headers: Mapping[str, str], answer: bytes) -> None:
        """Looks whether a call that MLflow has answered well has changed a trace, and which."""
        if not self._listeners or method == "GET" or "/traces" not in path:
            return
        if found := _OF_ONE.fullmatch(path):
            self._tell(0, found.group(1))
        elif path == _NEW:
            self._tell(0, json.loads(answer)["trace"]["trace_info"]["trace_id"])
        elif path == _OTLP:
            self._tell(1, headers[EXPERIMENT])

    def _tell(self, which: int, what: str) -> None:
        for listeners in self._listeners:
            listeners[which](what)
