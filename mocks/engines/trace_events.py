"""Tells those who want to know that a trace was written or changed, so that nobody has to look again and again."""

import json
import re
from collections.abc import Callable

from mocks.core.workspace import Workspace

_OF_ONE = re.compile(r"/api/[23]\.0/mlflow/traces/(tr-[^/]+)(?:/tags|/assessments(?:/[^/]+)?)?")
_OF_NEW = "/api/3.0/mlflow/traces"


class TraceEvents:
    """The listeners of one workspace; without any, an event costs nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._listeners: list[Callable[[str], None]] = []

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Tells the listener the id of every trace that changes from now on; it must not take long."""
        self._listeners.append(listener)

    def changed(self, trace_id: str) -> None:
        """A trace, its spans, its tags or its assessments were written."""
        for listener in self._listeners:
            listener(trace_id)

    def answered(self, method: str, path: str, answer: bytes) -> None:
        """Looks whether a call that succeeded has changed a trace, and which."""
        if not self._listeners or method == "GET" or "/traces" not in path:
            return
        if found := _OF_ONE.fullmatch(path):
            self.changed(found.group(1))
        elif path == _OF_NEW:
            self.changed(json.loads(answer)["trace"]["trace_info"]["trace_id"])
