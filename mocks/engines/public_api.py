"""The sandbox's own public API, asked from inside as any client would, with the caller's own token."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mocks.core import errors
from mocks.core.errors import ApiError, TemporarilyUnavailable
from mocks.core.workspace import Workspace

if TYPE_CHECKING:
    import httpx

SECONDS = 300.0
_REFUSALS: dict[int, type[ApiError]] = {
    400: errors.BadRequest,
    403: errors.PermissionDenied,
    404: errors.ResourceDoesNotExist,
    409: errors.ResourceConflict,
    429: errors.TooManyRequests,
    501: errors.NotImplementedYet,
}


class PublicApi:
    """Calls in one workspace.

    Raises everywhere: what was answered, as a refusal of that status; TemporarilyUnavailable
    """

    def __init__(self, workspace: Workspace) -> None:
        self._host, self._token = workspace.host, workspace.token

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None, **query: Any) -> Any:
        """The JSON of the answer, or its text if it is none."""
        with self.answering(method, path, body, **query) as answer:
            text = answer.read().decode()
        try:
            return json.loads(text)
        except ValueError:
            return text

    @contextmanager
    def answering(
        self, method: str, path: str, body: dict[str, Any] | None = None, **query: Any
    ) -> Iterator["httpx.Response"]:
        """The answer while it comes; a refusal is raised before anything is read."""
        import httpx

        headers = {"Authorization": f"Bearer {self._token}"}
        told: dict[str, Any] = {"headers": headers, "params": query or None, "json": body}
        try:
            with (
                httpx.Client(trust_env=False, timeout=SECONDS) as client,
                client.stream(method, f"{self._host}{path}", **told) as answer,
            ):
                if answer.is_error:
                    raise _refusal(answer.status_code, answer.read().decode(errors="replace"))
                yield answer
        except httpx.TransportError as error:
            raise TemporarilyUnavailable(f"{path} does not answer: {error}.") from None


def _refusal(status: int, text: str) -> ApiError:
    kind = _REFUSALS.get(status, TemporarilyUnavailable)
    try:
        told = json.loads(text)
        return kind(str(told.get("message") or text), error_code=told.get("error_code"))
    except (ValueError, AttributeError):
        return kind(text[:500])
