"""What is counted for each of what, all together or once, said plainly: `type by type`, `one line each`, `all told`."""

import re
from collections.abc import Callable

from mocks.genie.language.turns import turned, turns
from mocks.genie.language.words import plain

_TIME = r"(?:time|day|week|month|quarter|year|hour|one|side|step|bit|little)s?\b"
_ONE = r"(?:(?:please |just |only |with |give (?:me )?|show (?:me )?|i want |as )*(?:one|a|a single|the) )"
_FIGURE = r"(?:number|line|row|figure|count|total|entry|bar|result)"
_PER = r"(?:per|for each|for every)"
_END = r"(?:,? please)?\W*$"
_TOGETHER = r"(?:(?:taken|put|added|counted|lumped|summed|rolled) (?:together|up)|together|combined)"
_ALL = r"(?:all|every|each)(?: (?:of )?(?:the|our|its|their|these|those))?"
_AMONG = r"(?:out )?of (?:every|each|an?|any)? ?(?:hundred|100)"
_INTO = r"(?:in)?to (?:the |its |their |different |various |separate |four |4 |twelve |12 )*"
_THEM = (
    r"(?:them|these|those|each(?: one| of them)?"
    r"|how many (?:there )?(?:are|were|fall) ?(?:there )?(?:in(?:to)? )?(?:each|it)?(?: one)?)"
)
_SPLIT = r"(?:split|divide|break|cut|group|arrange|organi[sz]e|slice|separate|sort)(?: up| down)?"
_AND_COUNT = r",? (?:and )?(?:then )?(?:please )?count (?:up )?"
_WITH = r"(?:by|from|in|with|for|of|through|via|on|to|at)"
_BIG = r"(?:high|big|large|great|low|small|steep)"
_USUAL = r"(?:average|mean|median|typical|usual|total|maximum|minimum|highest|lowest|combined|overall)"
_OFTEN = {"half": "0.5", "double": "2", "twice": "2", "triple": "3", "thrice": "3"}
_NOT_SAID = "".join(
    rf"(?<!{word} )" for word in ("than", "least", "most", "over", "above", "under", "below", "exceeding")
)
_SO_OFTEN = (
    rf"(?<![\d.])({'|'.join(_OFTEN)}|(?:\d+(?:\.\d+)?|two|three|four|five|six|eight|ten)(?= times|x))(?: times|x)?"
)
_THE_USUAL = r"(?:of )?(?:as (?:much|many|long) as )?(?:the |an? )?(?=(?:average|mean|median)\b)"
_ELSE = (
    r"(?:everybody|everyone|anybody|anyone|every(?: )?one|any(?: )?one|all|all the|the|any|every) ?"
    r"(?:else|others|rest|other [a-z]+)\b"
)


def _by(found: re.Match[str]) -> str:
    """`quarters` as `quarter`: by each of them."""
    return f"how many {found['things']} by {plain(found['unit'])}"


def _times(found: re.Match[str]) -> str:
    """`double the` as `2`, before the average."""
    return f"{_OFTEN.get(found[1].lower(), found[1])} "


def _of_year(found: re.Match[str]) -> str:
    return f"how many {found['things']} in {found['year']} by {plain(found['unit'])}"


_SAME: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\bper[ -]cents?\b|\bpct\b\.?", "percent"),
    # `out of every hundred orders, how many are late`, `how many in a hundred orders are late`
    (rf"^\W*{_AMONG} ([^,?]+?),? (?:how many|what number)(?: (?:of them|ones))?\b", r"what percentage of \1"),
    (rf"\bhow many (?:(?:{_AMONG})|in (?:every|each|a) (?:hundred|100)) ", "what percentage of "),
    (r"^\W*in percent(?:ages?)?(?: terms)?,? how many (?:of (?:the|our|all) )?", "what percentage of "),
    (
        r"\bin (?:how many percent|(?:what|which) (?:percentage|share|proportion|part|fraction)) of ",
        "what percentage of ",
    ),
    (rf"\bhow {_BIG} (?:is |was |are )?(?:an?|the) (share|percentage|proportion|part|fraction)\b", r"what \1"),
    # `type by type`, `one line per kind`, `one number each`
    (rf"\b(?!{_TIME})([a-z]{{3,}}) by \1\b", r"by \1"),
    (
        r"\b(?:up )?by how (?:they|these|those|it) (?:all )?(?:stands?|are doing|ended|came out|turned out)\b",
        "by status",
    ),
    (rf"\b(by|per) ([a-z]+),? with {_ONE}?{_FIGURE} (?:{_PER}|of|in) (?:each )?\2{_END}", r"\1 \2"),
    (rf"^\W*{_SPLIT} (?:the |all |our |all the )?([a-z ]+? by [a-z]+{_END})", r"\1"),
    (rf",? each (?:one )?(?:counted |shown |listed )?(?:on its own|by itself|for itself|apart){_END}", ", separately"),
    (rf"\b({_PER}|by|each) ([a-z]+)\b(.*?)[.;:,!?–-]+ *{_ONE}{_FIGURE} {_PER} \2{_END}", r"\1 \2\3"),
    (rf"[.;:,!?–-]* *{_ONE}{_FIGURE} {_PER} ", r" per "),
    (rf"[.;:,!?–-]+ *{_ONE}{_FIGURE}(?: for)? each(?: one)?{_END}", ""),
    (rf"\b([\w-]+),? (?:and|or) ([\w-]+)[?.;,:]+ *{_ONE}{_FIGURE}(?: for)? each(?: one)?{_END}", r"\1 versus and \2"),
    (r"\b([\w-]+) and ([\w-]+(?: [\w-]+)*?),? (?:separately|individually|apart)\b", r"\1 versus and \2"),
    (r",? \(?(?:separately|individually)\b\)?", " "),
    # `from phone, web and the other channels`, `and the like`
    (
        (
            rf",? (?:and|or|plus) (?:{_WITH} )?(?:(?:all |any )?(?:of )?(?:the|our|its)|each|every|all|any) "
            r"(?:others?|rest)(?: (?:kinds?|sorts?|types?|ways?|categories|classes|ones?)(?: of)?)?\b"
        ),
        " etc",
    ),
    (r",? (?:and|or) (?:such ?like|the like|what(?: ?not| have you)|others|more of (?:these|those))\b", " etc"),
    # `split the orders into quarters and count them`, `split 2024 into quarters and count the orders in each`
    (
        (
            rf"^\W*{_SPLIT} (?:the (?:year )?)?(?P<year>(?:19|20)\d\d) {_INTO}(?P<unit>[a-z]+){_AND_COUNT}"
            rf"(?:the |all |our )?(?P<things>[^,?.]+?) (?:in|for|of|per|during) each(?: (?:one|of them))?{_END}"
        ),
        _of_year,
    ),
    (
        (
            rf"^\W*{_SPLIT} (?:the |all |our |all the )?(?P<things>[^,?.]+?) (?:{_INTO}|by (?:the )?)"
            rf"(?P<unit>[a-z]+(?: (?!and\b)[a-z]+)?){_AND_COUNT}{_THEM}{_END}"
        ),
        _by,
    ),
    # `every warehouse together`, `all trips added up`, `all told`
    (rf",? \(?(?:every|each|all(?: (?:its|the|our|their))?) [\w-]+ {_TOGETHER}\)?{_END}", ""),
    (rf",? \(?all ((?:[\w-]+ ){{2,3}}){_TOGETHER}\)?{_END}", r" of all \1in total"),
    (
        (
            rf"^\W*(?:adding|summing|counting|taking|if you (?:add|sum|take)|over|across)(?: up)? {_ALL} [\w-]+"
            r"(?: together)?, "
        ),
        "",
    ),
    (
        rf"[,;(] *(?:if |when |once |and )?(?:all |everything |it all )?{_TOGETHER}\)?{_END}",
        " in total",
    ),
    (r"\btotal ((?:[\w-]+ )*?[\w-]+s) count\b", r"number of \1"),
    # `each one time`, `every name just once`, `no doubles`
    (r"\b(?:just |only |exactly )?one time(?= each\W*$)", "once"),
    (
        (
            r"[,;.!?(-]+ *(?:and )?(?:list )?(?:each|every)(?: [\w-]+){0,2}? (?:just |only )?"
            rf"(?:once|one time|a single time)(?: only)?\)?{_END}"
        ),
        ", distinct",
    ),
    (rf"[,;.!?(-]+ *(?:just |only )?(?:once|one time) (?:each|per \w+)\)?{_END}", ", distinct"),
    (rf"[,;.!?(-]* *\b(?:no|without(?: any)?) (?:doubles|doublings|duplication)\b\)?{_END}", ", distinct"),
    (
        rf"[,;.!?(-]+ *(?:(?:the )?duplicates|doubles|repeats) (?:removed|excluded|left out|dropped)\)?{_END}",
        ", distinct",
    ),
    (
        rf"^\W*((?:show|list|name|give|tell)(?: me| us)? )(?:each|every) (.+?) (?:only |just )?once{_END}",
        r"\1different \2",
    ),
    (r"\b((?:each|every) (?:[\w-]+ ){1,3}?)(?:exactly |just |only )?one time\b", r"\1once"),
    # `how high is the average fee`, `how high is a fee on average`
    (rf"\bhow {_BIG} (?:is|was|are|were) (?:the |an? |our )?(?={_USUAL}\b)", "what is the "),
    (r"\bhow (?:high|steep|low) (?:is|was|are|were) (?=.*\bon average\b)", "what is "),
    # `more than double the average`, `three times the average`
    (rf"\b{_NOT_SAID}{_SO_OFTEN} {_THE_USUAL}", lambda found: f"at least {_times(found)}"),
    (rf"\b{_SO_OFTEN} {_THE_USUAL}", lambda found: _times(found)),
    # `before everybody else`, `more than anybody else`
    (rf"\b(?:before|ahead of|earlier than) {_ELSE}\b", "first"),
    (rf"\b(?:after|later than) {_ELSE}\b", "last"),
    (rf"\bmore ((?:[\w-]+ ){{0,2}}?)than (?!any other [a-z]){_ELSE}", r"the most \1"),
    (
        r"\b(?:least (?:common|popular|frequent|usual|used|chosen|picked)|rarest|least commonly|most rarely)\b",
        "least often",
    ),
    (r"\bmost (?:used|chosen|picked|frequently used|often used|commonly used)\b", "most often"),
)
_PATTERNS = turns(_SAME)


def grouped(question: str) -> str:
    """The question with what it says of groups, shares and totals in words that the grammar knows."""
    return turned(question, _PATTERNS)
