"""Markdown and plain text, in whatever encoding."""

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from agent.parsing.document import Line, UnreadableError
from agent.parsing.headings import is_numbered

_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE = 1 << 16
_SHORT = 100
_UNDERLINE = re.compile(r"(=+|-+)$")


def markdown(content: bytes) -> Iterator[Line]:
    """Headings by # or by underlining, not within fenced code; comments, which no reader sees, are left out."""
    told = _without_comments(decoded(content)).splitlines()
    fenced, start = False, _front_matter(told)
    for number, line in enumerate(told[start:], start):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        level, text = (0, line.strip()) if fenced else _heading(line, told[number + 1 : number + 2])
        if level:
            yield text, "title" if level == 1 else "heading"
        elif text and (fenced or not _UNDERLINE.match(text)):
            yield text, ""


def _without_comments(text: str) -> str:
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[place:start])
        place = end + 3
    return "".join([*kept, text[place:]])


def _front_matter(told: list[str]) -> int:
    """Where the text begins after a block of properties."""
    if told[:1] != ["---"]:
        return 0
    ends = (number for number, line in enumerate(told[1:200], 2) if line.strip() in ("---", "..."))
    return next(ends, 0)


def _heading(line: str, following: list[str]) -> tuple[int, str]:
    """The level of a heading, or 0, and its words."""
    text = line.strip()
    words = text.lstrip("#")
    if 1 <= len(text) - len(words) <= 6 and words[:1] in (" ", "\t"):
        return len(text) - len(words), words.rstrip("#").strip()
    under = following[0].strip() if following else ""
    if text and len(text) <= _SHORT and len(under) > 2 and _UNDERLINE.match(under) and not _UNDERLINE.match(text):
        return 1 if under[0] == "=" else 2, text
    return 0, text


def text(content: bytes) -> Iterator[Line]:
    """Headings are short numbered or underlined lines; a short first line that stands alone is the title."""
    told = [line.strip() for line in decoded(content).splitlines()]
    first = next((number for number, line in enumerate(told) if line), 0)
    for number, line in enumerate(told):
        following = told[number + 1] if number + 1 < len(told) else ""
        if not line or _UNDERLINE.match(line):
            continue
        underlined = bool(_UNDERLINE.match(following)) and len(line) <= _SHORT
        if number == first and (underlined or (not following and _is_title(line))):
            yield line, "title"
        else:
            yield line, "heading" if underlined or (not following and is_numbered(line)) else ""


def _is_title(line: str) -> bool:
    return len(line) <= _SHORT and line[-1] not in ".;:,!?"


def decoded(content: bytes) -> str:
    """Raises: UnreadableError"""
    for bom, encoding in _BOMS.items():
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    if (wide := _wide(content)) is not None:
        return content.decode(wide, errors="replace")
    if b"\0" in content[:_SAMPLE]:
        raise UnreadableError("binary content, not text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_guessed(content[:_SAMPLE]), errors="replace")


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of most texts is zero."""
    sample = content[: min(len(content), _SAMPLE) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.3 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.3 and not odd else None


def _guessed(sample: bytes) -> str:
    """Western European unless the letters tell better of another encoding."""
    found = from_bytes(sample, cp_isolation=["cp1252", "cp1251", "shift_jis", "gb18030", "euc_kr"]).best()
    return found.encoding if found else "cp1252"
