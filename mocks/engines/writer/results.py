"""Tool results as the writer reads them: passages with their sources, tables, and questions that a tool asks back."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mocks.engines.writer.conversation import Call
from mocks.engines.writer.grid import Grid, grid_of_markdown, grid_of_rows, grid_of_statement, is_statement

_TEXT_KEYS = ("page_content", "content", "text", "chunk_text", "chunk", "passage", "body", "snippet", "excerpt")
_SOURCE_KEYS = (
    "title",
    "source",
    "doc_uri",
    "uri",
    "url",
    "path",
    "file",
    "file_name",
    "filename",
    "document",
    "name",
    "id",
)
_SECTION_KEYS = ("section", "heading", "page", "clause")
_NOTE_KEYS = ("note", "notes", "warning", "hint", "message")
_ERROR = re.compile(r"^\s*(?:error\b|exception\b|traceback\b|tool .{0,60} failed)", re.I)
_QUOTED = re.compile(r"['\"“‘][^'\"”’]*['\"”’]")
_ASKS_WHICH = re.compile(
    r"\b(?:which (?:one|of|do you)|did you mean|do you mean|please (?:specify|clarify|choose|name))\b", re.I
)
_LOST = re.compile(r"\b(?:do not|don't|cannot|can't|could not) (?:know|see|understand|find|answer|tell)\b", re.I)
_BLANKS = re.compile(r"[^\S\n]{2,}")
_LONG = 60


@dataclass(frozen=True)
class Passage:
    """A piece of a document, with its place among the results and everything known about it."""

    text: str
    source: str
    section: str
    about: str
    rank: int


@dataclass
class Found:
    """What one call brought."""

    tool: str
    passages: list[Passage] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def question(self) -> str:
        """What the tool asks back instead of answering; that it did not understand is no question."""
        if self.grids or self.passages:
            return ""
        return next((text for text in self.said if _asks(text)), "")


def _asks(text: str) -> bool:
    plain = _QUOTED.sub(" ", text)
    return bool(_ASKS_WHICH.search(plain)) or ("?" in plain and not _LOST.search(plain))


def read(call: Call) -> Found:
    """What the call brought."""
    found = Found(call.name)
    text = _BLANKS.sub(" ", call.result.strip())
    if _ERROR.match(text):
        found.error = text
        return found
    try:
        value = json.loads(text)
    except ValueError:
        _read_text(text, found)
        return found
    _read_value(value, found)
    return found


def _read_text(text: str, found: Found) -> None:
    grid = grid_of_markdown(text)
    if grid:
        found.grids.append(grid)
        return
    for rank, part in enumerate(re.split(r"\n\s*\n", text)):
        if part.strip():
            found.passages.append(Passage(part.strip(), found.tool, "", "", rank))


def _read_value(value: Any, found: Found) -> None:
    if isinstance(value, str):
        _read_text(value, found)
    elif isinstance(value, list):
        _read_list(value, found)
    elif isinstance(value, dict):
        _read_object(value, found)
    elif value is not None:
        found.grids.append(Grid(("result",), ((str(value),),)))


def _read_list(values: list[Any], found: Found) -> None:
    blocks = [v for v in values if isinstance(v, dict) and v.get("type") == "text" and set(v) <= _BLOCK]
    if blocks and len(blocks) == len(values):
        for block in blocks:
            inner = read(Call(found.tool, {}, str(block.get("text") or "")))
            _add(found, inner)
        return
    rows = [value for value in values if isinstance(value, dict)]
    if rows and _is_prose(rows):
        found.passages += [_passage(row, len(found.passages) + at) for at, row in enumerate(rows)]
    elif rows:
        found.grids.append(grid_of_rows(rows))
    elif values:
        texts = [str(value) for value in values]
        if max(map(len, texts)) > _LONG:
            found.passages += [Passage(text, found.tool, "", "", at) for at, text in enumerate(texts)]
        else:
            found.grids.append(Grid((found.tool,), tuple((text,) for text in texts)))


_BLOCK = {"type", "text", "id", "annotations", "meta", "_meta"}


def _add(found: Found, more: Found) -> None:
    found.passages += more.passages
    found.grids += more.grids
    found.said += more.said
    found.notes += more.notes
    found.error = found.error or more.error


def _read_object(value: dict[str, Any], found: Found) -> None:
    content = value.get("content")
    if isinstance(content, dict) and ("queryAttachments" in content or "textAttachments" in content):
        _read_genie(content, found)
    elif is_statement(value):
        _read_statement(value, "", found)
    elif value.get("error"):
        found.error = str(value["error"])
    elif _is_prose([value]) and not any(isinstance(part, list) and part for part in value.values()):
        found.passages.append(_passage(value, len(found.passages)))
    else:
        _read_parts(value, found)


def _read_parts(value: dict[str, Any], found: Found) -> None:
    found.notes += [str(value[key]) for key in _NOTE_KEYS if isinstance(value.get(key), str)]
    lists = [part for part in value.values() if isinstance(part, list) and part]
    columns, rows = value.get("columns"), value.get("rows") or value.get("data")
    if isinstance(columns, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        found.grids.append(Grid(tuple(map(_column_name, columns)), tuple(tuple(map(_cell, row)) for row in rows)))
    elif lists:
        for part in lists:
            _read_list(part, found)
    elif plain := {
        key: part for key, part in value.items() if part not in (None, "", [], {}) and key not in _NOTE_KEYS
    }:
        found.grids.append(grid_of_rows([plain]))


def _read_genie(content: dict[str, Any], found: Found) -> None:
    for query in _objects(content.get("queryAttachments")):
        response = query.get("statement_response")
        response = response if isinstance(response, dict) else {}
        _read_statement(response, str(query.get("query") or ""), found, str(query.get("description") or ""))
    found.said += [text for text in content.get("textAttachments") or () if isinstance(text, str) and text]


def _objects(values: Any) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _read_statement(value: dict[str, Any], sql: str, found: Found, description: str = "") -> None:
    grid = grid_of_statement(value, sql, description)
    prose = [dict(zip(grid.columns, row, strict=False)) for row in grid.rows]
    if not sql and prose and _is_prose(prose):
        found.passages += [_passage(row, len(found.passages) + at) for at, row in enumerate(prose)]
    else:
        found.grids.append(grid)


def _is_prose(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether the rows are passages: most have a text that is long, or is called so."""
    texts = [_text_key(row) for row in rows]
    return sum(1 for key in texts if key) * 2 > len(rows)


def _text_key(row: dict[str, Any]) -> str:
    for key in _TEXT_KEYS:
        if isinstance(row.get(key), str) and (key == "page_content" or len(row[key]) > _LONG or len(row) > 1):
            return key
    long = {key: part for key, part in row.items() if isinstance(part, str) and len(part) > 2 * _LONG and " " in part}
    return max(long, key=lambda key: len(long[key])) if long else ""


def _passage(row: dict[str, Any], rank: int) -> Passage:
    key = _text_key(row)
    flat = dict(_flat({name: part for name, part in row.items() if name != key}))
    head, body = _headed(str(row[key]) if key else "")
    about = " | ".join(part for part in (head, *(f"{name}: {part}" for name, part in flat.items())) if part)
    source = next((flat[name] for name in _SOURCE_KEYS if flat.get(name)), head)
    section = next((flat[name] for name in _SECTION_KEYS if flat.get(name)), "")
    return Passage(body, source, section, about, rank)


def _headed(text: str) -> tuple[str, str]:
    """A first line that is a header (`id | title | section`) and the rest."""
    first, _, rest = text.partition("\n")
    if rest.strip() and (" | " in first or (len(first) < 2 * _LONG and not first.rstrip().endswith((".", ";", ",")))):
        return first.strip(" #*"), rest.strip()
    return "", text


def _flat(value: dict[str, Any], outer: str = "") -> Iterator[tuple[str, str]]:
    for name, part in value.items():
        if isinstance(part, dict):
            yield from _flat(part, name)
        elif part not in (None, "", []) and not (isinstance(part, list) and len(str(part)) > 2 * _LONG):
            yield name if not outer or outer == "metadata" else f"{outer}.{name}", str(part)


def _column_name(column: Any) -> str:
    return str(column.get("name") if isinstance(column, dict) else column)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
