"""One request to an endpoint: what the gateway knows of it, and what it notes when it is answered."""

import json
import re
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from mocks.core.workspace import Workspace
from mocks.engines.chat.tokens import count
from mocks.serving.inference_table import Exchange, InferenceTables, table_of
from mocks.serving.metrics import Metrics
from mocks.serving.rate_limits import RateLimits, limits_tokens
from mocks.serving.wire import Endpoint

_USAGE = re.compile(r'"total_tokens":\s*(\d+)')


class Call:
    """A request that was let in.

    Raises: TooManyRequests
    """

    def __init__(self, workspace: Workspace, endpoint: Endpoint, body: dict[str, Any]) -> None:
        workspace.engine(RateLimits).take(endpoint, workspace)
        self._workspace, self.endpoint = workspace, endpoint
        self.request_id, self._began = workspace.new_uuid(), time.perf_counter()
        self._at_ms = workspace.now_ms()
        self._client_request_id = body.get("client_request_id")
        self.content = json.dumps({k: v for k, v in body.items() if k not in ("client_request_id", "model")}).encode()

    def note(self, entity: str, status: int, response: str) -> None:
        """Counts the answer: its time, its tokens, and itself in the inference table."""
        took = round(1000 * (time.perf_counter() - self._began))
        self._workspace.engine(Metrics).add(self.endpoint.name, entity, status, took)
        if limits_tokens(self.endpoint):
            self._workspace.engine(RateLimits).spend(self.endpoint, self._workspace, self._tokens(response))
        self._workspace.engine(InferenceTables).add(
            Exchange(
                endpoint=self.endpoint,
                request_id=self.request_id,
                client_request_id=self._client_request_id,
                at_ms=self._at_ms,
                took_ms=took,
                status=status,
                request=self.content.decode(),
                response=response,
                entity=entity,
                requester=self._workspace.user_name,
            )
        )

    def noting(self, entity: str, answer: Response) -> Response:
        """The answer, which is noted when it has been sent, if its endpoint keeps or limits anything."""
        if table_of(self.endpoint) is None and not limits_tokens(self.endpoint):
            return answer
        if isinstance(answer, StreamingResponse):
            answer.body_iterator = self._streamed(entity, answer.status_code, answer.body_iterator)
        else:
            self.note(entity, answer.status_code, bytes(answer.body).decode())
        return answer

    async def _streamed(self, entity: str, status: int, parts: Any) -> AsyncIterator[Any]:
        whole: list[str] = []
        try:
            async for part in parts:
                whole.append(part if isinstance(part, str) else bytes(part).decode(errors="replace"))
                yield part
        finally:
            self.note(entity, status, "".join(whole))

    def _tokens(self, response: str) -> int:
        """As the answer says, else estimated."""
        told = _USAGE.findall(response)
        return int(told[-1]) if told else count(self.content.decode()) + count(response)
