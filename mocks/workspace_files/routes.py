"""Routes of the workspace API."""

import base64
import binascii
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.responses import Response

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.workspace_files.store import WorkspaceFileStore
from mocks.workspace_files.wire import Deletion, Exported, Folder, Format, NewObject, ObjectInfo, Objects, form, told

api = Api()
Store = Annotated[WorkspaceFileStore, Depends(in_workspace(WorkspaceFileStore))]
WORKSPACE = "/api/2.0/workspace"


@api.post(f"{WORKSPACE}/import")
async def import_(request: Request, store: Store) -> None:
    """Writes a file or notebook, sent as a form or as JSON."""
    sort = request.headers.get("content-type", "")
    if sort.startswith("multipart/form-data"):
        fields = form(await request.body(), sort)
        body, content = _new_object(told(fields)), fields.get("content", b"")
    else:
        body = _new_object(await request.json())
        content = _decoded(body.content)
    await to_thread.run_sync(store.import_object, body, content)


@api.get(f"{WORKSPACE}/export")
def export(path: str, store: Store, format: Format = "SOURCE", direct_download: bool = False) -> Exported | Response:  # noqa: A002  # the wire's word
    """Reads a file or notebook."""
    if direct_download:
        return Response(store.content(path, format)[1], media_type="application/octet-stream")
    return store.export(path, format)


@api.get(f"{WORKSPACE}/list")
def list_objects(path: str, store: Store, notebooks_modified_after: int | None = None) -> Objects:
    """What lies in a folder."""
    return store.list_objects(path, notebooks_modified_after)


@api.get(f"{WORKSPACE}/get-status")
def get_status(path: str, store: Store) -> ObjectInfo:
    """What lies at a path."""
    return store.get_status(path)


@api.post(f"{WORKSPACE}/mkdirs")
def mkdirs(body: Folder, store: Store) -> None:
    """Makes a folder."""
    store.mkdirs(body.path)


@api.post(f"{WORKSPACE}/delete")
def delete(body: Deletion, store: Store) -> None:
    """Removes an object."""
    store.delete(body.path, body.recursive)


@api.post("/api/2.0/workspace-files/import-file/{path:path}")
async def import_file(path: str, request: Request, store: Store, overwrite: bool = False) -> None:
    """Writes a file from the plain body, as the Databricks CLI syncs."""
    body = NewObject(path=f"/{path.lstrip('/')}", format="AUTO", overwrite=overwrite)
    await to_thread.run_sync(store.import_object, body, await request.body())


def _new_object(fields: object) -> NewObject:
    try:
        return NewObject.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidParameterValue(f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}") from None


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidParameterValue("The content is not valid base64.") from None
