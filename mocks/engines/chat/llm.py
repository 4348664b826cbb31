"""A language model by URL: any server that speaks OpenAI's Chat Completions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from mocks.core.errors import BadRequest, DeadlineExceeded, TemporarilyUnavailable, TooManyRequests
from mocks.engines.chat.exchange import Answer, CallPiece, Completion, Delta, Reply, ToolCall, Usage
from mocks.engines.chat.model_address import SAME, ModelAddress

_PATIENCE = httpx.Timeout(300, connect=5)
_NOT_FORWARDED = {"model", "custom_inputs", "databricks_options"}


class Llm:
    """The model at one address; nothing else is ever asked."""

    def __init__(self, address: ModelAddress) -> None:
        self.url, self._model = address.url, address.model
        headers = {"Authorization": f"Bearer {address.key}"} if address.key else {}
        self._client = httpx.Client(timeout=_PATIENCE, trust_env=False, auth=address.login, headers=headers)

    @property
    def answered_by(self) -> str:
        """The model and the server, without the secrets that open it."""
        return f"{self._named()} at {self.url}"

    def complete(self, body: dict[str, Any]) -> Completion:
        """Passes the request on.

        Raises: BadRequest, TooManyRequests, TemporarilyUnavailable, DeadlineExceeded
        """
        with self._reached():
            response = self._client.post(f"{self.url}/chat/completions", json=self._forwarded(body, stream=False))
            self._accepted(response)
        told = self._parsed(response.content)
        answers = tuple(_answer(choice) for choice in told.get("choices") or ())
        if not answers:
            raise TemporarilyUnavailable(f"The model server at {self.url} gave an answer without choices.")
        return Completion(answers, _usage(told.get("usage")) or Usage(0, 0), self.answered_by)

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """Passes the request on, and every part of the answer as it comes.

        Raises: BadRequest, TooManyRequests, TemporarilyUnavailable, DeadlineExceeded
        """
        forwarded = self._forwarded(body, stream=True) | {"stream_options": {"include_usage": True}}
        with self._reached(), self._client.stream("POST", f"{self.url}/chat/completions", json=forwarded) as response:
            if response.is_error:
                response.read()
            self._accepted(response)
            for line in response.iter_lines():
                data = line.removeprefix("data:").strip()
                if line.startswith("data:") and data != "[DONE]":
                    yield from _deltas(self._parsed(data.encode()))

    def embed(self, body: dict[str, Any]) -> dict[str, Any]:
        """Passes a request for embeddings on.

        Raises: BadRequest, TooManyRequests, TemporarilyUnavailable, DeadlineExceeded
        """
        kept = {name: value for name, value in body.items() if name not in _NOT_FORWARDED}
        with self._reached():
            named = body["model"] if self._model == SAME else self._named()
            response = self._client.post(f"{self.url}/embeddings", json=kept | {"model": named})
            self._accepted(response)
        return self._parsed(response.content)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _forwarded(self, body: dict[str, Any], *, stream: bool) -> dict[str, Any]:
        kept = {name: value for name, value in body.items() if name not in _NOT_FORWARDED and value is not None}
        return kept | {"model": body["model"] if self._model == SAME else self._named(), "stream": stream}

    def _named(self) -> str:
        """The model that was asked for, else the first one that the server lists."""
        if self._model is None:
            with self._reached():
                response = self._client.get(f"{self.url}/models")
                self._accepted(response)
            listed = self._parsed(response.content).get("data") or [{}]
            self._model = str(listed[0].get("id") or "default")
        return self._model

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except httpx.TimeoutException:
            raise DeadlineExceeded(f"The model server at {self.url} did not answer in time.") from None
        except httpx.TransportError as error:
            raise TemporarilyUnavailable(f"The model server at {self.url} cannot be reached: {error}.") from None

    def _accepted(self, response: httpx.Response) -> None:
        if not response.is_error:
            return
        said = f"The model server at {self.url} answered {response.status_code}: {response.text[:500]}"
        if response.status_code == 429:
            raise TooManyRequests(said)
        if response.status_code in (400, 404, 413, 422):
            raise BadRequest(said)
        raise TemporarilyUnavailable(said)

    def _parsed(self, raw: bytes) -> dict[str, Any]:
        try:
            value = json.loads(raw)
        except ValueError:
            raise TemporarilyUnavailable(f"The model server at {self.url} gave no JSON: {raw[:200]!r}.") from None
        if not isinstance(value, dict):
            raise TemporarilyUnavailable(f"The model server at {self.url} gave no JSON object: {raw[:200]!r}.")
        return value


def _answer(choice: dict[str, Any]) -> Answer:
    message = choice.get("message") or {}
    calls = tuple(
        ToolCall(str(call.get("id")), call["function"]["name"], call["function"].get("arguments") or "{}")
        for call in message.get("tool_calls") or ()
    )
    return Answer(Reply(message.get("content") or "", calls), choice.get("finish_reason") or "stop")


def _deltas(chunk: dict[str, Any]) -> Iterator[Delta]:
    for choice in chunk.get("choices") or ():
        told, index = choice.get("delta") or {}, int(choice.get("index") or 0)
        if told.get("content"):
            yield Delta(told["content"], index=index)
        for call in told.get("tool_calls") or ():
            function = call.get("function") or {}
            piece = CallPiece(
                int(call.get("index") or 0),
                function.get("arguments") or "",
                call.get("id") or "",
                function.get("name") or "",
            )
            yield Delta(call=piece, index=index)
        if choice.get("finish_reason"):
            yield Delta(finish=choice["finish_reason"], index=index)
    if usage := _usage(chunk.get("usage")):
        yield Delta(usage=usage)


def _usage(told: Any) -> Usage | None:
    if not isinstance(told, dict):
        return None
    return Usage(int(told.get("prompt_tokens") or 0), int(told.get("completion_tokens") or 0))
