"""Setting things beside each other, said in one way: `how do A and B compare`, `did A or B have more orders`."""

import re
from collections.abc import Callable

from mocks.genie.language.days import MONTH_NAMES
from mocks.genie.language.turns import turned, turns
from mocks.genie.language.words import is_plural

_DID = r"(?:did|do|does|have|has|had|are|were|was|is|can)"
_MORE = r"(?:(?:the |a )?(?:more|most|fewer|fewest|less|least|higher|larger|bigger|greater))"
_WHO = r"(?:which|who|what|where)(?: (?:one|side|group))?(?: of (?:the|these) (?:two|three|\d))?(?: [\w-]+)??"
_VERB = r"(?P<verb>(?-i:[a-z]+)(?: (?:in|out|up|to))?)"
_THING = r"(?P<thing>[a-z][\w-]*(?: [a-z][\w-]*)?)"
_REST = r"(?P<rest>(?: [^,?.:;]+)?)"
_ONE, _OTHER = r"(?P<a>[^,?]+?)", r"(?P<b>[^,?]+?)"
_SAYS_NO_MORE = (
    r"are|is|were|was|did|do|does|have|has|had|the|both|each|of|in|for|them|they|there|it|that|numbers?|figures?|"
    r"counts?|totals?|amounts?|one|side|get|got|case|either|respectively"
)
_AND_EACH = (
    r"(?:[,;?.-]* (?:and )?(?:by )?(?:how (?:many|much)|what|(?:give|show|tell)(?: me| us)?)\b"
    rf"(?: (?:{_SAYS_NO_MORE}))*)?\W*$"
)
_COMPARE = r"(?:compare|stack up|differ|measure up)"
_AGAINST = r"(?:compared?|stack(?:s|ed)? up|measures? up|contrast) (?:to|with|against|and)"
_THOSE = r"(?:(?:that|those|the ones?) (?=(?:of|in|from|for|to|at|by|with|on|during|made|paid|sold|who|that|which)\b))?"
_IN_WHAT = r"(?:in|by|on|when it comes to|in terms of|as to|with regard to|as regards|for|regarding)"
_WHERE = r"(?:from|in|at|to|with|by|on|for|through|via)"
_YEAR = r"(?:19|20)\d\d"
_NOW = r"(?:last|this|previous) (?:year|month|quarter|week)"
_DATED = rf"(?:the )?(?:year )?(?:{_YEAR}|{MONTH_NAMES}|[JFMASOND][a-z]{{2}}\b|Q[1-4]|{_NOW})"
_PERIOD = rf"(?:in |during )?(?P<one>(?:[A-Za-z]{{3,9}} )?{_YEAR}|{_NOW})"
_THAN = r"than (?:in |during |over )?(?P<other>[^?.!]+?)"


def _how_many(thing: str) -> str:
    """By which words one asks for a number of it: `orders` are counted, `money` is measured."""
    last = thing.lower().split()[-1]
    return f"how {'many' if is_plural(last) or last in ('people', 'staff') else 'much'} {thing}"


def _had_more(found: re.Match[str]) -> str:
    return f"{_how_many(found['thing'])} did {found['a']} versus and {found['b']} {found['verb'] or ''}{found['rest']}"


def _more_of_two(found: re.Match[str]) -> str:
    return f"{_how_many(found['thing'])}{found['rest']} {found['verb']} {found['a']} versus and {found['b']}"


def _more_from(found: re.Match[str]) -> str:
    return f"{_how_many(found['thing'])} {found['verb']} from {found['a']} versus and {found['b']}"


def _beside(found: re.Match[str]) -> str:
    """One beside the other, without what it repeats; periods are left as those who read changes know them."""
    by, one, other = found.groupdict().get("by"), found["a"], found["b"]
    words, others = one.lower().split(), other.split()
    same = next((at for at, (a, b) in enumerate(zip(words, others, strict=False)) if a != b.lower()), 0)
    other = " ".join(others[same:])
    period = re.sub(rf"^(?:in|during) (?={_DATED})", "", other)
    return f"{f'{by} ' if by else ''}{one} versus {'and ' if period == other else ''}{period}"


def _more_than_in(found: re.Match[str]) -> str:
    if re.fullmatch(_DATED, found["other"], re.IGNORECASE):
        return found[0]
    change = "percent change" if found["percent"] else "change"
    return f"{change} of {found['many']} {found['thing']} in {found['one']} from {found['other']}"


_MANY_MORE = r"(?P<many>how (?:many|much)) (?P<more>more|fewer|less)"
_EXCEED = r"exceeds?|surpass(?:es)?|top|tops|beat|beats|outnumbers?|outdo|outdoes"


def _more_by(found: re.Match[str]) -> str:
    """The one less the other, or the other way round if there are fewer."""
    less = found["more"].lower() in ("fewer", "less")
    one, other = (found["b"], found["a"]) if less else (found["a"], found["b"])
    head = found.groupdict().get("many") or ("how many" if found["thing"] else "")
    return f"{head} {found['thing']} {one} minus {other} {found.groupdict().get('verb') or ''}"


_SAME: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # `how do A and B compare in price`
    (
        (
            rf"^\W*how {_DID} {_ONE},? (?:and|versus|vs\.?) {_OTHER} {_COMPARE}"
            rf"(?: (?:to|with) (?:each other|one another))?(?:,? {_IN_WHAT} (?P<by>[^,?.]+?))?\W*$"
        ),
        _beside,
    ),
    # `how does the price of A compare with that of B`
    (rf"^\W*how {_DID} {_ONE} {_AGAINST} {_THOSE}{_OTHER}\W*$", _beside),
    # `did A or B place more orders, and how many each`
    (
        rf"^\W*{_DID} (?!we\b|you\b|they\b|there\b){_ONE} or {_OTHER}(?: {_VERB})? {_MORE} {_THING}{_REST}{_AND_EACH}",
        _had_more,
    ),
    # `which had more orders, A or B`
    (
        rf"^\W*{_WHO} {_VERB} {_MORE} {_THING}{_REST}[,:;?-]+ {_ONE},? or {_OTHER}{_AND_EACH}",
        _more_of_two,
    ),
    # `are there more A or B`, `do we have more A than B`
    (
        (
            rf"^\W*{_DID} (?:there|(?:we|you|they) ha(?:ve|d)) (?:more|fewer) {_ONE} (?:or|than) (?:more )?"
            rf"{_OTHER}{_AND_EACH}"
        ),
        r"how many \g<a> versus and \g<b>",
    ),
    # `do more players come from Spain or from France`
    (
        rf"^\W*{_DID} (?:more|most|fewer) {_THING} {_VERB} {_WHERE} {_ONE} or (?:{_WHERE} )?{_OTHER}{_AND_EACH}",
        _more_from,
    ),
    # `how many more people did we hire in 2025 than in the year before`
    (
        (
            rf"\b(?P<many>how (?:many|much))(?P<percent> percent)? (?:more|fewer|less) (?P<thing>.+?) "
            rf"{_PERIOD} {_THAN}(?=\W*$)"
        ),
        _more_than_in,
    ),
    # `landing charges minus parking charges`, `the difference between 2023 and 2024`
    (
        rf"^(.*?)\b(?:in |of )?({_DATED})(?: \d{{4}})? (?:minus|less|-) (?:in )?({_DATED})\b",
        r"change of \1 in \2 versus \3",
    ),
    (
        rf"\bby how (?:many|much) (?P<thing>[^,?]*?) ?did ({_DATED}) (?:{_EXCEED}) ({_DATED})",
        r"change of \g<thing> in \2 versus \3",
    ),
    (
        (
            rf"^\W*(?:what (?:is|was) |show |give me )?(?:the )?(?:difference|gap) (?:between|of|in) (?:the )?(.*?) ?"
            rf"(?:in |of |for |between )?({_DATED}) and (?:(?:in|that of|those of|those in) )?({_DATED})"
        ),
        r"change of \1 in \2 versus \3",
    ),
    (
        (
            rf"^\W*(?:what (?:is|was) |show |give me )?(?:the )?(?:difference|gap) (?:between|of) (?:the )?(?!{_DATED})"
            r"(?P<a>[^,?]+?) and (?:the )?(?P<b>[^,?]+?)\W*$"
        ),
        r"\g<a> minus \g<b>",
    ),
    # `how many more orders did Ada place than Bert`, `how many more domestic than international flights`
    (
        rf"^\W*{_MANY_MORE} (?P<thing>[^,?]+?) {_DID} (?P<a>[^,?]+?)(?: {_VERB})? than (?:{_DID} )?(?P<b>[^,?]+?)\W*$",
        _more_by,
    ),
    (
        (
            rf"^\W*{_MANY_MORE} (?P<a>[^,?]+?) than (?P<b>[^,?]+?)(?P<thing>)"
            rf"(?: (?:{_DID}|there|we|you|they|came)\b.*)?\W*$"
        ),
        _more_by,
    ),
    (
        (
            rf"^\W*by how (?:many|much) (?:more )?(?P<more>)(?P<thing>[^,?]*?) ?{_DID} (?P<a>[^,?]+?) "
            rf"(?:{_EXCEED}) (?P<b>[^,?]+?)\W*$"
        ),
        _more_by,
    ),
)
_PATTERNS = turns(_SAME)


def set_beside(question: str) -> str:
    """The question with what it sets beside each other joined by `versus and`, however it says so."""
    return turned(question, _PATTERNS)
