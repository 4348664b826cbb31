"""Long results come in groups of 1000 (`next_page_token` in databricks-sdk); the token carries the query itself."""

import base64
import binascii

from pydantic import BaseModel, ValidationError

from mocks.core.errors import InvalidParameterValue
from mocks.vector_search.wire import Query, QueryResult, Rows

GROUP = 1000


class _Following(BaseModel):
    query: Query
    start: int


def group(found: QueryResult, query: Query, start: int) -> QueryResult:
    """The group of a result that begins there, with the token of the next one."""
    chosen, end = found.result.data_array[start : start + GROUP], start + GROUP
    token = _token(query, end) if end < found.result.row_count else ""
    rows = Rows(row_count=len(chosen), data_array=chosen)
    return found.model_copy(update={"result": rows, "next_page_token": token})


def following(token: str) -> tuple[Query, int]:
    """The query that a token carries, and where its next group begins.

    Raises: InvalidParameterValue
    """
    try:
        told = _Following.model_validate_json(base64.urlsafe_b64decode(token.encode()))
    except (ValidationError, binascii.Error, UnicodeError):
        raise InvalidParameterValue("The page token is not one that this server gave.") from None
    if told.start <= 0:
        raise InvalidParameterValue("The page token is not one that this server gave.")
    return told.query, told.start


def _token(query: Query, start: int) -> str:
    text = _Following(query=query, start=start).model_dump_json(by_alias=True, exclude_none=True)
    return base64.urlsafe_b64encode(text.encode()).decode()
