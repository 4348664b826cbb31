"""Bodies of the Files API."""

from mocks.core.wire import Wire


class DirectoryEntry(Wire):
    """A file or directory; times in milliseconds since the epoch, sizes in bytes."""

    path: str
    name: str
    is_directory: bool
    file_size: int | None = None
    last_modified: int | None = None


class Directory(Wire):
    """A page of a directory."""

    contents: list[DirectoryEntry]
    next_page_token: str | None = None


class Header(Wire):
    """A header that the client must send with a presigned URL."""

    name: str
    value: str


class PresignedUrl(Wire):
    """A URL that needs no token."""

    url: str
    headers: list[Header] = []


class MultipartUpload(Wire):
    """The start of an upload in parts."""

    session_token: str


class InitiatedUpload(Wire):
    """What `?action=initiate-upload` gives."""

    multipart_upload: MultipartUpload
