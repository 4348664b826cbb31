"""Which imports become notebooks, and the first line that says so."""

from pathlib import PurePosixPath

from mocks.core.errors import InvalidParameterValue
from mocks.workspace_files.wire import Language

MARK = "Databricks notebook source"
_COMMENTS: dict[Language, str] = {"PYTHON": "#", "R": "#", "SCALA": "//", "SQL": "--"}
_SUFFIXES: dict[str, Language] = {".py": "PYTHON", ".r": "R", ".scala": "SCALA", ".sql": "SQL"}


def header(language: Language) -> bytes:
    """The line with which every exported notebook begins."""
    return f"{_COMMENTS[language]} {MARK}\n".encode()


def recognised(path: str, content: bytes) -> Language | None:
    """The language of what AUTO takes for a notebook: a source file with the mark on its first line."""
    language = _SUFFIXES.get(PurePosixPath(path).suffix.lower())
    first = content.split(b"\n", 1)[0].strip()
    return language if language and first == header(language).strip() else None


def source(content: bytes, language: Language) -> bytes:
    """A notebook's text as it is kept, without its mark.

    Raises: InvalidParameterValue
    """
    try:
        content.decode()
    except UnicodeDecodeError:
        raise InvalidParameterValue("The content of a notebook must be UTF-8 text.") from None
    first, _, rest = content.partition(b"\n")
    return rest if first.strip() == header(language).strip() else content
