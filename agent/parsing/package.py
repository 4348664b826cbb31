"""Office files are ZIP packages of XML parts: what must be so before a library opens one."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from agent.parsing.document import UnreadableError

MAX_UNPACKED_MB = 200
_MAX_MEMBERS = 10_000
_MB = 1024 * 1024
_FOLDERS = {"word/": "DOCX", "ppt/": "PPTX", "xl/": "XLSX"}
_BLOCK = 1 << 16


def kind(content: bytes) -> str:
    """DOCX, PPTX or XLSX by the folder of its parts, else ZIP archive.

    Raises: zipfile.BadZipFile
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
    return next((kind for folder, kind in _FOLDERS.items() if any(n.startswith(folder) for n in names)), "ZIP archive")


@contextmanager
def checked(content: bytes, kind: str) -> Iterator[io.BytesIO]:
    """The package, small enough, without macros and entities; what its library cannot open is named as damaged.

    Raises: UnreadableError
    """
    try:
        _check(content)
        yield io.BytesIO(content)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise UnreadableError(f"damaged {kind}: {error}") from error
    except (NotImplementedError, RuntimeError) as error:  # zipfile: an unknown compression, a password
        raise UnreadableError(f"damaged {kind}: {error}") from error


def _check(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        if len(members) > _MAX_MEMBERS:
            raise UnreadableError(f"more than {_MAX_MEMBERS:,} parts in the package")
        if sum(member.file_size for member in members) > MAX_UNPACKED_MB * _MB:
            raise UnreadableError(f"unpacks to more than {MAX_UNPACKED_MB} MB")
        for member in members:
            if member.filename.lower().endswith("vbaproject.bin"):
                raise UnreadableError("a file with macros")
            if member.filename.lower().endswith((".xml", ".rels")) and _declares_entities(package, member):
                raise UnreadableError("XML entities, which no Office program writes")


def _declares_entities(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """A document type may only stand before the root element, so the start of a part tells."""
    with package.open(member) as part:
        return b"<!DOCTYPE" in part.read(_BLOCK).replace(b"\0", b"").upper()
