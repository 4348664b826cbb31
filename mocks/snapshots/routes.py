"""Routes of the control API for snapshots."""

from typing import Annotated, Any

from fastapi import Depends

from mocks.core.admin import Controlled
from mocks.core.wire import Api
from mocks.core.workspace import DEFAULT
from mocks.snapshots.store import SnapshotStore
from mocks.snapshots.wire import Difference, Loading, Manifest, NewSnapshot

api = Api()
SNAPSHOTS = "/_sandbox/snapshots"


def _store(control: Controlled) -> SnapshotStore:
    return SnapshotStore(control.workspaces)


Store = Annotated[SnapshotStore, Depends(_store)]


@api.post(SNAPSHOTS)
def save_snapshot(body: NewSnapshot, store: Store) -> Manifest:
    """Keeps the present state of a workspace."""
    return store.save(body.name, body.workspace, overwrite=body.overwrite).shown()


@api.get(SNAPSHOTS)
def list_snapshots(store: Store) -> dict[str, Any]:
    """All snapshots, by name."""
    return {"snapshots": [manifest.shown() for manifest in store.all()]}


@api.get(f"{SNAPSHOTS}/{{name}}")
def show_snapshot(name: str, store: Store) -> Manifest:
    """One snapshot with the digests of all that is in it."""
    return store.get(name)


@api.get(f"{SNAPSHOTS}/{{name}}/diff")
def diff_snapshot(name: str, store: Store, workspace: str = DEFAULT) -> Difference:
    """What loading the snapshot would change."""
    return store.difference(name, workspace)


@api.post(f"{SNAPSHOTS}/{{name}}/load")
def load_snapshot(name: str, body: Loading, store: Store) -> Difference:
    """Puts the snapshot in the place of what a workspace holds; its token stays."""
    return store.difference(name, body.workspace) if body.dry_run else store.load(name, body.workspace)


@api.delete(f"{SNAPSHOTS}/{{name}}")
def delete_snapshot(name: str, store: Store) -> None:
    """Removes a snapshot."""
    store.remove(name)
