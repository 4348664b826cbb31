"""Word documents: paragraphs and tables in their order, also inside content controls, as with all changes accepted."""

import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from agent.parsing.document import Line, UnreadableError
from agent.parsing.headings import is_numbered
from agent.parsing.package import checked

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_TEXTS = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"heading \d", re.I)


def lines(content: bytes) -> Iterator[Line]:
    """Raises: UnreadableError"""
    with checked(content, "DOCX") as stream:
        try:
            document = docx.Document(stream)
        except PackageNotFoundError as error:
            raise UnreadableError(f"damaged DOCX: {error}") from error
        for block in document.element.body.iter(_PARAGRAPH, _TABLE):
            if _is_inside(block):
                continue
            if block.tag == _TABLE:
                yield from _rows(Table(block, document))
            elif text := _text(block):
                yield text, _role(Paragraph(block, document), text)


def _is_inside(block: Any) -> bool:
    """Whether the block is told with the table or the paragraph that it stands in."""
    return any(above.tag in (_PARAGRAPH, _TABLE) for above in block.iterancestors())


def _rows(table: Table) -> Iterator[Line]:
    for row in table._tbl.tr_lst:  # python-docx repeats a merged cell for each column that it covers
        cells = [" ".join(filter(None, map(_text, cell.iter(_PARAGRAPH)))) for cell in row.tc_lst]
        if any(cells):
            yield " | ".join(cells), ""


def _text(paragraph: Any) -> str:
    """Insertions are part of it, deletions are not: their text is in other elements."""
    elements = (e for e in paragraph.iter(*_TEXTS) if not any(above.tag == _TWICE for above in e.iterancestors()))
    return "".join(_TEXTS[element.tag] or element.text or "" for element in elements).strip()


def _role(paragraph: Paragraph, text: str) -> str:
    style = paragraph.style
    while style is not None:
        if style.name == "Title":
            return "title"
        if _HEADING.match(style.name or ""):
            return "heading"
        style = style.base_style
    return "heading" if is_numbered(text) and all(run.bold for run in paragraph.runs) else ""
