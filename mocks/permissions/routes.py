"""Routes of the Permissions API."""

from typing import Annotated

from fastapi import Depends

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.permissions.store import PermissionStore
from mocks.permissions.wire import AccessChange, PermissionLevels, Permissions

api = Api()
Store = Annotated[PermissionStore, Depends(in_workspace(PermissionStore))]
OBJECT = "/api/2.0/permissions/{kind}/{object_id}"


@api.get(OBJECT)
def get_permissions(kind: str, object_id: str, store: Store) -> Permissions:
    """Who has what."""
    return store.get(kind, object_id)


@api.put(OBJECT)
def set_permissions(kind: str, object_id: str, body: AccessChange, store: Store) -> Permissions:
    """Replaces the access list."""
    return store.set(kind, object_id, body, add=False)


@api.patch(OBJECT)
def update_permissions(kind: str, object_id: str, body: AccessChange, store: Store) -> Permissions:
    """Adds to the access list."""
    return store.set(kind, object_id, body, add=True)


@api.get(f"{OBJECT}/permissionLevels")
def get_permission_levels(kind: str, object_id: str, store: Store) -> PermissionLevels:
    """The levels that the object knows."""
    return store.get_levels(kind, object_id)
