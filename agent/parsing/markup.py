"""Web pages: the words that a reader sees of the page's own content, block by block."""

import re
import warnings
from collections.abc import Iterator
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from agent.parsing.document import Line, UnreadableError

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOISE = ("script", "style", "nav", "header", "footer", "aside", "noscript", "template", "form", "iframe", "svg")
_NOISE_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search", "dialog")
_NOISE_CLASS = re.compile(
    r"(^|[-_])(cookies?|consent|breadcrumbs?|sidebar|navbar|menu|share|social|newsletter)($|[-_])", re.I
)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|font-size:\s*0(px|pt|em)?\s*(;|$)", re.I)
_BLOCKS = {
    *_HEADINGS,
    "p",
    "li",
    "tr",
    "pre",
    "blockquote",
    "div",
    "section",
    "article",
    "main",
    "dt",
    "dd",
    "td",
    "th",
} | {
    *(
        "ul",
        "ol",
        "dl",
        "table",
        "caption",
        "figure",
        "figcaption",
        "address",
        "body",
        "details",
        "summary",
        "[document]",
    )
}
_CELLS = ("td", "th", "caption")
_LINKS = 0.8


def lines(content: bytes) -> Iterator[Line]:
    """Raises: UnreadableError"""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of texts that look like a file name or like XML
            soup = BeautifulSoup(content, "html.parser")
        title = soup.title.get_text(" ", strip=True) if soup.title else ""
        for noise in [tag for tag in soup(True) if _is_noise(tag)]:
            noise.decompose()
        told = list(_blocks(_content(soup)))
    except RecursionError as error:
        raise UnreadableError("elements nested too deeply") from error
    if title:
        yield title, "title"
    for name, words in told:
        if not (name == "h1" and words == title):
            yield words, _role(name, title)


def _role(name: str, title: str) -> str:
    if name == "h1" and not title:
        return "title"
    return "heading" if name in _HEADINGS else ""


def _is_noise(tag: Tag) -> bool:
    if tag.name in ("html", "body"):
        return False
    if tag.name in ("title", *_NOISE) or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    named = [*tag.get_attribute_list("id"), *tag.get_attribute_list("class")]
    return (
        str(tag.get("role")) in _NOISE_ROLES
        or bool(_HIDDEN.search(str(tag.get("style") or "")))
        or any(_NOISE_CLASS.search(str(name or "")) for name in named)
        or _is_link_list(tag)
    )


def _is_link_list(tag: Tag) -> bool:
    """A list of links alone is a way through the site, not a text."""
    if tag.name not in ("ul", "ol"):
        return False
    linked = sum(len(link.get_text(strip=True)) for link in tag("a"))
    return len(tag("a")) > 2 and linked > _LINKS * len(tag.get_text(strip=True))


def _content(soup: BeautifulSoup) -> Tag:
    """What the page itself names its main content, if it is there and only once."""
    named = soup("main") or soup(None, {"role": "main"}) or soup("article")
    return named[0] if len(named) == 1 and named[0].get_text(strip=True) else soup


def _blocks(root: Tag) -> Iterator[tuple[str, str]]:
    """Name and words of each block: the words between two of its borders; the cells of a row are together."""
    strings = (node for node in root.descendants if isinstance(node, NavigableString))
    seen = ((_block(node), node) for node in strings if not isinstance(node, PreformattedString))
    for _, group in groupby(seen, lambda pair: id(_row(pair[0]) or pair[0])):
        pairs = list(group)
        row = _row(pairs[0][0])
        if row is None:
            told = _words(node for _, node in pairs)
        else:
            cells = groupby(pairs, lambda pair: id(_cell(pair[0])))
            told = " | ".join(filter(None, (_words(node for _, node in cell) for _, cell in cells)))
        if told:
            yield pairs[0][0].name if row is None else "tr", told


def _words(strings: Iterator[NavigableString]) -> str:
    return " ".join("".join(strings).split())


def _block(node: PageElement) -> Tag:
    return next(above for above in node.parents if above.name in _BLOCKS or above.parent is None)


def _row(block: Tag) -> Tag | None:
    return block if block.name == "tr" else block.find_parent("tr")


def _cell(block: Tag) -> Tag:
    return block if block.name in _CELLS else block.find_parent(_CELLS) or block
