"""What comments say of the rows in which a column is empty: `Empty while the order is open`, `NULL for self-payers`."""

import re
from collections.abc import Iterator

from mocks.genie.knowledge.space import Column, Snippet, Table
from mocks.genie.knowledge.written import is_null, not_null
from mocks.genie.language.english import FILLERS
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle
from mocks.genie.language.words import stem_set, stems, word_set

_NOTHING = (
    r"(?:empty|null|blank|unset|missing|none|nothing|absent|no value|"
    r"not (?:yet )?(?:set|filled(?: in)?|given|known|recorded|present|available))"
)
_EMPTY = re.compile(
    rf"^(?:(?:it )?(?:is|are|stays?|remains?|left|kept) )?(?:still )?{_NOTHING}\s*"
    r"(?P<when>while|if|when|whenever|as long as|so long as|for|in case of|=|:|means|once|after|until|unless|till|"
    r"before|except for)\s*(?:the |it |they |an? |there )?(?P<said>.+)$",
    re.I,
)
_ONLY = re.compile(
    r"^(?:it is |is )?(?:(?:set|filled(?: in)?|given|known|recorded|present) )?only (?:set |filled |given )?"
    r"(?P<when>for|if|when|while|once|after|where)\s*(?:the |it |they |an? |there )?(?P<said>.+)$",
    re.I,
)
_DEATH = stem_set("death died deceased")
_UNTIL = frozenset(("until", "unless", "till", "before", "except for"))
_NEGATIONS = word_set("no not nobody none never without nothing")
_VERB = re.compile(r"\b(?:is|are|was|were|has been|have been|did|does|do|has|have|had|be)\b")
_IDLE = word_set("""
is are was were be been being has have had did does do in still force yet ever a an the who that which any to held on
of at
""")
_WHERE = re.compile(r"\b(?:is|are) not (?:yet )?((?:on|in|at|under|out of|off) \w+)\W*$", re.I)  # `not on display`
_WORK_HERE = re.compile(
    r"\b(?:still )?(?:works?|working) (?:here|for us|with us)\b|\bstill (?:employed|with us|here)\b", re.I
)
_EMPLOYED = ("still working here", "still working", "still work here", "still works here", "still employed")
_ARTICLES = frozenset(("the", "a", "an"))
_MOST = 2


def state_when_empty(clause: str, table: Table, column: Column) -> Snippet | None:
    """The rows that a comment names by their state, be it that of those with the column empty or of the others."""
    only = _ONLY.match(clause)
    found = only or _EMPTY.match(clause)
    if found is None:
        return None
    until = found["when"].lower() in _UNTIL or only is not None
    denied = bool(_NEGATIONS & set(found["said"].lower().split())) != until
    names = tuple(dict.fromkeys(_names(found["said"], table, column)))
    if denied:  # `until discharge`, `unless a call` name other things
        names = tuple(name for name in names if any(map(is_participle, name.split())))
        names += tuple(found[1].strip() for found in (_WHERE.search(found["said"]),) if found is not None)
    tree = not_null(column) if denied else is_null(column)
    return Snippet("filters", names, tree.sql("databricks")) if names else None


def states_of_life(column: Column) -> Iterator[Snippet]:
    """Who is alive and who is not, by a column that says when somebody died."""
    if column.filled < 1 and _DEATH & set(stems(column.spoken)):
        yield Snippet("filters", ("alive", "still alive", "living", "still living"), is_null(column).sql("databricks"))
        yield Snippet("filters", ("dead", "deceased", "no longer alive"), not_null(column).sql("databricks"))


def _names(said: str, table: Table, column: Column) -> Iterator[str]:
    """What the state is called, alone and before what the column is about: `vacant`, `vacant manager`."""
    own = set(stems(table.spoken))
    yield from _EMPLOYED if _WORK_HERE.search(said) else ()
    state = _VERB.split(said, maxsplit=1)[-1].strip()
    kept = [w for w in state.split() if w.lower() not in _IDLE | _NEGATIONS and not set(stems(w)) <= own]
    if not 0 < len(kept) <= _MOST:
        return
    words = set(state.lower().split())
    if not _NEGATIONS & words and len(words) > 1:
        yield state
        yield re.sub(r"^(?:in|still) ", "", state)
    idle = LIGHT | TIES | MEASURING | set(stems(column.spoken))
    going_on = kept[0].lower().endswith("ing")  # `running`, where `runs` is said of anything
    if len(kept) > 1 or not ((set(stems(kept[0])) <= idle and not going_on) or _ARTICLES & words):
        yield " ".join(kept)
    if len(kept) == 1:
        about = f"{column.spoken} {column.description.split(';')[0].split(',')[0]}".split()
        named = (
            word for word in about if word.isalpha() and word.lower() not in FILLERS and not set(stems(word)) <= own
        )
        yield from (f"{kept[0]} {word}" for word in named)
