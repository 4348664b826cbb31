"""Routes of the Files API."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import FileResponse, Response

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.files.store import FileStore, media_type
from mocks.files.uploads import Uploads
from mocks.files.wire import (
    AbortUrl,
    AskedAbort,
    AskedParts,
    CompletedParts,
    Directory,
    InitiatedUpload,
    MultipartUpload,
    PartUrls,
    PresignedUrl,
)

api = Api()
Store = Annotated[FileStore, Depends(in_workspace(FileStore))]
Parts = Annotated[Uploads, Depends(in_workspace(Uploads))]
FILE, DIRECTORY = "/api/2.0/fs/files/{path:path}", "/api/2.0/fs/directories/{path:path}"


@api.put(FILE)
async def upload(path: str, request: Request, store: Store, overwrite: bool = False) -> Response:
    """Streams the body into a file."""
    await store.upload(path, request.stream(), overwrite)
    return Response(status_code=204)


@api.post(FILE)
def upload_in_parts(
    path: str,
    uploads: Parts,
    body: CompletedParts | None = None,
    action: str = "",
    overwrite: bool = False,
    upload_type: str = "multipart",
    session_token: str = "",
) -> InitiatedUpload | None:
    """Begins an upload in parts, or completes one."""
    if action == "initiate-upload":
        return InitiatedUpload(multipart_upload=MultipartUpload(session_token=uploads.begin(path, overwrite)))
    if action != "complete-upload" or upload_type != "multipart":
        raise InvalidParameterValue("The actions on a file are initiate-upload and complete-upload, of type multipart.")
    uploads.complete(session_token, path, body.parts if body else [])
    return None


@api.post("/api/2.0/fs/create-upload-part-urls")
def create_upload_part_urls(body: AskedParts, uploads: Parts) -> PartUrls:
    """Presigned URLs to send parts to."""
    told = uploads.part_urls(body.session_token, body.path, body.start_part_number, body.count)
    return PartUrls(upload_part_urls=told)


@api.post("/api/2.0/fs/create-abort-upload-url")
def create_abort_upload_url(body: AskedAbort, uploads: Parts) -> AbortUrl:
    """A presigned URL to give an upload up."""
    return AbortUrl(abort_upload_url=uploads.abort_url(body.session_token, body.path))


@api.put("/_signed/uploads/{token}/{number}")
async def upload_part(token: str, number: int, request: Request, uploads: Parts) -> Response:
    """Writes a part through its presigned URL."""
    tag = await uploads.put_part(token, number, request.stream())
    return Response(status_code=200, headers={"ETag": f'"{tag}"'})


@api.delete("/_signed/uploads/{token}/abort")
def abort_upload(token: str, uploads: Parts) -> Response:
    """Gives an upload up through its presigned URL."""
    uploads.abort(token)
    return Response(status_code=200)


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
