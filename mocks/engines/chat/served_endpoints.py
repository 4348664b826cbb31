"""Asks the endpoints that a user made, from inside the sandbox, as any client would."""

import json
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.public_api import PublicApi

_FIELDS = ("predictions", "outputs", "choices", "output")


class ServedEndpoints:
    """The endpoints of one workspace over HTTP, with the caller's own token."""

    def __init__(self, workspace: Workspace) -> None:
        self._api = PublicApi(workspace)

    def ask(self, endpoint: str, request: str | dict[str, Any], chat: dict[str, Any]) -> str:
        """The answer as text; how the model is asked follows from the task that its endpoint states.

        A request of several fields is a row of a table for a model that states no task, and the body for one that does.

        Raises: BadRequest, ResourceDoesNotExist, TemporarilyUnavailable
        """
        task = self._api.ask("GET", f"/api/2.0/serving-endpoints/{endpoint}").get("task") or ""
        path = f"/serving-endpoints/{endpoint}/invocations"
        if task.endswith("/responses"):
            return _text(self._api.ask("POST", path, _as_input(chat)))
        if task.endswith("/chat"):
            return _text(self._api.ask("POST", path, chat))
        body = {"inputs": [request]} if isinstance(request, str) else {"dataframe_records": [request]}
        told = self._api.ask("POST", path, body)
        predictions = told.get("predictions") if isinstance(told, dict) else None
        first = predictions[0] if isinstance(predictions, list) and predictions else predictions
        return json.dumps(first, ensure_ascii=False) if isinstance(first, list) else _text(told)


def _as_input(chat: dict[str, Any]) -> dict[str, Any]:
    """The request as the Responses API takes it."""
    kept = {name: value for name, value in chat.items() if name != "messages"}
    return {"input": chat["messages"], **kept} if "messages" in chat else kept


def _text(told: Any) -> str:
    """What an answer says, whatever shape the model gave it."""
    if isinstance(told, dict) and (found := next((told[name] for name in _FIELDS if told.get(name)), None)) is not None:
        return _text(found)
    if isinstance(told, list) and told:
        return _text(told[-1])
    if isinstance(told, dict):
        inner = next((told[name] for name in ("message", "content", "text") if told.get(name) is not None), None)
        return json.dumps(told, ensure_ascii=False) if inner is None else _text(inner)
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
