"""Pages of a list, with an opaque token for the next one."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from mocks.core.errors import InvalidParameterValue

T = TypeVar("T")
DEFAULT_SIZE = 100


def page(items: Sequence[T], size: int | None, token: str | None) -> tuple[list[T], str | None]:
    """The asked page and the token of the next one; no size or 0 means the server's own, as in Unity Catalog.

    Raises: InvalidParameterValue
    """
    if size is not None and size < 0:
        raise InvalidParameterValue("The page size must not be negative.")
    start = _position(token) if token else 0
    end = start + (size or DEFAULT_SIZE)
    return list(items[start:end]), _token(end) if end < len(items) else None


def _token(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _position(token: str) -> int:
    try:
        mark, position = base64.urlsafe_b64decode(token.encode()).decode().split(":")
        if mark != "at" or not position.isdigit():
            raise ValueError(token)
        return int(position)
    except (ValueError, binascii.Error, UnicodeError):
        raise InvalidParameterValue("The page token is not one that this server gave.") from None
