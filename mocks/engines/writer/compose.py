"""The final text: what the results say, with sources; a question passed on; or that they do not contain the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.engines.writer.extract import NEAR, SURE, Extract, extract
from mocks.engines.writer.followup import listed
from mocks.engines.writer.grid import Grid, written
from mocks.engines.writer.results import Found
from mocks.engines.writer.words import canonical, identifiers, sentences, terms

_NOTHING = re.compile(
    r"\b(?:cannot|can't|could not|couldn't|unable|do(?:es)? not|don't|no (?:data|answer|information|table"
    r"|such)|not available|only read)\b",
    re.I,
)
_CAUTION = re.compile(r"\b(?:ask (?:back|which)|which one is meant|several|ambiguous|more than one|clarify)\b", re.I)
_FITS = 0.5


@dataclass(frozen=True)
class Draft:
    """An answer in the making: its text, and whether it settles the question."""

    text: str
    settled: bool
    asks: bool = False
    sure: bool = False


def compose(question: str, found: Sequence[Found], first_kind_is_data: bool) -> Draft:
    """The best that the results of one question allow."""
    table = next((draft for one in found for draft in [_of_tables(question, one, first_kind_is_data)] if draft), None)
    text = _of_passages(question, found)
    if table and not (text.sure and not first_kind_is_data):
        return table
    if text.settled and (text.sure or not _asked_back(found)):
        return text
    if back := _asked_back(found):
        return Draft(back, settled=False, asks=True)
    if text.settled or text.asks:
        return text
    return _told(found) or Draft(_missing(question, found), settled=False)


def _of_tables(question: str, found: Found, trusted: bool) -> Draft | None:
    """Tables answer if their tool was made for the question, or if they speak of what it asks."""
    grids = [grid for grid in found.grids if trusted or _speaks_of(question, grid)]
    if not grids:
        return None
    said = [text for text in found.said if "?" not in text and not any(text == grid.description for grid in grids)]
    thing = listed(question)
    parts = [*said, *(f"{written(grid, thing)}\n{_source(found, grid)}" for grid in grids)]
    return Draft("\n\n".join(parts), settled=True, sure=True)


def _speaks_of(question: str, grid: Grid) -> bool:
    wanted = {*terms(question), *(canonical(one) for one in identifiers(question))}
    told = {*terms(grid.text()), *(canonical(one) for one in identifiers(grid.text()))}
    return len(wanted & told) >= _FITS * len(wanted)


def _source(found: Found, grid: Grid) -> str:
    sql = " ".join(grid.sql.split())
    return f"[{found.tool}: {sql}]" if sql else f"[{found.tool}]"


def _of_passages(question: str, found: Sequence[Found]) -> Draft:
    passages = [passage for one in found for passage in one.passages]
    if not passages:
        return Draft("", settled=False)
    cautious = any(_CAUTION.search(note) for one in found for note in one.notes)
    return _drafted(question, extract(question, passages, cautious))


def _drafted(question: str, extracted: Extract) -> Draft:
    if extracted.asks:
        return Draft(extracted.asks, settled=False, asks=True)
    if not extracted.text or extracted.covered < NEAR:
        return Draft("", settled=False)
    lines = [
        extracted.text,
        *(f"I could not find this for {one} in the documents provided." for one in extracted.missing),
    ]
    enough_words = len(set(terms(question))) > 1
    return Draft("\n".join(lines), settled=True, sure=extracted.covered >= SURE and enough_words)


def _asked_back(found: Sequence[Found]) -> str:
    return next((one.question for one in reversed(found) if one.question), "")


def _told(found: Sequence[Found]) -> Draft | None:
    """A tool that answered in words is quoted, unless it said that it has no answer."""
    for one in found:
        said = [text for text in one.said if not _NOTHING.search(text)]
        if said and not one.grids and not one.passages:
            return Draft(f"{' '.join(said)} [{one.tool}]", settled=True)
    return None


def _missing(question: str, found: Sequence[Found]) -> str:
    named = identifiers(question)
    about = f" about {', '.join(named)}" if named else ""
    failed = [f"{one.tool} failed: {one.error.splitlines()[0][:200]}" for one in found if one.error]
    failed += [f"{one.tool} said: {sentences(said)[0]}" for one in found for said in one.said[:1] if not one.grids]
    text = f"I could not find the answer{about} in the documents or tables provided: nothing in them states it."
    return " ".join([text, *failed])
