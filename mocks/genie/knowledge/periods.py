"""What lasts from one day to another is current or to come, as of today: `running campaigns`, `upcoming shows`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import Column, Snippet, Space, Table
from mocks.genie.knowledge.written import column_of, is_null
from mocks.genie.language.words import stem_set, stems

_BEGINS = stem_set("""
start starts begin begins open opens opening from effective launch commence commencement hire hired join joined checkin
""")
_ENDS = stem_set("""
end ends finish finishes close closes closing until to expiry expires expiration termination terminated term left
leaving exit exited quit departure departed resigned retired retirement checkout cancelled canceled cancellation churn
churned discontinued withdrawn decommissioned
""")
_OTHER = stem_set("planned expected scheduled actual due target promised birth estimated")
STAYING = ("current", "active", "still active", "present")
CURRENT = (
    *("running", "ongoing", "on going", "under way", "underway", "in progress", "in force", "in effect", "current"),
    *("active", "still active", "valid", "still valid", "still running"),
)
GONE = ("former", "ex", "no longer active", "no longer running", "no longer here")
UPCOMING = ("upcoming", "forthcoming", "coming up", "still to come", "not yet started", "not started yet", "future")


@dataclass(frozen=True)
class State(Snippet):
    """A condition on the days of the one thing that is spoken of."""


def states(space: Space, today: date) -> Iterator[tuple[str, State]]:
    """Names of the states that two days of a table tell, with the condition that each is."""
    for table in space.tables:
        begin, end = lasts(table)
        day = exp.cast(exp.Literal.string(today.isoformat()), "date")
        for names, condition in _conditions(begin, end, day):
            names = STAYING if names is CURRENT and (begin is None or is_of_people(table)) else names
            state = State("filters", (names[0],), condition.sql("databricks"))
            yield from ((name, state) for name in names)


def _conditions(begin: Column | None, end: Column | None, day: exp.Expr) -> Iterator[tuple[tuple[str, ...], exp.Expr]]:
    if begin is not None:
        yield UPCOMING, exp.GT(this=column_of(begin), expression=day)
    if end is not None and (begin is not None or end.filled < 1):
        goes_on = exp.or_(is_null(end), exp.GTE(this=column_of(end), expression=day))
        begun = [exp.LTE(this=column_of(begin), expression=day)] if begin is not None else []
        yield CURRENT, exp.and_(*begun, goes_on)
    if end is not None and end.filled < 1:
        yield GONE, exp.LT(this=column_of(end), expression=day)


def lasts(table: Table) -> tuple[Column | None, Column | None]:
    """The only day on which its things begin, and the only one on which they end."""
    named = {c: {*stems(c.spoken), "".join(stems(c.spoken)[:2])} for c in dates(table)}
    begins = [c for c, said in named.items() if said & _BEGINS and not said & (_OTHER | _ENDS)]
    ends = [c for c, said in named.items() if said & _ENDS and not said & (_OTHER | _BEGINS)]
    return begins[0] if len(begins) == 1 else None, ends[0] if len(ends) == 1 else None
