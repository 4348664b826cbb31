"""What a workspace holds, with a digest of each thing, so that two states can be compared."""

import hashlib
import json
from collections.abc import Iterator

from mocks.core.workspace import Workspace
from mocks.engines.embedding.vectors import Vectors
from mocks.engines.metastore.names import Defaults, named
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VECTOR_INDEX, VOLUME, Securables
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.engines.warehouse.duck import Duck
from mocks.snapshots.mlflow_rows import MlflowRows
from mocks.snapshots.parts import files, records


def inventory(workspace: Workspace, rows: MlflowRows) -> dict[str, str]:
    """`table main.sales.orders`, `file volumes/…`, `record …`, `vectors …`, `mlflow …`, each with its digest."""
    found = {f"record {collection}/{key}": _digest(body) for collection, key, body in records(workspace)}
    found |= dict(_securables(workspace))
    found |= {
        f"file {file.relative_to(workspace.folder)}": _digest(file.read_bytes())
        for file in files(workspace.folder)
        if file.suffix != ".sqlite"  # rows of an index; its vectors tell as much
    }
    if Vectors.used_by(workspace):
        vectors = workspace.engine(Vectors)
        found |= {f"vectors {name}": _digest("\n".join(sorted(vectors.keys(name)))) for name in vectors.names()}
    for table, kept in rows.of(workspace.engine(MlflowWorkspace).name).items():
        found[f"mlflow {table}"] = _digest(json.dumps(sorted(map(str, kept))))
    return found


def _securables(workspace: Workspace) -> Iterator[tuple[str, str]]:
    workspace.engine(Metastore)
    known = Securables(workspace)
    with workspace.engine(Duck).reading() as cursor:
        for kind in (CATALOG, SCHEMA, VOLUME, FUNCTION):
            for record in known.of_kind(cursor, kind):
                yield f"{kind} {record.name}", _digest(str(record.comment) + json.dumps(record.details, default=str))
        for record in known.of_kind(cursor, TABLE):
            query = f"SELECT count(*), bit_xor(hash(rows)) FROM {_duck(record.name)} rows"  # noqa: S608  # quoted
            has_rows = record.details["table_type"] != "VIEW" and record.details.get("format") != VECTOR_INDEX
            content = cursor.execute(query).fetchall() if has_rows else ""
            yield f"{TABLE} {record.name}", _digest(f"{record.comment} {content}")


def _duck(full_name: str) -> str:
    return named(full_name.split("."), Defaults()).duck


def _digest(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:16]
