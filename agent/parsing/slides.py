"""Presentations: a section for each slide, with its tables and the speaker's notes."""

from collections.abc import Iterable, Iterator
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError

from agent.parsing.document import Line, UnreadableError
from agent.parsing.package import checked


def lines(content: bytes) -> Iterator[Line]:
    """Raises: UnreadableError"""
    with checked(content, "PPTX") as stream:
        try:
            presentation = Presentation(stream)
        except PackageNotFoundError as error:
            raise UnreadableError(f"damaged PPTX: {error}") from error
        if title := presentation.core_properties.title.strip():
            yield title, "title"
        for number, slide in enumerate(presentation.slides, 1):
            yield from _slide(slide, number)


def _slide(slide: Any, number: int) -> Iterator[Line]:
    heading = slide.shapes.title
    yield (heading.text_frame.text.strip() if heading is not None else "") or f"Slide {number}", "heading"
    for shape in _flat(slide.shapes):
        if heading is None or shape.shape_id != heading.shape_id:
            yield from ((text, "") for text in _texts(shape))
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None and notes.text.strip():
        yield f"Notes: {notes.text.strip()}", ""


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """Also the shapes in groups."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _texts(shape: Any) -> Iterator[str]:
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield " | ".join(cell.text.strip() for cell in row.cells)
    elif shape.has_text_frame:
        yield from (p.text.strip() for p in shape.text_frame.paragraphs if p.text.strip())
