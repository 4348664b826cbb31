"""What a parser makes of a file: a title, and sections under headings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_CHARACTERS = 5_000_000
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # no SQL string and no JSON takes all of these


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


def sections(lines: Iterable[Line]) -> tuple[str, tuple[Section, ...]]:
    """The title, and the lines grouped under their headings; what stands before the first keeps an empty one.

    Raises: UnreadableError
    """
    title, heading = "", ""
    body: list[str] = []
    made: list[Section] = []
    for text, role in _bounded(lines):
        if role == "title" and not title:
            title = text
        elif role:
            made.append(Section(heading, "\n".join(body)))
            heading, body = text, []
        else:
            body.append(text)
    made.append(Section(heading, "\n".join(body)))
    return title, tuple(section for section in made if section.text)


def _bounded(lines: Iterable[Line]) -> Iterable[Line]:
    characters = 0
    for text, role in lines:
        text = _UNPRINTED.sub("", text)
        characters += len(text)
        if characters > MAX_CHARACTERS:
            raise UnreadableError(f"more than {MAX_CHARACTERS:,} characters of text")
        yield text, role
