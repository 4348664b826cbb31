"""The engine's complaints as refusals of the dataset API."""

from collections.abc import Iterator
from contextlib import contextmanager

from mocks.core.errors import AlreadyExists, ApiError, InvalidParameterValue, InvalidState, NotFound
from mocks.engines.warehouse.sql_error import SqlError

_MISSING = {"NO_SUCH_CATALOG_EXCEPTION": "CATALOG", "SCHEMA_NOT_FOUND": "SCHEMA"}


@contextmanager
def refusing() -> Iterator[None]:
    """Turns what the engine raises in the block into a refusal.

    Raises: ApiError
    """
    import duckdb

    from mocks.engines.warehouse.duck_errors import explain

    try:
        yield
    except SqlError as error:
        raise _refusal(error) from error
    except duckdb.Error as error:
        raise InvalidState(f"SQL has changed the table of this dataset: {explain(error).message}") from error


def _refusal(error: SqlError) -> ApiError:
    if error.condition in _MISSING:
        noun = _MISSING[error.condition]
        return NotFound(f"{noun.title()} '{error.subject}' does not exist.", error_code=f"{noun}_DOES_NOT_EXIST")
    if error.condition == "TABLE_OR_VIEW_ALREADY_EXISTS":
        return AlreadyExists(f"Table '{error.subject}' already exists.")
    return InvalidParameterValue(error.message)
