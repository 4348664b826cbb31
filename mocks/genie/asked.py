"""A question to a space, and who asks it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """`earlier` was asked before, oldest first; the user may not read the hidden tables, named in lower case."""

    space_id: str
    serialized: str
    question: str
    user: str
    earlier: Sequence[str] = ()
    hidden: frozenset[str] = frozenset()
