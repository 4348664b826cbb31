"""What is valid until a day: `expired`, `no longer insured` and `still valid` compare it with today."""

from datetime import date

from sqlglot import exp

from mocks.genie.knowledge.space import DATE, Column
from mocks.genie.knowledge.written import column_of, is_null
from mocks.genie.language.deeds import END, same_deed
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import stem, stem_set, stems

# What a day is called until which something holds.
_LIMIT = stem_set("until till valid validity expiry expires expire expired expiring expiration thru through")
_UNTIL = frozenset(("until", "till", "thru", "through", "date", "day"))
_END = stem_set("end ends ending")
_OVER = END | stem_set("outdated invalid")
_HOLDS = stem_set("valid unexpired")


def is_limit(column: Column) -> bool:
    """Whether it is a day until which something holds."""
    return column.kind == DATE and not _LIMIT.isdisjoint(stems(column.spoken))


def tells_limit(words: str, column: Column) -> bool:
    """Whether words say that something holds until such a day, or that it does no longer."""
    return is_over(words) or _is_held(words, column)


def lapse(column: Column, words: str, denied: bool, today: date) -> exp.Expr | None:
    """Whether the day is over, as such words say of it; nothing where they or the day say no such thing."""
    ends = _END & set(stems(column.spoken)) and column.filled == 1 and column.last[:10] >= today.isoformat()
    named = not _UNTIL.isdisjoint(words.lower().split())
    if not (is_limit(column) or (column.kind == DATE and ends)) or named or not tells_limit(words, column):
        return None
    kind = exp.LT if is_over(words) != denied else exp.GTE
    compared = kind(this=column_of(column), expression=exp.cast(exp.Literal.string(today.isoformat()), "date"))
    return exp.or_(is_null(column), compared) if kind is exp.GTE and column.filled < 1 else compared


def is_over(words: str) -> bool:
    """Whether words say that it holds no longer."""
    return any(stem(word) in _OVER and (is_participle(word) or word == "invalid") for word in words.lower().split())


def _is_held(words: str, column: Column) -> bool:
    """`valid`, or `insured` where the day is that of an insurance."""
    said = words.lower().split()
    own = said[-1].endswith("ed") and any(same_deed(said[-1], one) for one in column.spoken.split())
    return own or any(stem(word) in _HOLDS for word in said)
