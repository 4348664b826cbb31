"""Saving, loading and comparing; a snapshot is written aside and appears whole."""

import json
import os
import re
import shutil
import uuid
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from mocks.core.errors import AlreadyExists, InvalidParameterValue, InvalidState, ResourceDoesNotExist
from mocks.core.workspace import Workspace, Workspaces
from mocks.engines.mlflow.server import MlflowServer, MlflowWorkspace
from mocks.snapshots import parts
from mocks.snapshots.inventory import inventory
from mocks.snapshots.mlflow_rows import MlflowRows, Renamed
from mocks.snapshots.wire import NAME, SCHEMA, Difference, Manifest

FOLDER, MANIFEST = "snapshots", "manifest.json"


class SnapshotStore:
    """The snapshots of a sandbox; a folder each."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._folder = workspaces.settings.data / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._rows = MlflowRows(workspaces.shared(MlflowServer))

    def save(self, name: str, workspace_name: str, *, overwrite: bool = False) -> Manifest:
        """Keeps the present state of a workspace.

        Raises: AlreadyExists, ResourceDoesNotExist
        """
        workspace = self._workspaces.named(workspace_name)
        target = self._folder / name
        if target.exists() and not overwrite:
            raise AlreadyExists(f"Snapshot '{name}' already exists; save it with overwrite, or remove it first.")
        aside = self._folder / f".{uuid.uuid4().hex}"
        aside.mkdir(mode=0o700)
        try:
            manifest = self._write(workspace, name, aside)
            _swap(aside, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return manifest

    def load(self, name: str, workspace_name: str) -> Difference:
        """Replaces what the workspace holds by the snapshot.

        Raises: ResourceDoesNotExist, InvalidState
        """
        manifest, folder = self.get(name), self._folder / name
        difference = self.difference(name, workspace_name)
        rows = self._rows.read(folder / "mlflow")
        _open(self._workspaces.named(workspace_name)).discard()  # first, so that the same ids can come again
        renamed = self._rows.renaming(rows)
        aside = self._workspaces.settings.data / "workspaces" / f".loading-{uuid.uuid4().hex}"
        try:
            parts.restore(folder, aside, renamed)
            workspace = self._workspaces.replace(workspace_name, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        parts.restore_vectors(folder, workspace, manifest.vectors)
        self._load_mlflow(workspace, manifest, rows, renamed)
        return difference

    def difference(self, name: str, workspace_name: str) -> Difference:
        """What loading would change.

        Raises: ResourceDoesNotExist, InvalidState
        """
        kept, now = self.get(name).inventory, inventory(self._workspaces.named(workspace_name), self._rows)
        return Difference(
            added=sorted(set(kept) - set(now)),
            removed=sorted(set(now) - set(kept)),
            modified=sorted(key for key in set(kept) & set(now) if kept[key] != now[key]),
        )

    def all(self) -> list[Manifest]:
        """The snapshots, by name."""
        return [self.get(file.parent.name) for file in sorted(self._folder.glob(f"[!.]*/{MANIFEST}"))]

    def get(self, name: str) -> Manifest:
        """The manifest.

        Raises: InvalidParameterValue, ResourceDoesNotExist, InvalidState
        """
        if not re.match(NAME, name):
            raise InvalidParameterValue(f"{name!r} cannot be the name of a snapshot.")
        file = self._folder / name / MANIFEST
        if not file.exists():
            raise ResourceDoesNotExist(f"Snapshot '{name}' does not exist.")
        told = json.loads(file.read_text())
        if told.get("schema_version") != SCHEMA:
            raise InvalidState(
                f"Snapshot '{name}' has format {told.get('schema_version')} of sandbricks {told.get('sandbricks')}; "
                f"this version reads format {SCHEMA}.",
                error_code="INCOMPATIBLE",
            )
        return Manifest.model_validate(told)

    def remove(self, name: str) -> None:
        """Removes a snapshot.

        Raises: ResourceDoesNotExist
        """
        self.get(name)
        grave = self._folder / f".{uuid.uuid4().hex}"
        (self._folder / name).rename(grave)
        shutil.rmtree(grave)

    def _write(self, workspace: Workspace, name: str, aside: Path) -> Manifest:
        counts = parts.save(workspace, aside)
        vectors = parts.save_vectors(workspace, aside)
        own = workspace.engine(MlflowWorkspace)
        rows = self._rows.of(own.name)
        self._rows.write(rows, aside / "mlflow")
        parts.copy_tree(own.artifacts, aside / "mlflow" / "artifacts")
        manifest = Manifest(
            name=name,
            sandbricks=version("sandbricks"),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            workspace=workspace.name,
            mlflow_workspace=own.name,
            counts=counts | {"vectors": len(vectors), "mlflow": sum(map(len, rows.values()))},
            vectors=vectors,
            inventory=inventory(workspace, self._rows),
        )
        (aside / MANIFEST).write_text(json.dumps(manifest.body(), indent=1, ensure_ascii=False))
        return manifest

    def _load_mlflow(self, workspace: Workspace, manifest: Manifest, rows: parts.Rows, renamed: Renamed) -> None:
        artifacts = self._folder / manifest.name / "mlflow" / "artifacts"
        if not rows and not artifacts.exists():
            return
        own = _open(workspace)
        self._rows.insert(rows, renamed, manifest.mlflow_workspace, own.name)
        parts.copy_tree(artifacts, own.artifacts, renamed.path)


def _open(workspace: Workspace) -> MlflowWorkspace:
    """The part of MLflow that belongs to the workspace; the first call makes it."""
    own = workspace.engine(MlflowWorkspace)
    own.send("POST", "/api/2.0/mlflow/experiments/search", json={"max_results": 1})
    return own


def _swap(aside: Path, target: Path) -> None:
    """Lets the new one appear and the old one vanish."""
    old = target.with_name(f".{uuid.uuid4().hex}")
    if target.exists():
        target.rename(old)
    os.replace(aside, target)
    shutil.rmtree(old, ignore_errors=True)
