"""Bodies of the workspace API, and the form in which the SDK uploads."""

import re
from typing import Any, Literal

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Wire

Format = Literal["AUTO", "DBC", "HTML", "JUPYTER", "RAW", "R_MARKDOWN", "SOURCE"]
Language = Literal["PYTHON", "R", "SCALA", "SQL"]
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?')
_NAME = re.compile(rb'name="([^"]*)"')


class NewObject(Wire):
    """A file or notebook to be imported; the content is base64."""

    path: str
    content: str = ""
    format: Format = "SOURCE"
    language: Language | None = None
    overwrite: bool = False


class Folder(Wire):
    """A folder to be made."""

    path: str


class Deletion(Wire):
    """What is to be removed."""

    path: str
    recursive: bool = False


class ObjectInfo(Wire):
    """A file, notebook or folder."""

    path: str
    object_type: Literal["DIRECTORY", "FILE", "NOTEBOOK"]
    object_id: int
    resource_id: str
    language: Language | None = None
    created_at: int | None = None
    modified_at: int | None = None
    size: int | None = None


class Kept(ObjectInfo):
    """An object with what only we know of it: where its bytes lie, and in which form."""

    blob: str | None = None
    notebook_format: Literal["SOURCE", "JUPYTER"] | None = None

    def shown(self) -> ObjectInfo:
        """What is told of it."""
        return ObjectInfo.model_validate(self.model_dump(exclude={"blob", "notebook_format"}))


class Objects(Wire):
    """What lies in a folder."""

    objects: list[ObjectInfo]


class Exported(Wire):
    """The content in base64."""

    content: str
    file_type: str


def form(body: bytes, content_type: str) -> dict[str, bytes]:
    """The fields of a multipart form.

    Raises: InvalidParameterValue
    """
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise InvalidParameterValue("The form has no boundary.")
    fields = {}
    for part in body.split(b"--" + boundary[1].encode())[1:-1]:
        head, gap, value = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not gap or name is None or not value.endswith(b"\r\n"):
            raise InvalidParameterValue("The form is not a valid multipart body.")
        fields[name[1].decode("utf-8", "replace")] = value[:-2]
    return fields


def told(fields: dict[str, bytes]) -> dict[str, Any]:
    """The fields of a form that are texts."""
    return {name: value.decode("utf-8", "replace") for name, value in fields.items() if name != "content"}
