"""Loads a folder of CSV tables and documents into a workspace, through its public API only."""

import csv
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from sandbox.errors import SandboxError
from sandbox.seed_declared import checked, make

PLAN = "seed.yaml"
_PLACES = ("catalog", "schema", "volume", "tables", "documents")
_ROWS_PER_INSERT = 500
_CHUNK = 1024 * 1024
_POLL = "30s"
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")


@dataclass(frozen=True)
class Plan:
    """What goes where: `tables/*.csv` into a schema, a folder of documents into a volume."""

    folder: Path
    catalog: str
    schema: str
    volume: str
    tables: str = "tables"
    documents: str = "documents"
    declared: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def csv_files(self) -> list[Path]:
        """The tables."""
        return sorted((self.folder / self.tables).glob("*.csv"))

    @property
    def document_files(self) -> list[Path]:
        """The documents."""
        return sorted(file for file in (self.folder / self.documents).rglob("*") if file.is_file())


@dataclass
class Report:
    """What went in."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    declared: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        tables = f"{len(self.rows)} tables with {sum(self.rows.values()):,} rows"
        files = f"{self.files} files with {self.bytes:,} bytes"
        declared = [f"{count} {name.replace('_', ' ')}" for name, count in self.declared.items()]
        return ", ".join([tables, files, *declared])


def read_plan(folder: Path) -> Plan:
    """The plan that lies in the folder.

    Raises: SandboxError
    """
    import yaml

    file = folder / PLAN
    try:
        told = yaml.safe_load(file.read_text())
        places = {name: str(value) for name, value in told.items() if name in _PLACES}
        declared = checked({name: value for name, value in told.items() if name not in _PLACES}, file)
        return Plan(folder=folder, declared=declared, **places)
    except FileNotFoundError as error:
        wanted = "catalog: …\nschema: …\nvolume: …\ndocuments: <folder>"
        raise SandboxError(f"{folder} has no {PLAN}. It says where the seed goes:\n{wanted}") from error
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise SandboxError(f"{file} is no plan: {error}.") from error


def load(plan: Plan, host: str, token: str) -> Report:
    """Loads tables and documents; what was there under the same names is replaced.

    Raises: SandboxError
    """
    report = Report()
    with httpx.Client(
        base_url=host, headers={"Authorization": f"Bearer {token}"}, timeout=120, trust_env=False
    ) as client:
        workspace = _Workspace(client)
        workspace.make_places(plan)
        for file in plan.csv_files:
            report.rows[file.stem] = workspace.load_table(plan, file)
        for file in plan.document_files:
            report.files += 1
            report.bytes += workspace.upload(plan, file)
        report.declared = make(workspace, plan.declared)
    if not report.rows and not report.files and not report.declared:
        raise SandboxError(f"{plan.folder} holds neither {plan.tables}/*.csv nor files in {plan.documents}/.")
    return report


def check(plan: Plan) -> list[str]:
    """What would be loaded, a line for each table with its types; nothing is loaded.

    Raises: SandboxError
    """
    for name in (plan.catalog, plan.schema, plan.volume):
        _check_name(name)
    told = []
    for file in plan.csv_files:
        header, types = _columns(file)
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(header, types, strict=True))
        told.append(f"table {file.stem} ({columns})")
    told += [f"{len(plan.document_files)} documents"]
    return told + [f"{len(entries)} {name.replace('_', ' ')}" for name, entries in plan.declared.items()]


class _Workspace:
    """The few calls that a seed needs."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._warehouse = ""

    def make_places(self, plan: Plan) -> None:
        for name in (plan.catalog, plan.schema, plan.volume):
            _check_name(name)
        names = {"catalog_name": plan.catalog, "schema_name": plan.schema}
        self._make("catalogs", {"name": plan.catalog})
        self._make("schemas", {"name": plan.schema, "catalog_name": plan.catalog})
        self._make("volumes", {"name": plan.volume, "volume_type": "MANAGED", **names})

    def load_table(self, plan: Plan, file: Path) -> int:
        """Two passes over the file: one finds the types, one writes the rows."""
        header, types = _columns(file)
        name = ".".join(_quoted(part) for part in (plan.catalog, plan.schema, file.stem))
        columns = ", ".join(f"{_quoted(column)} {sql_type}" for column, sql_type in zip(header, types, strict=True))
        self._execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        count = 0
        rows = _rows(file)
        while batch := list(itertools.islice(rows, _ROWS_PER_INSERT)):
            values = ", ".join(f"({', '.join(map(_literal, row, types))})" for row in batch)
            self._execute(f"INSERT INTO {name} VALUES {values}")  # noqa: S608  # quoted above
            count += len(batch)
        return count

    def upload(self, plan: Plan, file: Path) -> int:
        inside = file.relative_to(plan.folder / plan.documents)
        volume = f"/Volumes/{plan.catalog}/{plan.schema}/{plan.volume}"
        if inside.parent != Path():
            self.call("PUT", f"/api/2.0/fs/directories{quote(f'{volume}/{inside.parent}')}")
        with file.open("rb") as source:
            chunks = iter(lambda: source.read(_CHUNK), b"")
            size = {"Content-Length": str(file.stat().st_size), "Content-Type": "application/octet-stream"}
            path = quote(f"/api/2.0/fs/files{volume}/{inside}")
            self.call("PUT", path, params={"overwrite": "true"}, content=chunks, headers=size)
        return file.stat().st_size

    def _make(self, kind: str, body: dict[str, str]) -> None:
        """Creates it unless it exists."""
        answer = self._client.post(f"/api/2.1/unity-catalog/{kind}", json=body)
        if answer.is_error and "ALREADY_EXISTS" not in answer.text:
            raise _failure(answer)

    def _execute(self, statement: str) -> None:
        if not self._warehouse:
            self._warehouse = self.call("GET", "/api/2.0/sql/warehouses")["warehouses"][0]["id"]
        body = {"statement": statement, "warehouse_id": self._warehouse, "wait_timeout": _POLL}
        answer = self.call("POST", "/api/2.0/sql/statements", json={**body, "on_wait_timeout": "CANCEL"})
        if answer["status"]["state"] != "SUCCEEDED":
            raise SandboxError(f"{statement[:120]}…: {answer['status'].get('error', answer['status'])}")

    def exists(self, path: str) -> bool:
        """Whether there is something under that path."""
        answer = self._client.get(path)
        if answer.is_error and answer.status_code != 404:
            raise _failure(answer)
        return answer.is_success

    def call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """The answer."""
        answer = self._client.request(method, path, **options)
        if answer.is_error:
            raise _failure(answer)
        body: dict[str, Any] = answer.json() if answer.content else {}
        return body


def _check_name(name: str) -> None:
    if not _IDENTIFIER.fullmatch(name):
        raise SandboxError(f"{name!r} cannot be the name of a catalog, schema or volume.")


def _failure(answer: httpx.Response) -> SandboxError:
    return SandboxError(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:500]}")


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(newline="", encoding="utf-8-sig") as source:
        reader = csv.reader(source)
        header = next(reader, [])
        for row in reader:
            if len(row) != len(header):
                raise SandboxError(f"{file}, line {reader.line_num}: {len(row)} values for {len(header)} columns.")
            yield row


def _columns(file: Path) -> tuple[list[str], list[str]]:
    """The column names, and the types that hold every value of the whole file."""
    with file.open(newline="", encoding="utf-8-sig") as source:
        header = next(csv.reader(source), [])
    if not header or len(set(header)) < len(header):
        raise SandboxError(f"{file} needs a first line with distinct column names.")
    candidates = [list(_TYPES) for _ in header]
    filled = [False] * len(header)
    for row in _rows(file):
        for number, value in enumerate(row):
            if value != "":
                filled[number] = True
                candidates[number] = [(name, fits) for name, fits in candidates[number] if fits(value)]
    return header, [c[0][0] if c and seen else "STRING" for c, seen in zip(candidates, filled, strict=True)]


def _literal(value: str, sql_type: str) -> str:
    if value == "":
        return "NULL"
    if sql_type in ("BIGINT", "DOUBLE", "BOOLEAN"):
        return value
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'" if sql_type == "STRING" else f"{sql_type}'{text}'"


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _is_date(value: str) -> bool:
    return len(value) == 10 and _parses(date.fromisoformat, value)


def _is_timestamp(value: str) -> bool:
    return len(value) > 10 and _parses(datetime.fromisoformat, value)


def _parses(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


_TYPES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("BOOLEAN", lambda value: value.lower() in ("true", "false")),
    ("BIGINT", _INTEGER.fullmatch),
    ("DOUBLE", _NUMBER.fullmatch),
    ("DATE", _is_date),
    ("TIMESTAMP", _is_timestamp),
)
