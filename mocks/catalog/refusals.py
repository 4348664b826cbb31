"""The engine's complaints as refusals of the REST API, worded and coded as Unity Catalog does."""

from collections.abc import Iterator
from contextlib import contextmanager

from mocks.core.errors import ApiError, BadRequest, InvalidParameterValue, NotFound, PermissionDenied
from mocks.engines.warehouse.sql_error import SqlError

_MISSING = {
    "NO_SUCH_CATALOG_EXCEPTION": ("Catalog", "CATALOG_DOES_NOT_EXIST"),
    "SCHEMA_NOT_FOUND": ("Schema", "SCHEMA_DOES_NOT_EXIST"),
    "TABLE_OR_VIEW_NOT_FOUND": ("Table", "TABLE_DOES_NOT_EXIST"),
    "UC_VOLUME_NOT_FOUND": ("Volume", "VOLUME_DOES_NOT_EXIST"),
    "UNRESOLVED_ROUTINE": ("Routine or Model", "ROUTINE_DOES_NOT_EXIST"),
}
# 400, not 409: migration tools catch BadRequest here (databrickslabs/ucx#2077).
_TAKEN = {
    "CATALOG_ALREADY_EXISTS": ("Catalog", "CATALOG_ALREADY_EXISTS"),
    "SCHEMA_ALREADY_EXISTS": ("Schema", "SCHEMA_ALREADY_EXISTS"),
    "TABLE_OR_VIEW_ALREADY_EXISTS": ("Table", "TABLE_ALREADY_EXISTS"),
    "VOLUME_ALREADY_EXISTS": ("Volume", "VOLUME_ALREADY_EXISTS"),
    "ROUTINE_ALREADY_EXISTS": ("Function", "ROUTINE_ALREADY_EXISTS"),
}
_USED = {
    "CATALOG_NOT_EMPTY": ("Catalog", "CATALOG_NOT_EMPTY"),
    "SCHEMA_NOT_EMPTY": ("Schema", "SCHEMA_NOT_EMPTY"),
}


@contextmanager
def refusing() -> Iterator[None]:
    """Turns what the engine raises in the block into a refusal.

    Raises: ApiError
    """
    try:
        yield
    except SqlError as error:
        raise _refusal(error) from error


def _refusal(error: SqlError) -> ApiError:
    if error.condition in _MISSING:
        noun, code = _MISSING[error.condition]
        return NotFound(f"{noun} '{error.subject}' does not exist.", error_code=code)
    if error.condition in _TAKEN:
        noun, code = _TAKEN[error.condition]
        return BadRequest(f"{noun} '{error.subject.rpartition('.')[2]}' already exists", error_code=code)
    if error.condition in _USED:
        noun, code = _USED[error.condition]
        return BadRequest(f"{noun} '{error.subject}' is not empty.", error_code=code)
    if error.condition == "INSUFFICIENT_PERMISSIONS":
        return PermissionDenied(error.text.removeprefix("Insufficient privileges: "))
    return InvalidParameterValue(error.message)
