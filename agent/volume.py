"""The documents of a Unity Catalog volume, read through the Files API."""

from collections.abc import Iterator
from dataclasses import dataclass

from databricks.sdk import WorkspaceClient


@dataclass(frozen=True)
class File:
    """Size in bytes; modified in milliseconds since 1970."""

    path: str
    size: int
    modified: int


def files(w: WorkspaceClient, folder: str) -> Iterator[File]:
    """All files below the folder, in order."""
    entries = sorted(w.files.list_directory_contents(folder), key=lambda entry: entry.path or "")
    for entry in entries:
        path = entry.path or f"{folder}/{entry.name}"
        if entry.is_directory:
            yield from files(w, path.rstrip("/"))
        else:
            yield File(path, entry.file_size or 0, entry.last_modified or 0)


def read(w: WorkspaceClient, path: str) -> bytes:
    contents = w.files.download(path).contents
    if contents is None:  # the SDK leaves it out when the answer has no body
        return b""
    with contents:
        return contents.read()
