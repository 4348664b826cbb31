"""Uploads in parts: begun, sent part by part through presigned URLs, then completed or given up."""

import json
import os
import re
import shutil
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO

from anyio import to_thread

from mocks.core.errors import InvalidParameterValue, NotFound
from mocks.core.workspace import Workspace
from mocks.engines.metastore.storage import Storage
from mocks.files.store import BLOCK, FileStore
from mocks.files.wire import CompletedPart, PartUrl, PresignedUrl

# The limits of the cloud stores behind the real service.
MOST_PARTS = 10_000
_TOKEN = re.compile(r"[0-9a-f]{32}")


class Uploads:
    """The uploads under way in one workspace; each has a folder, so a restart loses none."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._files = workspace, FileStore(workspace)
        self._incoming = workspace.engine(Storage).incoming

    def begin(self, path: str, overwrite: bool) -> str:
        """The token of a new upload.

        Raises: AlreadyExists, InvalidParameterValue, NotFound, PermissionDenied
        """
        self._files.check_upload(path, overwrite)
        token = self._workspace.new_id()
        folder = self._incoming / f"upload-{token}"
        folder.mkdir()
        (folder / "told.json").write_text(json.dumps({"path": _plain(path), "overwrite": overwrite}))
        return token

    def part_urls(self, token: str, path: str, start: int, count: int) -> list[PartUrl]:
        """Where to send the parts.

        Raises: NotFound, InvalidParameterValue
        """
        self._told(token, path)
        if start < 1 or count < 1 or start + count - 1 > MOST_PARTS:
            raise InvalidParameterValue(f"Part numbers run from 1 to {MOST_PARTS}.")
        return [PartUrl(url=self._url(token, str(at)), part_number=at) for at in range(start, start + count)]

    def abort_url(self, token: str, path: str) -> PresignedUrl:
        """Where to say that the upload is given up.

        Raises: NotFound
        """
        self._told(token, path)
        return PresignedUrl(url=self._url(token, "abort"))

    async def put_part(self, token: str, number: int, body: AsyncIterator[bytes]) -> str:
        """Keeps a part, in place of an older one of that number; gives its tag."""
        folder, tag = self._folder(token), self._workspace.new_id()
        written = folder / f"writing-{tag}"
        with written.open("wb", buffering=0) as file:
            waiting: list[bytes] = []
            async for chunk in body:
                waiting.append(chunk)
                if sum(map(len, waiting)) >= BLOCK:
                    await to_thread.run_sync(file.write, b"".join(waiting))
                    waiting.clear()
            await to_thread.run_sync(file.write, b"".join(waiting))
        for older in folder.glob(f"{number:05}.*"):
            older.unlink(missing_ok=True)
        written.replace(folder / f"{number:05}.{tag}")
        return tag

    def complete(self, token: str, path: str, parts: list[CompletedPart]) -> None:
        """Puts the parts together, in their order, and the file in its place.

        Raises: NotFound, InvalidParameterValue, AlreadyExists
        """
        told, folder = self._told(token, path), self._folder(token)
        numbers = [part.part_number for part in parts]
        if not numbers or numbers != sorted(set(numbers)):
            raise InvalidParameterValue("The parts must be given in the order of their numbers, each once.")
        pieces = [folder / f"{part.part_number:05}.{part.etag.strip(chr(34))}" for part in parts]
        missing = [part.part_number for part, piece in zip(parts, pieces, strict=True) if not piece.is_file()]
        if missing:
            raise InvalidParameterValue(f"Part {missing[0]} was not uploaded, or its tag is another one.")
        whole = folder / "whole"
        with whole.open("wb") as file:
            for piece in pieces:
                _append(file, piece)
        self._files.settle(path, whole, bool(told["overwrite"]))
        done = folder.rename(folder.with_name(f"done-{token}"))  # the file is there; nobody waits for the tidying
        threading.Thread(target=shutil.rmtree, args=(done, True), daemon=True).start()

    def abort(self, token: str) -> None:
        """Forgets the upload and its parts.

        Raises: NotFound
        """
        shutil.rmtree(self._folder(token))

    def _told(self, token: str, path: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self._folder(token) / "told.json").read_text())
        if told["path"] != _plain(path):
            raise InvalidParameterValue("The session token belongs to the upload of another file.")
        return told

    def _folder(self, token: str) -> Path:
        folder = self._incoming / f"upload-{token}"
        if not _TOKEN.fullmatch(token) or not folder.is_dir():
            raise NotFound("No upload has that session token; it was completed, given up, or never begun.")
        return folder

    def _url(self, token: str, last: str) -> str:
        return self._workspace.signed_url(f"/_signed/uploads/{token}/{last}")


def _append(file: BinaryIO, piece: Path) -> None:
    with piece.open("rb") as source:
        left = piece.stat().st_size
        if not hasattr(os, "sendfile") or sys.platform != "linux":
            shutil.copyfileobj(source, file, BLOCK)
            return
        file.flush()
        while left:  # inside the kernel, where Linux can
            left -= os.sendfile(file.fileno(), source.fileno(), None, left)


def _plain(path: str) -> str:
    return "/" + path.strip("/")
