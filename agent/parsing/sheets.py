"""Spreadsheets: a section for each sheet, a line for each row, cells named by the header where there is one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from agent.parsing.document import Line, UnreadableError
from agent.parsing.package import checked


def lines(content: bytes) -> Iterator[Line]:
    """Raises: UnreadableError"""
    with checked(content, "XLSX") as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except InvalidFileException as error:
            raise UnreadableError(f"damaged XLSX: {error}") from error
        if title := (book.properties.title or "").strip():
            yield title, "title"
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its size need not be true
            yield sheet.title, "heading"
            yield from ((line, "") for line in _rows(sheet))


def _rows(sheet: Any) -> Iterator[str]:
    """A row stands alone once its sheet is cut, so each carries the names of its columns."""
    header: list[str] | None = None
    for row in sheet.iter_rows(values_only=True):
        cells = [_shown(value) for value in row]
        if not any(cells):
            header = None  # what follows an empty row is another table
        elif header is None and _is_header(row):
            header = cells
            yield " | ".join(filter(None, cells))
        elif header:
            yield " | ".join(f"{n}: {c}" if n else c for n, c in zip(_padded(header, cells), cells, strict=False) if c)
        else:
            yield " | ".join(filter(None, cells))


def _is_header(row: tuple[Any, ...]) -> bool:
    """At least two texts, and nothing else."""
    told = [value for value in row if value is not None]
    return len(told) > 1 and all(isinstance(value, str) for value in told)


def _padded(header: list[str], cells: list[str]) -> list[str]:
    return header + [""] * (len(cells) - len(header))


def _shown(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return "" if value is None else " ".join(str(value).split())
