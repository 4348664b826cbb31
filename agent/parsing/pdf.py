"""PDF: lines in reading order, headings by number or size of type, tables by the alignment of their cells."""

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from agent.parsing.document import Line, UnreadableError
from agent.parsing.headings import is_numbered
from agent.parsing.layout import in_reading_order
from agent.parsing.type_sizes import heading_lines

MAX_PAGES = 2_000
_PAGE = r"(?:page|seite|página|pagina|strona)\s+\d+(?:\s+\w{2,3}\s+\d+)?"
_PAGE_LINE = re.compile(rf"^\W*{_PAGE}\b|\b{_PAGE}[^\w.]*$|^\W*\d{{1,4}}(?:\s*/\s*\d{{1,4}})?\W*$", re.I)
_UNTITLED = {"", "untitled", "(unspecified)", "(anonymous)"}
_OFTEN = 3
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError)


def lines(content: bytes) -> Iterator[Line]:
    """Raises: UnreadableError"""
    if not content.lstrip().startswith(b"%PDF"):
        raise UnreadableError("not a PDF in spite of its name")
    if b"startxref" not in content[-2048:]:
        content += b"\nstartxref\n0\n%%EOF"  # pypdf rebuilds a wrong table of objects, but not a missing one
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted: it opens with a password only")
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableError(f"{len(reader.pages):,} pages, more than {MAX_PAGES:,}")
        pages = [list(_page(page)) for page in reader.pages]
        large = heading_lines(reader.pages)
        title = (reader.metadata.title or "" if reader.metadata else "").strip()
    except _DAMAGE as error:
        raise UnreadableError(f"damaged PDF: {error}") from error
    if not any(pages):
        raise UnreadableError(f"no text layer on {len(pages)} page(s), probably a scan")
    yield from _told(pages, large, "" if title.lower() in _UNTITLED else title)


def _page(page: PageObject) -> Iterator[Line]:
    try:
        told = page.extract_text(extraction_mode="layout")
    except _DAMAGE:  # a page without fonts of its own, say; the plain way asks for less
        told = page.extract_text()
    return in_reading_order(told.splitlines())


def _told(pages: list[list[Line]], large: set[str], title: str) -> Iterator[Line]:
    told = list(_without_running_heads(pages))
    title = title or next((text for text, _ in told if text in large), "")
    title = title or next((text for text, _ in told if not is_numbered(text)), "")
    yield title, "title"
    roles = ((text, role or ("heading" if is_numbered(text) or text in large else "")) for text, role in told)
    for role, group in itertools.groupby(roles, lambda line: line[1]):
        if role:
            yield from ((text, "" if role == "row" else role) for text, _ in group if text != title)
        elif text := _joined(line for line, _ in group).removeprefix(title).strip():  # it may be broken over lines
            yield text, ""


def _joined(told: Iterable[str]) -> str:
    """Lines of a page as running text; a hyphen at a line's end is kept, for most join two words."""
    return "".join(line if line.endswith("-") else f"{line} " for line in told).strip()


def _without_running_heads(pages: list[list[Line]]) -> Iterator[Line]:
    """Leaves out what each page repeats at its top and foot, and lines that number the page."""
    edges = [{text for text, _ in (*page[:2], *page[-2:])} for page in pages if page]
    repeated = set.intersection(*edges) if len(edges) > 1 else set()
    ends = Counter(_shape(text) for page in pages if len(page) > 1 for text in {page[0][0], page[-1][0]})
    for page in pages:
        for number, (text, role) in enumerate(page):
            edge = number < 2 or number >= len(page) - 2
            end = number in (0, len(page) - 1) and ends[_shape(text)] >= _OFTEN
            if not (end or (edge and (text in repeated or _PAGE_LINE.search(text)))):
                yield text, role


def _shape(text: str) -> str:
    """The heads of a chapter's pages differ in the number of the page alone."""
    return re.sub(r"\d+", "#", text)
