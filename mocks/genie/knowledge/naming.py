"""What the names of a curated snippet mean: a value, a day or the snippet itself."""

import re
from collections.abc import Iterator, Mapping

from mocks.genie.knowledge.held import held_day, held_values
from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.names import FULL
from mocks.genie.knowledge.space import DATE, Column, Snippet, Space
from mocks.genie.language.words import stems


def as_named(snippet: Snippet, space: Space) -> Iterator[tuple[str, Snippet | Value | Column]]:
    """The names, each with what it means.

    A filter on a value or on a day that is there is that value or day, which a question may also count or date; with
    the thing in its name, as `former members`, it only says which of them, if no other name says that.
    """
    meant = _plainly(snippet, space)
    for name in snippet.names:
        if isinstance(meant, Column) and (own := _of_thing(name, meant, space)):
            if not any(stems(other) == own for other in snippet.names):
                yield name, snippet
        else:
            yield name, meant


def is_part(column: Column, rank: float, done: bool) -> bool:
    """Whether behind a thing in the plural it is only what the last word tells: the day of `visits done`."""
    return (column.refers or done) if rank < FULL else done and column.kind == DATE


def uncovered(found: Mapping[Meaning, float]) -> Mapping[Meaning, float]:
    """The meanings without a column of which a snippet that is as sure speaks: a curator said how it counts."""
    snippets = [(m.sql, r) for m, r in found.items() if isinstance(m, Snippet)]

    def is_covered(column: Column, rank: float) -> bool:
        written = rf"\b{re.escape(column.table_name)}\.{re.escape(column.name)}\b"
        return any(r >= rank and re.search(written, sql, re.I) for sql, r in snippets)

    return {m: r for m, r in found.items() if not (isinstance(m, Column) and is_covered(m, r))} if snippets else found


def _of_thing(name: str, day: Column, space: Space) -> tuple[str, ...]:
    """What a name says of the thing of a day whose name ends it; nothing if it does not."""
    said, thing = stems(name), stems(space.table(day.table).spoken)
    return said[:-1] if len(said) > 1 and said[-1] == thing[-1] else ()


def _plainly(snippet: Snippet, space: Space) -> Snippet | Value | Column:
    """A filter on a value or on a day that is there as that value or day, which a question may also count or date."""
    if (day := held_day(snippet, space)) is not None:
        return day
    held = held_values(snippet, space)
    return snippet if held is None else Value(held[0], held[1][0], held[1] if len(held[1]) > 1 else ())
