"""Files in volumes as tables: `read_files(…)` and what COPY INTO loads."""

import csv
import fnmatch
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import json as arrow_json
from pyarrow import parquet

from mocks.core.errors import ApiError
from mocks.engines.metastore.storage import Storage
from mocks.engines.warehouse.sql_error import SqlError, unsupported

FORMATS = ("CSV", "JSON", "PARQUET", "TEXT", "BINARYFILE")
_ENDINGS = {".csv": "CSV", ".json": "JSON", ".jsonl": "JSON", ".ndjson": "JSON", ".parquet": "PARQUET", ".txt": "TEXT"}
LARGEST = 256 * 1024 * 1024
_INT = pa.int32()


@dataclass(frozen=True)
class Found:
    """A file in a volume: as the statement knows it, and where it lies."""

    path: str
    local: Path


@dataclass(frozen=True)
class FileSource:
    """Files to be read in one way; options are in small letters."""

    path: str
    format: str | None
    options: Mapping[str, str]
    infer: bool = True

    @property
    def volume(self) -> str:
        """The full name of the volume."""
        return ".".join(part.lower() for part in self.path.strip("/").split("/")[1:4])

    def files(self, storage: Storage, pattern: str | None = None) -> list[Found]:
        """The files that the path means: one, those of a folder, or those of a pattern.

        Raises: SqlError
        """
        parts = self.path.rstrip("/").split("/")
        wild = next((at for at, part in enumerate(parts) if set(part) & set("*?[")), len(parts))
        root = "/".join(parts[:wild])
        try:
            folder = storage.local(root)
        except ApiError as error:
            raise SqlError("PATH_NOT_FOUND", f"Path does not exist: {self.path}. {error.message}", "42K03") from None
        if folder.is_file():
            return [Found(self.path, folder)]
        inside = sorted(file for file in folder.rglob("*") if file.is_file())
        found = [Found(f"{root}/{file.relative_to(folder)}", file) for file in inside]
        told = "/".join(parts[wild:])
        if told:
            found = [one for one in found if fnmatch.fnmatchcase(one.path.removeprefix(f"{root}/"), told)]
        if pattern:
            found = [one for one in found if fnmatch.fnmatchcase(one.path.rpartition("/")[2], pattern)]
        if not found and not folder.is_dir():
            raise SqlError("PATH_NOT_FOUND", f"Path does not exist: {self.path}.", "42K03")
        return found

    def read(self, files: Sequence[Found]) -> pa.Table:
        """The rows of the files, their columns put together by name.

        Raises: SqlError
        """
        if not files:
            raise SqlError("CF_EMPTY_DIR_FOR_SCHEMA_INFERENCE", f"There is no file in {self.path}.", "42000")
        if sum(file.local.stat().st_size for file in files) > LARGEST:
            raise unsupported(f"reading more than {LARGEST} bytes of files at once")
        form = (self.format or _ENDINGS.get(files[0].local.suffix.lower(), "")).upper()
        readers = {"CSV": self._csv, "JSON": self._json, "PARQUET": self._parquet, "TEXT": _text, "BINARYFILE": _binary}
        if form not in readers:
            raise unsupported(f"files of the format {form or files[0].local.suffix or 'without an ending'}")
        try:
            return pa.concat_tables([readers[form](file) for file in files], promote_options="permissive")
        except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeDecodeError) as error:
            raise SqlError("FAILED_READ_FILE.NO_HINT", f"Error while reading {self.path}: {error}", "KD001") from None

    def _csv(self, file: Found) -> pa.Table:
        header = self.options.get("header", "false").lower() == "true"
        separator = self.options.get("sep") or self.options.get("delimiter") or ","
        content = file.local.read_bytes()
        first = next(csv.reader(io.StringIO(content.partition(b"\n")[0].decode()), delimiter=separator), [])
        names = first if header else [f"_c{at}" for at in range(len(first))]
        types = {} if self.infer else dict.fromkeys(names, pa.string())
        reading = arrow_csv.ReadOptions(column_names=names, skip_rows=1 if header else 0)
        parsing = arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=True)
        converting = arrow_csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True)
        if len(content.splitlines()) <= (1 if header else 0):
            return pa.table({name: pa.array([], pa.string()) for name in names})
        return _narrow(arrow_csv.read_csv(io.BytesIO(content), reading, parsing, converting))

    def _json(self, file: Found) -> pa.Table:
        if self.options.get("multiline", "false").lower() == "true":
            import json

            told: Any = json.loads(file.local.read_bytes())
            return pa.Table.from_pylist(told if isinstance(told, list) else [told])
        return arrow_json.read_json(file.local)

    def _parquet(self, file: Found) -> pa.Table:
        return parquet.read_table(file.local)


def _narrow(table: pa.Table) -> pa.Table:
    """Whole numbers that fit become INT, and times without a zone TIMESTAMP, as Spark infers them."""
    columns = []
    for column in table.columns:
        if pa.types.is_int64(column.type):
            try:
                columns.append(column.cast(_INT))
                continue
            except pa.ArrowInvalid:
                pass
        is_time = pa.types.is_timestamp(column.type)
        columns.append(column.cast(pa.timestamp("us", "UTC")) if is_time else column)
    return pa.table(columns, names=table.column_names)


def _text(file: Found) -> pa.Table:
    return pa.table({"value": file.local.read_text().splitlines()})


def _binary(file: Found) -> pa.Table:
    status = file.local.stat()
    at = datetime.fromtimestamp(status.st_mtime, UTC)
    columns = {"path": [f"dbfs:{file.path}"], "modificationTime": pa.array([at], pa.timestamp("us", "UTC"))}
    return pa.table(columns | {"length": [status.st_size], "content": pa.array([file.local.read_bytes()], pa.binary())})
