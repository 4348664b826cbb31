"""The journal over HTTP: list, find, count, one entry, the curl command of one, and a stream of new ones."""

import json
from collections.abc import AsyncIterator
from typing import Any

from pydantic import ConfigDict, Field
from starlette.responses import StreamingResponse

from mocks.core.admin import Controlled
from mocks.core.journal import CAPACITY
from mocks.core.wire import Api, Wire

api = Api()


class RequestMatch(Wire):
    """The values that a request must have; a path may have asterisks."""

    model_config = ConfigDict(extra="forbid")
    workspace: str | None = None
    service: str | None = None
    operation: str | None = None
    method: str | None = None
    path: str | None = None
    status: int | None = None
    unmatched: bool | None = None
    fault: str | None = None


class RequestSearch(Wire):
    """Which requests are looked for."""

    match: RequestMatch = RequestMatch()
    limit: int = Field(default=CAPACITY, ge=1, le=CAPACITY)


@api.get("/_sandbox/requests")
def list_requests(
    control: Controlled,
    workspace: str | None = None,
    service: str | None = None,
    operation: str | None = None,
    method: str | None = None,
    status: int | None = None,
    unmatched: bool | None = None,
    limit: int = 100,
) -> dict[str, Any]:
    """The newest journal entries that match."""
    match = {"workspace": workspace, "service": service, "operation": operation, "method": method}
    found = control.journal.find(limit, **match, status=status, unmatched=unmatched)
    return {"requests": [entry.told() for entry in found]}


@api.delete("/_sandbox/requests")
def clear_requests(control: Controlled, workspace: str | None = None) -> None:
    """Empties the journal, or forgets the requests of a workspace."""
    control.journal.clear(workspace)


@api.post("/_sandbox/requests/find")
def find_requests(body: RequestSearch, control: Controlled) -> dict[str, Any]:
    """The newest entries that match, with their bodies."""
    found = control.journal.find(body.limit, **body.match.body())
    return {"requests": [entry.told(whole=True) for entry in found]}


@api.post("/_sandbox/requests/count")
def count_requests(body: RequestSearch, control: Controlled) -> dict[str, int]:
    """How many entries match."""
    return {"count": len(control.journal.find(body.limit, **body.match.body()))}


@api.get("/_sandbox/requests/stream")
async def stream_requests(control: Controlled) -> StreamingResponse:
    """Every request from now on, as server-sent events."""

    async def events() -> AsyncIterator[str]:
        yield ": following\n\n"
        async for entry in control.journal.follow():
            yield f"data: {json.dumps(entry.told(), ensure_ascii=False)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


@api.get("/_sandbox/requests/{number}")
def get_request(number: int, control: Controlled) -> dict[str, Any]:
    """One entry with its body."""
    return control.journal.get(number).told(whole=True)


@api.get("/_sandbox/requests/{number}/curl")
def show_curl(number: int, control: Controlled) -> dict[str, str]:
    """The command that sends the request again."""
    return {"curl": control.journal.get(number).curl(control.workspaces.settings.host)}
