"""Which parser reads a file: its name says so, and its first bytes must not say otherwise."""

import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePosixPath

from agent.parsing import package
from agent.parsing.document import Document, Line, UnreadableError, sections

# What the content must be, and the module and function that read it; imported when the first such file comes.
PARSERS = {
    ".pdf": ("PDF", "pdf", "lines"),
    ".docx": ("DOCX", "word", "lines"),
    ".pptx": ("PPTX", "slides", "lines"),
    ".xlsx": ("XLSX", "sheets", "lines"),
    ".html": ("HTML", "markup", "lines"),
    ".htm": ("HTML", "markup", "lines"),
    ".md": ("text", "plain", "markdown"),
    ".txt": ("text", "plain", "text"),
}
_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".pptm", ".potm")
_LONGEST_TITLE = 200
_SIGNATURES = {
    b"PK\x03\x04": "ZIP",
    b"\xd0\xcf\x11\xe0": "old or encrypted Office file",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"\x1f\x8b": "gzip archive",
    b"\x7fELF": "program",
    b"MZ\x90": "program",
    b"{\\rtf": "RTF file",
}


def parse(path: str, content: bytes) -> Document:
    """Raises: UnreadableError"""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _MACROS:
        raise UnreadableError(f"a file with macros ({suffix})")
    if suffix not in PARSERS:
        raise UnreadableError(f"no parser for {suffix or 'files without a suffix'}")
    if not content:
        raise UnreadableError("empty file")
    expected, module, function = PARSERS[suffix]
    found = _kind(content)
    if found not in (expected, None):
        raise UnreadableError(f"not a {expected} file in spite of its name, but: {found}")
    parser: Callable[[bytes], Iterator[Line]] = getattr(import_module(f"agent.parsing.{module}"), function)
    title, made = sections(parser(content))
    if not made:
        raise UnreadableError("no text in it")
    return Document(path, _line(title) or _line(PurePosixPath(path).stem), made)


def _line(text: str) -> str:
    """Names come from outside: one line of what can be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_TITLE]


def _kind(content: bytes) -> str | None:
    """What the first bytes tell; None if that is nothing."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF"):
        return "PDF"
    if head[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "HTML"
    kind = next((name for signature, name in _SIGNATURES.items() if content.startswith(signature)), None)
    return _package_kind(content) if kind == "ZIP" else kind


def _package_kind(content: bytes) -> str:
    try:
        return package.kind(content)
    except zipfile.BadZipFile:
        return "damaged ZIP archive"
