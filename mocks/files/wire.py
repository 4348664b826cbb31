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


class PartUrl(PresignedUrl):
    """Where one part is sent."""

    part_number: int


class PartUrls(Wire):
    """Where the parts are sent."""

    upload_part_urls: list[PartUrl]


class AskedParts(Wire):
    """Which parts are to be sent next."""

    path: str
    session_token: str
    start_part_number: int
    count: int = 1


class AskedAbort(Wire):
    """Which upload is to be given up."""

    path: str
    session_token: str


class AbortUrl(Wire):
    """Where to say that an upload is given up."""

    abort_upload_url: PresignedUrl


class CompletedPart(Wire):
    """A part, and the tag that its upload gave."""

    part_number: int
    etag: str


class CompletedParts(Wire):
    """All parts of an upload."""

    parts: list[CompletedPart] = []
