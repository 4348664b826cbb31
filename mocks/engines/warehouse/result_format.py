"""Results on the wire of statement execution: manifest, chunks, and the three formats of their rows."""

import base64
import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from mocks.engines.metastore.tables import Column, Result

CHUNK_ROWS, CHUNK_BYTES = 50_000, 16 * 1024 * 1024
JSON_ARRAY, ARROW_STREAM, CSV = "JSON_ARRAY", "ARROW_STREAM", "CSV"
MEDIA_TYPES = {
    JSON_ARRAY: "application/json",
    ARROW_STREAM: "application/vnd.apache.arrow.stream",
    CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Chunk:
    """A part of a result."""

    index: int
    row_offset: int
    result: Result

    @property
    def row_count(self) -> int:
        """How many rows it has."""
        return int(self.result.table.num_rows)

    @property
    def place(self) -> dict[str, int]:
        """Its place in the whole."""
        return {
            "chunk_index": self.index,
            "row_offset": self.row_offset,
            "row_count": self.row_count,
            "byte_count": int(self.result.table.nbytes),
        }


def chunks(result: Result) -> list[Chunk]:
    """The parts of a result: one at least if it has columns, so that a reader learns the schema."""
    table = result.table
    if not result.columns:
        return []
    per_row = max(1, table.nbytes // max(1, table.num_rows))
    step = max(1, min(CHUNK_ROWS, CHUNK_BYTES // per_row))
    starts = range(0, max(1, table.num_rows), step)
    return [Chunk(at, start, Result(result.columns, table.slice(start, step))) for at, start in enumerate(starts)]


def manifest(result: Result, form: str = JSON_ARRAY) -> dict[str, Any]:
    """What the result consists of."""
    places = [chunk.place for chunk in chunks(result)]
    columns = [_column(column, position) for position, column in enumerate(result.columns)]
    return {
        "format": form,
        "schema": {"column_count": len(columns), "columns": columns},
        "total_chunk_count": len(places),
        "chunks": places,
        "total_row_count": int(result.table.num_rows),
        "total_byte_count": int(result.table.nbytes),
        "truncated": result.truncated,
    }


def attachment(result: Result) -> dict[str, str]:
    """The rows as an Arrow stream inside the answer."""
    return {"attachment": base64.b64encode(encoded(result, ARROW_STREAM)).decode()}


def answer(result: Result) -> dict[str, Any]:
    """Manifest and rows, all in one, as they appear inside the answers of other services."""
    return {
        "manifest": manifest(result),
        "result": {"row_count": int(result.table.num_rows), "data_array": result.rows()},
    }


def proto_rows(result: Result) -> list[dict[str, Any]]:
    """The rows as the managed MCP servers write them: `{"values": [{"string_value": …}]}`, an empty cell for null."""
    return [{"values": [{} if cell is None else {"string_value": cell} for cell in row]} for row in result.rows()]


def encoded(result: Result, form: str, first: bool = True) -> bytes:
    """The rows as the bytes behind an external link; only the first chunk of CSV has a header."""
    match form:
        case "JSON_ARRAY":
            return json.dumps(result.rows(), ensure_ascii=False, separators=(",", ":")).encode()
        case "CSV":
            return _csv(result, first)
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, result.table.schema) as writer:
        writer.write_table(result.table)
    return bytes(sink.getvalue().to_pybytes())


def _csv(result: Result, header: bool) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow([column.name for column in result.columns])
    writer.writerows([["null" if cell is None else cell for cell in row] for row in result.rows()])
    return text.getvalue().encode()


def _column(column: Column, position: int) -> dict[str, Any]:
    kind = column.type
    described = {"name": column.name, "type_text": kind.text, "type_name": kind.name, "position": position}
    if kind.keyword == "DECIMAL":
        described |= {"type_precision": kind.precision, "type_scale": kind.scale}
    return described
