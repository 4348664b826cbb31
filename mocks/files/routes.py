"""Routes of the Files API."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import FileResponse, Response

from mocks.core.errors import InvalidParameterValue, PermissionDenied
from mocks.core.wire import Api
from mocks.core.workspace import Here, in_workspace
from mocks.files.store import FileStore, media_type
from mocks.files.wire import Directory, InitiatedUpload, MultipartUpload, PresignedUrl

api = Api()
Store = Annotated[FileStore, Depends(in_workspace(FileStore))]
FILE, DIRECTORY = "/api/2.0/fs/files/{path:path}", "/api/2.0/fs/directories/{path:path}"


@api.put(FILE)
async def upload(path: str, request: Request, store: Store, overwrite: bool = False) -> Response:
    """Streams the body into a file."""
    await store.upload(path, request.stream(), overwrite)
    return Response(status_code=204)


@api.post(FILE)
def initiate_upload(path: str, store: Store, workspace: Here, action: str = "") -> InitiatedUpload:
    """Begins a large upload; the SDK then asks for part URLs, is refused, and sends one PUT."""
    if action != "initiate-upload":
        raise InvalidParameterValue("The only action on a file is initiate-upload.")
    store.presigned(path, writing=True)
    return InitiatedUpload(multipart_upload=MultipartUpload(session_token=workspace.new_id()))


@api.post("/api/2.0/fs/create-upload-part-urls")
def create_upload_part_urls() -> None:
    """Refused with the reason on which the SDK falls back to a single streamed PUT (sdk/mixins/files.py)."""
    raise PermissionDenied(
        "Part URLs are not given out here; send the file in one PUT.",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "FILES_API_API_IS_NOT_ENABLED",
                "domain": "filesystem.databricks.com",
            }
        ],
    )


@api.get(FILE)
def download(path: str, store: Store) -> Response:
    """The bytes of the file, or the asked range of them."""
    return _file(store, path)


@api.head(FILE)
def get_metadata(path: str, store: Store) -> Response:
    """Size, type and time of the file."""
    return _file(store, path)


@api.delete(FILE)
def delete(path: str, store: Store) -> Response:
    """Removes the file."""
    store.delete_file(path)
    return Response(status_code=204)


@api.put(DIRECTORY)
def create_directory(path: str, store: Store) -> Response:
    """Makes a directory and those above it."""
    store.create_directory(path)
    return Response(status_code=204)


@api.get(DIRECTORY)
def list_directory_contents(
    path: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> Directory:
    """A page of the directory."""
    return store.list_directory(path, page_size, page_token)


@api.head(DIRECTORY)
def get_directory_metadata(path: str, store: Store) -> Response:
    """Whether it is a directory."""
    store.directory(path)
    return Response(status_code=200)


@api.delete(DIRECTORY)
def delete_directory(path: str, store: Store) -> Response:
    """Removes an empty directory."""
    store.delete_directory(path)
    return Response(status_code=204)


@api.post("/api/2.0/fs/create-download-url")
def create_download_url(path: Annotated[str, Query()], store: Store) -> PresignedUrl:
    """A presigned URL to read the file."""
    store.file(path)
    return PresignedUrl(url=store.presigned(path))


@api.post("/api/2.0/fs/create-upload-url")
def create_upload_url(path: Annotated[str, Query()], store: Store) -> PresignedUrl:
    """A presigned URL to write the file."""
    return PresignedUrl(url=store.presigned(path, writing=True))


@api.get("/_signed/files/{path:path}")
def download_presigned(path: str, store: Store) -> Response:
    """Reads through a presigned URL."""
    return _file(store, path)


@api.put("/_signed/files/{path:path}")
async def upload_presigned(path: str, request: Request, store: Store) -> Response:
    """Writes through a presigned URL."""
    await store.upload(path, request.stream(), overwrite=True)
    return Response(status_code=200)


def _file(store: FileStore, path: str) -> Response:
    found = store.file(path)
    return FileResponse(found, media_type=media_type(found))
