"""The tree of folders, files and notebooks: records for the tree, files for the bytes."""

import base64
import os
from collections.abc import Iterator
from pathlib import PurePosixPath

from mocks.core.errors import (
    BadRequest,
    InvalidParameterValue,
    NotImplementedYet,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
)
from mocks.core.workspace import Workspace
from mocks.workspace_files import notebooks
from mocks.workspace_files.wire import Exported, Format, Kept, Language, NewObject, ObjectInfo, Objects

LARGEST = 10 * 1024 * 1024
_UNKNOWN: tuple[Format, ...] = ("HTML", "DBC", "R_MARKDOWN")


class WorkspaceFileStore:
    """The files of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._objects = workspace.collection("workspace_files.objects", Kept, "Path")
        self._blobs = workspace.folder / "workspace_files"
        for folder in ("/", "/Shared", "/Repos", "/Users", f"/Users/{workspace.owner}"):
            if self._objects.find(folder) is None:
                self._objects.put(folder, self._described(folder, "DIRECTORY"))

    def import_object(self, body: NewObject, content: bytes) -> None:
        """Writes a file or notebook; its folder must be there.

        Raises: InvalidParameterValue, ResourceAlreadyExists, ResourceDoesNotExist, NotImplementedYet
        """
        if len(content) > LARGEST:
            raise BadRequest(
                f"The content has {len(content)} bytes; an import takes at most {LARGEST}.",
                error_code="MAX_NOTEBOOK_SIZE_EXCEEDED",
            )
        made, content = self._made(body, content)
        with self._workspace.lock:
            older = self._check_target(made, body.overwrite)
            blob = self._keep(content)
            kept = made.model_copy(update={"blob": blob, "size": len(content)})
            if older is not None:
                same = {"object_id": older.object_id, "resource_id": older.resource_id, "created_at": older.created_at}
                kept = kept.model_copy(update=same)
            self._objects.put(made.path, kept)
        if older is not None:
            self._forget(older)

    def export(self, path: str, form: Format) -> Exported:
        """The content in base64."""
        found, content = self.content(path, form)
        suffix = PurePosixPath(found.path).suffix.lstrip(".") or "py"
        return Exported(content=base64.b64encode(content).decode(), file_type=suffix)

    def content(self, path: str, form: Format) -> tuple[Kept, bytes]:
        """The object and its bytes.

        Raises: ResourceDoesNotExist, BadRequest, NotImplementedYet
        """
        found = self._get(path)
        if found.blob is None:
            raise NotImplementedYet(f"The folder {found.path} cannot be exported; only files and notebooks can.")
        kept = (self._blobs / found.blob).read_bytes()
        if found.object_type == "FILE":
            if form not in ("AUTO", "RAW", "SOURCE"):
                raise InvalidParameterValue(f"A file cannot be exported in the format {form}.")
            return found, kept
        wanted = "SOURCE" if form in ("AUTO", "RAW") else form
        if wanted != found.notebook_format:
            raise NotImplementedYet(f"A notebook kept as {found.notebook_format} is not turned into {form} here.")
        return found, (notebooks.header(found.language or "PYTHON") if wanted == "SOURCE" else b"") + kept

    def get_status(self, path: str) -> ObjectInfo:
        """What lies there.

        Raises: ResourceDoesNotExist
        """
        return self._get(path).shown()

    def list_objects(self, path: str, modified_after: int | None) -> Objects:
        """What lies in the folder, or the one object itself.

        Raises: ResourceDoesNotExist
        """
        found = self._get(path)
        listed = list(self._within(found.path)) if found.object_type == "DIRECTORY" else [found]
        if modified_after is not None:
            listed = [
                one for one in listed if one.object_type != "NOTEBOOK" or (one.modified_at or 0) >= modified_after
            ]
        return Objects(objects=[one.shown() for one in listed])

    def mkdirs(self, path: str) -> None:
        """Makes the folder and those above it.

        Raises: ResourceAlreadyExists, InvalidParameterValue
        """
        target = PurePosixPath(_plain(path))
        with self._workspace.lock:
            for folder in (*reversed(target.parents), target):
                found = self._objects.find(str(folder))
                if found is None:
                    self._objects.put(str(folder), self._described(str(folder), "DIRECTORY"))
                elif found.object_type != "DIRECTORY":
                    raise ResourceAlreadyExists(f"Path ({folder}) is not a folder.")

    def delete(self, path: str, recursive: bool) -> None:
        """Removes an object; a folder with content only if asked to.

        Raises: ResourceDoesNotExist, BadRequest
        """
        with self._workspace.lock:
            found = self._get(path)
            if found.path in ("/", "/Shared", "/Users", "/Repos"):
                raise BadRequest(f"Folder ({found.path}) is protected.", error_code="PERMISSION_DENIED")
            inside = self._objects.all(f"{found.path}/") if found.object_type == "DIRECTORY" else []
            if inside and not recursive:
                raise BadRequest(f"Folder ({found.path}) is not empty.", error_code="DIRECTORY_NOT_EMPTY")
            for one in (*reversed(inside), found):
                self._objects.delete(one.path)
        for one in (*inside, found):
            self._forget(one)

    def _get(self, path: str) -> Kept:
        plain = _plain(path)
        found = self._objects.find(plain)
        if found is None:
            raise ResourceDoesNotExist(f"Path ({plain}) doesn't exist.")
        return found

    def _within(self, folder: str) -> Iterator[Kept]:
        prefix = folder.rstrip("/") + "/"
        for found in self._objects.all(prefix):
            rest = found.path[len(prefix) :]
            if rest and "/" not in rest:
                yield found

    def _made(self, body: NewObject, content: bytes) -> tuple[Kept, bytes]:
        """The new object and what of its content is kept."""
        path, form = _plain(body.path), body.format
        if form in _UNKNOWN:
            raise NotImplementedYet(f"The format {form} is not imported here.")
        if form == "JUPYTER" or (form == "AUTO" and path.endswith(".ipynb")):
            return self._described(path.removesuffix(".ipynb"), "NOTEBOOK", "PYTHON", "JUPYTER"), content
        language = notebooks.recognised(path, content) if form == "AUTO" else body.language
        if form == "RAW" or (form == "AUTO" and language is None):
            return self._described(path, "FILE"), content
        if language is None:
            raise InvalidParameterValue("The language of the notebook must be given with the format SOURCE.")
        if form == "AUTO":
            path = str(PurePosixPath(path).with_suffix(""))
        return self._described(path, "NOTEBOOK", language, "SOURCE"), notebooks.source(content, language)

    def _described(
        self, path: str, sort: str, language: Language | None = None, notebook_format: str | None = None
    ) -> Kept:
        now = None if sort == "DIRECTORY" else self._workspace.now_ms()
        number = int(self._workspace.new_id()[:13], 16)
        return Kept.model_validate(
            {"path": path, "object_type": sort, "object_id": number, "resource_id": str(number), "language": language}
            | {"created_at": now, "modified_at": now, "notebook_format": notebook_format}
        )

    def _check_target(self, made: Kept, overwrite: bool) -> Kept | None:
        """The object that is replaced, if it may be."""
        parent = str(PurePosixPath(made.path).parent)
        folder = self._objects.find(parent)
        if folder is None or folder.object_type != "DIRECTORY":
            raise ResourceDoesNotExist(f"The parent folder ({parent}) does not exist.")
        older = self._objects.find(made.path)
        if older is None:
            return None
        if not overwrite:
            raise ResourceAlreadyExists(f"Path ({made.path}) already exists.")
        if older.object_type != made.object_type:
            raise InvalidParameterValue(
                f"Cannot overwrite the {older.object_type.lower()} {made.path} by a {made.object_type.lower()}."
            )
        return older

    def _keep(self, content: bytes) -> str:
        """The name of the file that now holds the bytes, written whole before any record names it."""
        self._blobs.mkdir(exist_ok=True, mode=0o700)
        name = self._workspace.new_id()
        with (self._blobs / name).open("wb") as file:
            file.write(content)
            os.fsync(file.fileno())
        return name

    def _forget(self, kept: Kept) -> None:
        if kept.blob is not None:
            (self._blobs / kept.blob).unlink(missing_ok=True)


def _plain(path: str) -> str:
    """The path without `/Workspace` and without a slash at its end.

    Raises: InvalidParameterValue
    """
    segments = path.split("/")
    if not path.startswith("/") or any(segment in (".", "..") or "\0" in segment for segment in segments):
        raise InvalidParameterValue(f"Path ({path}) is not an absolute path of the workspace.")
    names = [segment for segment in segments if segment]
    return "/" + "/".join(names[1:] if names[:1] == ["Workspace"] else names)
