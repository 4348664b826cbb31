"""Files to sections: PDF, DOCX, HTML, Markdown and plain text, each by its own library."""

import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import docx
from bs4 import BeautifulSoup, Tag
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from pypdf import PdfReader
from pypdf.errors import PyPdfError

_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_PAGES = 2_000
_NUMBERED = re.compile(r"(?:(?:article|section)\s+[\dIVXLC]+|\d{1,3}(?:\.\d{1,3})*)[.:)]?\s+[A-Z][^.;:]{1,80}", re.I)
_PAGE_LINE = re.compile(r"\bpage\s+\d+(\s+of\s+\d+)?\b|^\W*\d{1,4}\W*$", re.I)
_UNTITLED = {"", "untitled", "(unspecified)", "(anonymous)"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOISE = ("script", "style", "nav", "header", "footer", "aside", "noscript", "template")


class UnreadableError(Exception):
    """A file that gives no text; the message says why."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    text: str


@dataclass(frozen=True)
class Document:
    """A file's title and sections, in order."""

    path: str
    title: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(f"{section.title}\n{section.text}".strip() for section in self.sections)


# A line of a document: its text, and whether it is a title ("title"), a heading ("heading") or neither ("").
Line = tuple[str, str]


def parse(path: str, content: bytes) -> Document:
    """Raises: UnreadableError"""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in PARSERS:
        raise UnreadableError(f"no parser for {suffix or 'files without a suffix'}")
    if not content:
        raise UnreadableError("empty file")
    title, sections = _sections(PARSERS[suffix](content))
    if not sections:
        raise UnreadableError("no text in it")
    return Document(path, title or PurePosixPath(path).stem, sections)


def _sections(lines: Iterable[Line]) -> tuple[str, tuple[Section, ...]]:
    """Groups lines under their headings; what stands before the first heading keeps an empty one."""
    title, heading = "", ""
    body: list[str] = []
    sections: list[Section] = []
    for text, role in lines:
        if role == "title" and not title:
            title = text
        elif role:
            sections.append(Section(heading, "\n".join(body)))
            heading, body = text, []
        else:
            body.append(text)
    sections.append(Section(heading, "\n".join(body)))
    return title, tuple(section for section in sections if section.text)


def _pdf(content: bytes) -> Iterator[Line]:
    if not content.lstrip().startswith(b"%PDF"):
        raise UnreadableError("not a PDF in spite of its name")
    if b"startxref" not in content[-2048:]:
        content += b"\nstartxref\n0\n%%EOF"  # pypdf rebuilds a wrong table of objects, but not a missing one
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted")
        if len(reader.pages) > _MAX_PAGES:
            raise UnreadableError(f"more than {_MAX_PAGES} pages")
        pages = [page.extract_text().splitlines() for page in reader.pages]
        title = (reader.metadata.title or "" if reader.metadata else "").strip()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(f"damaged PDF: {error}") from error
    if not any(line.strip() for page in pages for line in page):
        raise UnreadableError(f"no text layer on {len(pages)} page(s), probably a scan")
    yield from _pdf_lines(pages, "" if title.lower() in _UNTITLED else title)


def _pdf_lines(pages: list[list[str]], title: str) -> Iterator[Line]:
    lines = list(_without_running_heads(pages))
    title = title or next((line for line in lines if not _NUMBERED.fullmatch(line)), "")
    yield title, "title"
    for is_heading, group in itertools.groupby(lines, lambda line: bool(_NUMBERED.fullmatch(line))):
        if is_heading:
            yield from ((line, "heading") for line in group)
        elif text := _joined(group).removeprefix(title).strip():  # a long title is broken over lines
            yield text, ""


def _joined(lines: Iterable[str]) -> str:
    """Lines of a page as running text; a hyphen at a line's end is kept, for most join two words."""
    return "".join(line if line.endswith("-") else f"{line} " for line in lines).strip()


def _without_running_heads(pages: list[list[str]]) -> Iterator[str]:
    """Leaves out what each page repeats at its top and foot, and lines that number the page."""
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = [{_shape(line) for line in (*page[:2], *page[-2:])} for page in stripped]
    repeated = set.intersection(*edges) if len(edges) > 1 else set()
    for page in stripped:
        for number, line in enumerate(page):
            edge = number < 2 or number >= len(page) - 2
            if not (edge and (_shape(line) in repeated or _PAGE_LINE.search(line))):
                yield line


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _docx(content: bytes) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(member.file_size for member in package.infolist()) > _MAX_UNPACKED:
                raise UnreadableError("unpacks to more than 200 MB")
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise UnreadableError(f"damaged DOCX: {error}") from error
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from ((" | ".join(cell.text.strip() for cell in row.cells), "") for row in block.rows)
        elif text := block.text.strip():
            style = (block.style.name if block.style else None) or ""
            role = "title" if style == "Title" else "heading" if style.startswith("Heading") else ""
            yield text, role


def _html(content: bytes) -> Iterator[Line]:
    soup = BeautifulSoup(content, "html.parser")
    for noise in soup(list(_NOISE)):
        noise.decompose()
    if soup.title and soup.title.get_text(strip=True):
        yield soup.title.get_text(" ", strip=True), "title"
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for block in soup([*_HEADINGS, "p", "li", "tr", "pre", "blockquote"]):
        text = _block_text(block)
        if text and not (block.name == "h1" and text == title):
            yield text, _html_role(block.name, title)


def _html_role(name: str, title: str) -> str:
    if name == "h1" and not title:
        return "title"
    return "heading" if name in _HEADINGS else ""


def _block_text(block: Tag) -> str:
    if block.name == "tr":
        return " | ".join(cell.get_text(" ", strip=True) for cell in block(["td", "th"]))
    return "" if block.find_parent("tr") else " ".join(block.get_text(" ").split())


def _markdown(content: bytes) -> Iterator[Line]:
    for paragraph in re.split(r"\n\s*\n", _decoded(content)):
        for line in paragraph.splitlines():
            heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
            if heading:
                yield heading[2], "title" if heading[1] == "#" else "heading"
            elif line.strip():
                yield line.strip(), ""


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


PARSERS: dict[str, Callable[[bytes], Iterator[Line]]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".html": _html,
    ".htm": _html,
    ".md": _markdown,
    ".txt": _markdown,
}
