"""The parts of a snapshot that lie in the workspace's folder: records, the database, files, vectors."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from mocks.core.collection import Records
from mocks.core.workspace import RECORDS, Workspace
from mocks.engines.embedding.vectors import BATCH, FOLDER, Vectors
from mocks.engines.metastore.objects import Metastore
from mocks.engines.mlflow.server import NAME_FILE
from mocks.engines.warehouse.duck import DATABASE, Duck
from mocks.snapshots.mlflow_rows import Renamed, Rows

__all__ = ["Rows", "copy_tree", "files", "restore", "restore_vectors", "save", "save_vectors"]
# Tokens open a workspace; who loads the snapshot has a token already.
SECRET = ("identity.principals",)
_ELSEWHERE = (RECORDS, FOLDER, "incoming", NAME_FILE)


def save(workspace: Workspace, folder: Path) -> dict[str, int]:
    """Writes records, database and files; gives their numbers."""
    count = 0
    with (folder / "records.jsonl").open("w") as lines:
        for record in records(workspace):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    workspace.engine(Metastore)  # makes the database, if nobody has
    workspace.engine(Duck).copy_to(folder)
    copied = 0
    for file in files(workspace.folder):
        target = folder / "files" / file.relative_to(workspace.folder)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(file, target)
        copied += 1
    return {"records": count, "files": copied}


def records(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Collection, key and body of every record."""
    return (row for row in workspace.all_records() if row[0] not in SECRET)


def files(folder: Path) -> Iterator[Path]:
    """The files of the services: volumes, models, notebooks, the rows of indexes."""
    for top in sorted(folder.iterdir()):
        if top.name.startswith((*_ELSEWHERE, DATABASE)):
            continue
        found = [top] if top.is_file() else sorted(file for file in top.rglob("*") if file.is_file())
        yield from (file for file in found if not file.name.endswith(("-wal", "-shm")))


def save_vectors(workspace: Workspace, folder: Path) -> dict[str, str]:
    """Writes the vectors, a Parquet file for each index; gives the files by index."""
    if not Vectors.used_by(workspace):
        return {}
    import pyarrow as pa
    from pyarrow import parquet

    vectors, written = workspace.engine(Vectors), {}
    (folder / "vectors").mkdir()
    for number, name in enumerate(vectors.names()):
        keys = vectors.keys(name)
        found: dict[str, list[float]] = {}
        for start in range(0, len(keys), BATCH):
            found |= vectors.vectors(name, keys[start : start + BATCH])
        table = pa.table({"key": list(found), "vector": pa.array(found.values(), pa.list_(pa.float32()))})
        written[name] = f"{number:04}.parquet"
        parquet.write_table(table, folder / "vectors" / written[name])
    return written


def restore(folder: Path, target: Path, renamed: Renamed) -> None:
    """Builds the folder of a workspace from a snapshot."""
    target.mkdir(mode=0o700)
    kept = Records(target / RECORDS)
    with (folder / "records.jsonl").open() as lines:
        kept.put_all((name, renamed.text(key), renamed.json(body)) for name, key, body in map(json.loads, lines))
    kept.close()
    for file in folder.glob(f"{DATABASE}*"):
        shutil.copyfile(file, target / file.name)
    copy_tree(folder / "files", target)


def restore_vectors(folder: Path, workspace: Workspace, written: dict[str, str]) -> None:
    """Stores the vectors again."""
    if not written:
        return
    from pyarrow import parquet

    for name, file in written.items():
        table = parquet.read_table(folder / "vectors" / file)
        workspace.engine(Vectors).upsert(name, table["key"].to_pylist(), _matrix(table["vector"]))


def copy_tree(source: Path, target: Path, rename: Callable[[str], str] = str) -> None:
    """Copies all files below, each part of whose paths may get another name."""
    for file in sorted(source.rglob("*")):
        if file.is_file():
            parts = map(rename, file.relative_to(source).parts)
            copied = target.joinpath(*parts)
            copied.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(file, copied)


def _matrix(column: Any) -> Any:
    import numpy as np

    return np.asarray(column.to_pylist(), np.float32)


def _copy(file: Path, target: Path) -> None:
    """A copy; of a database that is in use, a consistent one."""
    if file.suffix != ".sqlite":
        shutil.copyfile(file, target)
        return
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copied:
        source.backup(copied)
