"""Turns of phrase about times and sizes, said plainly: the busiest month, what lasts longer, two periods to compare."""

import re
from collections.abc import Callable

from mocks.genie.language.days import MONTH_NAMES

_UNIT = r"(day of the week|weekday|hour of the day|time of day|hour|day|week|month|quarter|year)s?"
_MOST = r"busiest|strongest|most (?:popular|common|frequent|active)"
_LEAST = r"quietest|weakest|slackest|least (?:busy|popular|common|frequent|active)"
_FOR = r"(?: (?:for|of|in terms of|by)\b)?"
_PROVIDER = r"gmail|googlemail|yahoo|hotmail|outlook|icloud|gmx|aol|proton(?:mail)?|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}"
_HAVING = r"(?:with|has|have|having|using|uses?)"
_MAIL = r"(?:(?:e-?mails?|e-?mail address(?:es)?|address(?:es)?)(?: accounts?)?)"
_AT = r"(?:at|from|on|with|in|ending in) @?(?:the )?(?:domain |provider )?"
_DOMAIN = r"(?!(?:all|any|the|it|file|record)\b)[a-z][\w.-]+"
_SO_MANY = r"(?= (?:[a-z]+ ){0,2}[\d,]+ [a-z])"
_YEAR = r"(?:19|20)\d\d"
_PERIODS = (
    (rf"(?:{MONTH_NAMES})(?:,? {_YEAR})?", "month"),
    (rf"Q[1-4](?: (?:of )?{_YEAR})?", "quarter"),
    (_YEAR, "year"),
)
_AND = r"(?: (?:in|of|for|during))? (?:and|with|to|versus|vs\.?|against) (?:those |that )?(?:in |of |for )?(?:the )?"
_CHANGED = re.compile(r"\b(?:change|growth|grow|grew|differen|percent|increase|decrease|rise|fall)|%", re.I)


def _by_how_many(found: re.Match[str]) -> str:
    """`the busiest month for sales`: which has the most of them."""
    unit, how = sorted((found[1].lower(), found[2].lower()), key=lambda said: bool(re.fullmatch(_BOTH, said)))
    return f"which {unit} has the {'fewest' if re.fullmatch(_LEAST, how) else 'most'}"


def _side_by_side(found: re.Match[str]) -> str:
    """`compare the sales of May and June 2024`: each of them."""
    for period, unit in _PERIODS:
        pair = re.search(rf"\b({period}){_AND}({period})\b", found[1], re.I)
        if pair is not None and not _CHANGED.search(found[1]):
            both = f"{found[1][: pair.start()]}{pair[1]} and {pair[2]}{found[1][pair.end() :]}"
            return f"{both.rstrip(' .?!')} by {unit}"
    return found[0]


_TAKE = r"take|takes|took|long|time|days|weeks|hours"
_ITS_DAY = (
    r"((?:an?|the|our|their|its) [\w-]+(?: [\w-]+)?) (?:is|are|was|were|gets?|got|has been|have been) "
    r"(?=[a-z]+(?:ed|id|nt|pt|en)\b)"
)
_BOTH = rf"{_MOST}|{_LEAST}"
TIMES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"\b(?:the )?({_BOTH}) {_UNIT}{_FOR}", _by_how_many),
    (rf"\b(?:which|what) {_UNIT} (?:is|was|are|were) (?:the )?({_BOTH}){_FOR}", _by_how_many),
    (
        r"\blasts? (?=(?:longer|shorter|more|less|over|under|at least|at most|up to|between|no more|no less) ?\w)",
        "take ",
    ),
    (rf"\b(?:has|have|had|having|with|offers?|offering) (?:enough )?(?:room|space|places|seats) for{_SO_MANY}", "hold"),
    (rf"\b({_TAKE})\b(.*?) until {_ITS_DAY}", r"\1\2 for \3 to be "),
    (r"\b(was|were) staying\b", r"\1"),
    (r"\bstayed (?=(?:in|at|with)\b)", "were "),
    (r"\b(?:first|one|single)[- ]time (?=(?!of\b)[a-z])", "onetime "),
    (rf"\b{_HAVING} (?:an? )?({_PROVIDER}) {_MAIL}\b", r"whose email contains \1"),
    (rf"\b{_HAVING} (?:an? |their )?{_MAIL} {_AT}({_DOMAIN})", r"whose email contains \1"),
    (r"^\W*(?:please )?(?:compare|comparison of|comparing) (?:the )?(.+)$", _side_by_side),
)
