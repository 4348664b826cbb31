"""Server-sent events, as the serving endpoints stream them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.responses import StreamingResponse

from mocks.core.wire import without_nulls


def server_sent_events(
    events: Iterable[dict[str, Any]], done: str | None = "[DONE]", *, named: bool = False
) -> StreamingResponse:
    """One `data:` line an event, then the closing mark; `named` adds the event's own `type` as its name."""
    return StreamingResponse(
        _lines(events, done, named), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


def _lines(events: Iterable[dict[str, Any]], done: str | None, named: bool) -> Iterator[str]:
    for event in events:
        name = f"event: {event['type']}\n" if named else ""
        yield f"{name}data: {json.dumps(without_nulls(event), ensure_ascii=False)}\n\n"
    if done is not None:
        yield f"data: {done}\n\n"
