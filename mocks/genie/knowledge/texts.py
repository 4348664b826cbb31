"""Texts of a `serialized_space`."""

from typing import Any


def text_of(value: Any) -> str:
    """A text that may be given as a list of lines."""
    return "".join(value) if isinstance(value, list) else value or ""
