"""Tables in tool results: read from the shapes that servers send, written as Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SHOWN = 40
_FIRST = 25
_IDENTIFIER = re.compile(r"(?:^|_)(?:id|code|key|number|no|name)$", re.I)


@dataclass(frozen=True)
class Grid:
    """Columns and rows, every cell as text; `total` counts rows that were not sent, too."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sql: str = ""
    description: str = ""
    total: int | None = None

    @property
    def count(self) -> int:
        """How many rows the result has."""
        return max(self.total or 0, len(self.rows))

    def text(self) -> str:
        """All that can be read in it."""
        cells = " ".join(" ".join(row) for row in self.rows[:_SHOWN])
        return f"{' '.join(self.columns)} {self.sql} {self.description} {cells}"


def is_statement(value: dict[str, Any]) -> bool:
    """Whether it is the answer of a statement execution or of an index query."""
    return isinstance(value.get("manifest"), dict) and isinstance(value.get("result"), dict)


def grid_of_statement(value: dict[str, Any], sql: str = "", description: str = "") -> Grid:
    """Rows may be plain lists, as over REST, or proto JSON, as over MCP."""
    manifest, result = value.get("manifest") or {}, value.get("result") or {}
    columns = (manifest.get("schema") or manifest).get("columns") or []
    named = tuple(str(c.get("name")) if isinstance(c, dict) else str(c) for c in columns)
    rows = tuple(_row(row) for row in result.get("data_array") or () if isinstance(row, dict | list))
    total = manifest.get("total_row_count")
    return Grid(named, rows, sql, description, total if isinstance(total, int) else None)


def _row(row: Any) -> tuple[str, ...]:
    if isinstance(row, dict):
        cells = (cell for cell in row.get("values") or () if isinstance(cell, dict))
        return tuple(str(next(iter(cell.values()), "")) for cell in cells)
    return tuple("" if cell is None else str(cell) for cell in row)


def grid_of_rows(rows: Sequence[dict[str, Any]]) -> Grid:
    """A list of objects."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return Grid(columns, tuple(tuple("" if row.get(c) is None else str(row.get(c)) for c in columns) for row in rows))


def grid_of_markdown(text: str) -> Grid | None:
    """A table written with bars, if the text is one."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip().startswith("|")]
    if len(lines) < 3 or not re.fullmatch(r"[|:\s-]+", lines[1]):
        return None
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in (lines[0], *lines[2:])]
    head, rows = cells[0], cells[1:]
    if head and not head[0]:  # pandas writes its index as a first column without a name
        head, rows = head[1:], [row[1:] for row in rows]
    return Grid(head, tuple(rows))


def written(grid: Grid, thing: str = "rows") -> str:
    """One value as a sentence, small tables in full, larger ones by their first rows and their number."""
    if not grid.rows:
        return "The query returned no rows."
    if len(grid.rows) == 1 and len(grid.columns) <= 4:
        return "; ".join(
            f"{_label(name)}: {value or 'none'}" for name, value in zip(grid.columns, grid.rows[0], strict=False)
        )
    shown = grid.rows if grid.count <= _SHOWN else grid.rows[:_FIRST]
    lines = [_line(grid.columns), _line(["---"] * len(grid.columns)), *map(_line, shown)]
    if len(shown) < grid.count:
        lines.append(f"\nThese are the first {len(shown)} of {grid.count} rows.")
    elif len(shown) > 1:
        lines.append(f"\n{len(shown)} {thing}.")
    return "\n".join(lines)


def _label(name: str) -> str:
    return name.replace("_", " ").strip() or "result"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def subject(grid: Grid) -> str:
    """What the first row is about: its identifier, else its name, else its first text."""
    if not grid.rows:
        return ""
    row = dict(zip(grid.columns, grid.rows[0], strict=False))
    texts = {
        name: value for name, value in row.items() if value and not re.fullmatch(r"-?[\d.,]+(?:[eE][-+]?\d+)?", value)
    }
    named = [value for name, value in texts.items() if _IDENTIFIER.search(name)]
    return (named or list(texts.values()) or [""])[0]
