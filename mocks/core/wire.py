"""Bodies: strict JSON in, JSON without nulls out, and the router that applies both."""

import inspect
import json
import re
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from mocks.core.errors import MalformedRequest, RequestTooLarge

MAX_BODY = 16 * 1024 * 1024
MAX_DEPTH = 64
_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class Wire(BaseModel):
    """A body: keeps the fields it does not know, and drops nulls when it is sent."""

    model_config = ConfigDict(extra="allow", populate_by_name=True, protected_namespaces=(), defer_build=True)

    def body(self) -> dict[str, Any]:
        """The JSON object that goes over the wire."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Json(Response):
    """A JSON answer; nulls in objects are dropped, nulls in lists (cells of a row) stay."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(without_nulls(content), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def without_nulls(value: Any) -> Any:
    """The value with bodies turned into objects and null fields left out."""
    if isinstance(value, Wire):
        return value.body()
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [item if isinstance(item, str) else without_nulls(item) for item in value]
    return value


def parse(raw: bytes) -> Any:
    """Strict JSON: bounded depth, finite numbers, 64-bit integers, valid Unicode.

    Raises: MalformedRequest, RequestTooLarge
    """
    if len(raw) > MAX_BODY:
        raise RequestTooLarge(f"The body has {len(raw)} bytes; at most {MAX_BODY} are accepted here.")
    if (
        _depth(raw.translate(None, _BRACKETS)) > MAX_DEPTH
        and _depth(_STRING.sub(b"", raw).translate(None, _BRACKETS)) > MAX_DEPTH
    ):
        raise MalformedRequest(f"The JSON body is nested deeper than {MAX_DEPTH} levels.")
    try:
        value = json.loads(raw, parse_constant=_refuse_constant, parse_int=_bounded_int)
    except UnicodeDecodeError:
        raise MalformedRequest("The body is not valid UTF-8.") from None
    except ValueError as error:
        raise MalformedRequest(f"The body is not valid JSON: {error}") from None
    if b"\\u" in raw:
        _refuse_lone_surrogates(value)
    return value


def _depth(brackets: bytes) -> int:
    depth = deepest = 0
    for bracket in brackets:
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _bounded_int(digits: str) -> int:
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**64:
        raise ValueError("an integer does not fit into 64 bits")
    return int(digits)


def _refuse_lone_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise MalformedRequest("The body holds a lone surrogate, which is not valid Unicode.") from None


class StrictRequest(Request):
    """A request whose JSON is parsed strictly, whatever asks for it."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            body = await self.body()
            self._json = parse(body) if body else {}
        return self._json

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            chunks, size = [], 0
            async for chunk in self.stream():
                size += len(chunk)
                if size > MAX_BODY:
                    raise RequestTooLarge(f"The body exceeds {MAX_BODY} bytes.")
                chunks.append(chunk)
            self._body = b"".join(chunks)
        return self._body


class StrictRoute(APIRoute):
    """A route that reads bodies strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


class Api(APIRouter):
    """The routes of one service; what a handler returns is sent as it is, without nulls."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=StrictRoute, redirect_slashes=False, **options)

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["response_model"] = None
        super().add_api_route(path, _answering(endpoint), **options)


def _answering(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, with its return value made into an answer."""
    if inspect.iscoroutinefunction(endpoint):

        @wraps(endpoint)
        async def answer_async(*args: Any, **kwargs: Any) -> Response:
            return _answer(await endpoint(*args, **kwargs))

        return answer_async

    @wraps(endpoint)
    def answer(*args: Any, **kwargs: Any) -> Response:
        return _answer(endpoint(*args, **kwargs))

    return answer


def _answer(value: Any) -> Response:
    return value if isinstance(value, Response) else Json({} if value is None else value)
