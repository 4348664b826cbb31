"""Refusals, named as in `databricks.sdk.errors`, and the one body they all take."""

from collections.abc import Sequence
from typing import Any


class ApiError(Exception):
    """A refusal: HTTP status, `error_code` and a message that a person can act on."""

    status: int = 500
    code: str = "INTERNAL_ERROR"

    def __init__(
        self,
        message: str,
        *,
        error_code: str | None = None,
        details: Sequence[dict[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.error_code = error_code or self.code
        self.details = list(details)
        self.headers: dict[str, str] = {}

    def body(self) -> dict[str, Any]:
        """`{error_code, message, details?}`, the shape that every Databricks client parses."""
        body: dict[str, Any] = {"error_code": self.error_code, "message": self.message}
        return body | {"details": self.details} if self.details else body


class BadRequest(ApiError):
    """The request makes no sense."""

    status, code = 400, "BAD_REQUEST"


class InvalidParameterValue(BadRequest):
    """A field has a value that it cannot have."""

    code = "INVALID_PARAMETER_VALUE"


class InvalidState(BadRequest):
    """The resource is not in a state that allows this."""

    code = "INVALID_STATE"


class MalformedRequest(BadRequest):
    """The body is not the JSON that was announced."""

    code = "MALFORMED_REQUEST"


class ResourceAlreadyExists(BadRequest):
    """The older spelling of "exists already", which MLflow still uses."""

    code = "RESOURCE_ALREADY_EXISTS"


class Unauthenticated(ApiError):
    """No token, or none that this sandbox has handed out."""

    status, code = 401, "UNAUTHENTICATED"


class PermissionDenied(ApiError):
    """Known, but not allowed."""

    status, code = 403, "PERMISSION_DENIED"


class NotFound(ApiError):
    """Nothing lies there."""

    status, code = 404, "NOT_FOUND"


class ResourceDoesNotExist(NotFound):
    """No resource has that name."""

    code = "RESOURCE_DOES_NOT_EXIST"


class EndpointNotFound(NotFound):
    """No API has that path; MLflow falls back to older APIs on exactly this code."""

    code = "ENDPOINT_NOT_FOUND"


class MethodNotAllowed(ApiError):
    """The path exists, the verb does not."""

    status, code = 405, "METHOD_NOT_ALLOWED"


class ResourceConflict(ApiError):
    """The resource changed meanwhile or is in use."""

    status, code = 409, "RESOURCE_CONFLICT"


class AlreadyExists(ResourceConflict):
    """The name is taken."""

    code = "ALREADY_EXISTS"


class RequestTooLarge(ApiError):
    """The body or the headers exceed the limit."""

    status, code = 413, "REQUEST_TOO_LARGE"


class MisdirectedRequest(ApiError):
    """The Host header names somebody else."""

    status, code = 421, "MISDIRECTED_REQUEST"


class TooManyRequests(ApiError):
    """A rate limit was reached."""

    status, code = 429, "REQUEST_LIMIT_EXCEEDED"

    def __init__(self, message: str, *, retry_after: int = 1, error_code: str | None = None) -> None:
        super().__init__(message, error_code=error_code)
        self.headers = {"Retry-After": str(retry_after)}


class NotImplementedYet(ApiError):
    """A known API asked for something that the sandbox does not compute."""

    status, code = 501, "NOT_IMPLEMENTED"


class TemporarilyUnavailable(ApiError):
    """A part of the sandbox is not answering now."""

    status, code = 503, "TEMPORARILY_UNAVAILABLE"


class DeadlineExceeded(ApiError):
    """Something behind the sandbox took too long."""

    status, code = 504, "DEADLINE_EXCEEDED"
