"""Files and directories on disk; a file appears whole or not at all."""

import mimetypes
import os
from collections.abc import AsyncIterator
from pathlib import Path

from anyio import to_thread

from mocks.core.errors import AlreadyExists, InvalidParameterValue, NotFound
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.securables import SCHEMA, VOLUME
from mocks.engines.metastore.storage import Storage
from mocks.files.wire import Directory, DirectoryEntry

BLOCK = 1024 * 1024


class FileStore:
    """The Files API of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._grants = workspace, workspace.engine(Grants)
        self._storage = workspace.engine(Storage)

    async def upload(self, path: str, body: AsyncIterator[bytes], overwrite: bool) -> None:
        """Writes the file beside its place, then renames it.

        Raises: AlreadyExists, InvalidParameterValue, NotFound
        """
        self.check_upload(path, overwrite)
        part = self._storage.incoming / self._workspace.new_id()
        try:
            await _write(part, body)
            self.settle(path, part, overwrite)
        finally:
            part.unlink(missing_ok=True)

    def check_upload(self, path: str, overwrite: bool) -> None:
        """Whether a file may be written there.

        Raises: AlreadyExists, InvalidParameterValue, NotFound, PermissionDenied
        """
        self._check_target(path, self._writable(path), overwrite)

    def settle(self, path: str, part: Path, overwrite: bool) -> None:
        """Puts a whole file in its place.

        Raises: AlreadyExists, InvalidParameterValue, NotFound, PermissionDenied
        """
        target = self._writable(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._check_target(path, target, overwrite)
            os.replace(part, target)
        except (NotADirectoryError, FileExistsError):
            raise InvalidParameterValue(f"A file stands where '{path}' needs a directory.") from None

    def file(self, path: str) -> Path:
        """The file on disk.

        Raises: InvalidParameterValue, NotFound
        """
        found = self._readable(path)
        if not found.is_file():
            raise NotFound(f"The file '{path}' does not exist.")
        return found

    def delete_file(self, path: str) -> None:
        """Removes the file."""
        self._writable(path)
        self.file(path).unlink()

    def create_directory(self, path: str) -> None:
        """Makes the directory and those above it; an existing one is fine."""
        try:
            self._writable(path).mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise AlreadyExists(f"'{path}' is a file.") from None

    def directory(self, path: str) -> Path:
        """The directory on disk.

        Raises: InvalidParameterValue, NotFound
        """
        found = self._readable(path)
        if not found.is_dir():
            raise NotFound(f"The directory '{path}' does not exist.")
        return found

    def delete_directory(self, path: str) -> None:
        """Removes an empty directory."""
        self._writable(path)
        folder = self.directory(path)
        if any(folder.iterdir()):
            raise InvalidParameterValue(f"The directory '{path}' is not empty.")
        folder.rmdir()

    def list_directory(self, path: str, size: int | None, token: str | None) -> Directory:
        """The entries by name."""
        children = sorted(self.directory(path).iterdir(), key=lambda child: child.name)
        chosen, following = page(children, size or 1000, token)
        root = "/" + path.strip("/")
        return Directory(contents=[_entry(root, child) for child in chosen], next_page_token=following)

    def presigned(self, path: str, writing: bool = False) -> str:
        """A URL for the path that works without a token."""
        self._allowed(path, "WRITE_VOLUME" if writing else "READ_VOLUME")
        return self._workspace.signed_url(f"/_signed/files/{path.strip('/')}")

    def _readable(self, path: str) -> Path:
        return self._allowed(path, "READ_VOLUME")

    def _writable(self, path: str) -> Path:
        return self._allowed(path, "WRITE_VOLUME")

    def _allowed(self, path: str, privilege: str) -> Path:
        """The place on disk, if the caller has the privilege on its volume."""
        found = self._storage.local(path)
        root, *volume = path.strip("/").split("/")[:4]
        if root == "Volumes":
            self._grants.require(self._workspace.user_name, privilege, VOLUME, ".".join(volume))
        if root == "Models":
            wanted = "EXECUTE" if privilege == "READ_VOLUME" else "CREATE_MODEL_VERSION"
            self._grants.require(self._workspace.user_name, wanted, SCHEMA, ".".join(volume[:2]))
        return found

    @staticmethod
    def _check_target(path: str, target: Path, overwrite: bool) -> None:
        if target.is_dir():
            raise InvalidParameterValue(f"'{path}' is a directory.")
        if target.exists() and not overwrite:
            raise AlreadyExists(f"The file '{path}' already exists.")


def media_type(path: Path) -> str:
    """The content type, by the file's name."""
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


async def _write(part: Path, body: AsyncIterator[bytes]) -> None:
    with part.open("wb", buffering=0) as file:
        block = bytearray()
        async for chunk in body:
            block += chunk
            if len(block) >= BLOCK:
                await to_thread.run_sync(file.write, bytes(block))
                block.clear()
        await to_thread.run_sync(file.write, bytes(block))


def _entry(root: str, child: Path) -> DirectoryEntry:
    status = child.stat()
    return DirectoryEntry(
        path=f"{root}/{child.name}",
        name=child.name,
        is_directory=child.is_dir(),
        file_size=None if child.is_dir() else status.st_size,
        last_modified=int(status.st_mtime * 1000),
    )
