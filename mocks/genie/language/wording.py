"""Saying a question plainly: numbers in digits, and turns of phrase that mean the same brought to one."""

import re
from collections.abc import Callable

from mocks.genie.language.asides import without_asides
from mocks.genie.language.clauses import WITH_THOSE, in_one_clause
from mocks.genie.language.days import MONTH_NAMES
from mocks.genie.language.english import dimension
from mocks.genie.language.groupings import grouped
from mocks.genie.language.leaving_out import ADDED, LEAVING_OUT
from mocks.genie.language.numerals import COUNT, in_digits, in_full
from mocks.genie.language.pending import PENDING
from mocks.genie.language.stretches import STRETCHES
from mocks.genie.language.summing import SUMMING
from mocks.genie.language.timing import TIMES
from mocks.genie.language.turns import turned
from mocks.genie.language.verbs import PARTICIPLES

_DATE = r"(?:\d{4}-\d\d-\d\d|(?:19|20)\d\d)"
_POLITE = (
    r"(?:please|kindly|can you|could you|would you|will you|i (?:require|need|want)|we (?:require|need|want)|"
    r"i(?: would|'d)? (?:should |would )?(?:like|love|want|need|wish) (?:to (?:see|know|have|get)|you to)|"
    r"let me (?:see|know)|help me (?:find|see)|i(?: am|'m) (?:looking for|interested in))"
)
_ORDERS = (
    r"(?:state|present|indicate|provide|report(?: on)?|compute|calculate|determine|quantify|enumerate|advise(?: on)?|"
    r"contrast|compare|identify|specify|output|return|supply|name|give|list|show|tell|display|pull(?: up)?|fetch|get|"
    r"find|work out|figure out|look up|summari[sz]e)"
)
_STATE = (
    r"(?:state|present|output|supply|contrast|report)(?= (?:the|how|all|on|me|us|an?|each|every|which|what|our|for)\b)|"
    r"report on|indicate|provide|compute|calculate|determine|quantify|"
    r"enumerate|advise on|advise|identify|specify|pull up|work out|figure out|look up|"
    r"summari[sz]e|break down"
)
_MOVE = (
    r"(?:develop|evolve|progress|unfold|trend|fare|go|look|move)(?:d|ed|ne)?(?= (?:by|per|from|over|in|through|each|"
    r"every|during|since|between|month|quarter|year|week|day|annually|monthly|yearly|quarterly|weekly|daily)\b)"
    r"|(?:develop|evolve)(?:d|ed)?"
)
_SPREAD = (
    r"(?:split|spread|divided|distributed|broken down|shared|allocated)(?: up)? "
    r"(?:among|amongst|over|across|between|by) (?:the |our )?"
)
_SPLIT = r"(?:break|split|divide)(?: (?:up|down|out))?"
_ONCE = r"(?:each (?:only |just )?once|only once|just once|without (?:any )?(?:repeats|repetitions?|duplicates))"
_AMOUNT = r"(?!(?:19|20)\d\d\b)\d+(?:\.\d+)?"
_SUMS_UP = (
    r"(?:(?:add|sum)(?:s|ed|ming|med)? up to|(?:amount|total)(?:s|ed|led)? to"
    r"(?= (?:[$€£]?\d|more|over|at|less|above|below|under|exactly)))"
)
_WHO = "(?:who|that|which|with|whose|having)"
_ITS = r"\b(?! (?:its|their|his|her|the)\b)"
_DEEMED = (
    r"(?:marked|flagged|tagged|labell?ed|designated|classed|classified|operat(?:es?|ed|ing)|act(?:s|ed|ing)?|"
    r"serv(?:es?|ed|ing)|function(?:s|ed|ing)?|end(?:s|ed)?(?: up)?)"
)
_ASKING = r"(?:how|what|which|who|whose|when|where|show|list|give|count|name|tell|total|average|avg|share|number|by)"
_COUNTS = (
    r"(?:[,:;(-]\s*(?:count|counts|number|total number|how many|(?:just )?the (?:count|number)|no|nr|num)| #)\s*[.?!)]*"
)
_DEEM = r"(?:mark|flag|tag|label|list|class|classify|regard|treat|rate|rank|count|see|keep)(?:l?ed|ified|d|n|s)?"
_THOSE = r"(?:(?:the|all|any|those|these|ones?) )*((?:(?!that|which|who|with)[\w-]+ ){0,2}?)(?:(?:that|which|who) )?"
_OF_A_YEAR = rf"(?:{MONTH_NAMES}|[JFMASOND][a-z]{{2}}) "


def _at_most(found: re.Match[str]) -> str:
    """`within 3 days of`: at most 3 days after."""
    return f"at most {found[1]} {found[2]}{found[3]}{' after' if found[4] else ''}"


_SAME: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"^\W*half of\b.*?[?.;] *(?:i mean|that is|in other words)[,:]? (?=.*\bmedian\b)", ""),
    *TIMES,
    *SUMMING,
    *LEAVING_OUT,
    *ADDED,
    *WITH_THOSE,
    *PENDING,
    (rf"^\W*(?:{_POLITE}[, ]+)?{_SPLIT} (?:the |our )?(.+?)(?: (?:down|up|out))?,? (?:by|into) (?:the )?", r"\1 by "),
    (r"\b(?:staff members?|members? of (?:the |our )?(?:staff|personnel))\b", "staff"),
    (
        (
            r"^\W*(?:please|kindly|(?:can|could|would|will) you(?: please)?)[, ]+"
            r"(?:state|present|output|supply|contrast|report(?: on)?)\b(?: (?:me|us|to me|for me))?"
        ),
        "show ",
    ),
    (rf"^\W*(?:(?:so|ok|okay|well|hey|hi|hello|and)[, ]+)?{_POLITE}[, ]+(?={_ORDERS}\b)", ""),
    (
        rf"^\W*(?:{_POLITE}[, ]+)?(?:{_STATE})\b(?: (?:me|us|to me|for me))?",
        "show ",
    ),
    (rf"^\W*{_POLITE}[, ]+", ""),
    (r"\bstill (?:here|with us|around|on board)\b", "still active"),
    (r"\b((?:we|they|to|you) (?:hire|rent|lend|loan|let)) out\b", r"\1"),
    (
        r"\b(is|was|are|were) (?:the |our )?record (?!of|for|that|which|date|label|compan|number|store|shop)",
        r"\1 the highest ",
    ),
    (r"^\W*how many \w+ (?:is|was|were|are) (?=the (?:\w{2,}est|average|mean|maximum|minimum)\b)", "what is "),
    (r"\b(we|you|they|i|there|what|who|that|where)['’](?:ve|re|d|ll|s)\b", r"\1 "),
    (r"\b(who|what|where|when|how|that|there|here|it|he|she)['’]s\b", r"\1 is"),
    (r"\bw/o\b|\bw/out\b", "without"),
    (r"\bw/(?=\s)", "with"),
    (r": (?=[a-z ]+ \+ [a-z])", " with "),
    (r"(?<=[a-z]) \+ (?=[a-z])", " and "),
    (r"^\W*#\s*(?:of\s+)?(?=[a-z])", "number of "),
    (r"(?<![\w.])%\s*(?:of\s+)?(?=[a-z])", "percentage of "),
    (r"(?<![\w.])(?<!in )[(]?%[)]?(?=\s*(?:[?.!,;)]|$))", "in percent"),
    (r"\b(number of|how many|count(?: of)?) (?:the )?(\w+s)['’] (\w+)\b", r"\1 \3 of \2"),
    (r"\b(\d+(?:\.\d+)?)\s*\+(?=\s|$)", r"at least \1"),
    (rf"\b({COUNT}) (\w+(?: \w+){{0,3}}) or (?:more|over|above|longer|higher|greater)\b", r"at least \1 \2"),
    (rf"\b({COUNT}) (\w+(?: \w+){{0,3}}) or (?:less|fewer|under|below|shorter|lower)\b", r"at most \1 \2"),
    (r"\b(?:(?:did|do|does) not|didn't|don't|doesn't|never|not) (?:(?:show|turn)(?:ed)? up|attended)\b", "no-show"),
    (r"\b(a|an|one|every|each|any|no) single\b", r"\1"),
    (
        r"\b(in|on|at|during|within|for) (?:just |any |only )?one (?!of |day|week|month|quarter|year|hour)(?=[a-z])",
        r"\1 a ",
    ),
    (
        r"\b(depart\w*|leav\w+|left|fl(?:y|ies|ew|own|ying)|scheduled|go|goes|going|went|sent|run\w*|sail\w*) out of\b",
        r"\1 from",
    ),
    (
        r"\b(each|every|the|all|different) (\w+) (?:(?:that|which) )?((?:we|they|you) \w+) (to|from)(?=\W*$|,)",
        r"\1 \4 \2 \3",
    ),
    (r"\b(the |what is the )single (?=most|\w+st\b)", r"\1"),
    (r"\b(greatest|largest|highest|biggest|most|lowest|smallest|least) (?:total )?(?:amount|quantity) of\b", r"\1"),
    (r"\b(how long (?:do|does|did|will|can) .+?) last\b(?! (?:day|week|month|quarter|year))", r"\1 take"),
    (r"\b(than|over|under|least|most|within) an? (second|minute|hour|day|week|month|year)\b(?! ago)", r"\1 1 \2"),
    (rf"\bwithin ({COUNT}) (second|minute|hour|day|week|month|year)(s?)(?: (of)\b)?", _at_most),
    (r"(?<=\d) ?m(?:2|²)(?!\w)", " square metres"),
    (r"(?<=\d) ?m(?:3|³)(?!\w)", " cubic metres"),
    (r"\b((?:square|sq\.?|cubic) \w+|sqm|m2|m3|sqft) of (?:floor ?)?(?:space|area|room|surface)\b", r"\1"),
    (r"\bno (?:fewer|less) than\b", "at least"),
    (r"\btop (\d+) (?=most (?:common|frequent|popular|used)\b)", r"\1 "),
    (r"\btop (\d+) ([a-z]+s) by (?:number|count|frequency)(?=\W*$)", r"\1 most common \2"),
    (r"\bmin(?:imum|\.)? (?=\d{1,3} [a-z]+s\b)", "at least "),
    (r"\bmax(?:imum|\.)? (?=\d{1,3} [a-z]+s\b)", "at most "),
    (r"\b(?:should|ought to) (?:already )?have been \w+(?= (?:before|by|until)\b)", "were due"),
    (r"\bthe (week|month|quarter|year) (?:just )?before this(?: one)?\b(?! [a-z]+ed)", r"last \1"),
    (r"\b(?:how many|the number of) (?:euros|dollars|francs|yen|rupees|eur|usd|gbp|chf)\b", "how much money"),
    (rf"^((?!{_ASKING}\b)[a-z]+ [a-z]+s){_COUNTS}$", r"how many \1"),
    (rf"{_COUNTS}$", " how many"),
    (r"\b(\w{3,}-through) ?(?:%|percent\b|percentage\b)", r"\1 rate"),
    (r"(?<=[\d%])( \w+)? (?:all told|overall|altogether|in all|in sum|all in all|taken together)\b", r"\1 in total"),
    (rf"\b{_SUMS_UP}\b", "total"),
    (r"\b(?:by|under|according to) (?:the )?law\b", " "),
    (r"\b(?:each|every) time (?=(?:an?|the|we|you|somebody|someone|anybody|anyone) )", "when "),
    (
        rf"^\W*((?:{_ORDERS} )?)(?:(?:me|us) )?(?:each|every) (?=(?:\w+ ){{1,2}}{_WHO}{_ITS})",
        r"\1different ",
    ),
    (r"\b(?:each|every) ((?:\w+ ){1,2})(?:only |just )?once\b", r"different \1"),
    (rf",? {_ONCE}\b", " "),
    (rf"(?<![\w.-])(?:from )?({_AMOUNT}) ?(?:-|–|to) ?({_AMOUNT})(?= [a-z])", r"between \1 and \2"),
    (rf"\bhow (?:is|are|was|were) (?:the |our )?(.+?) {_SPREAD}(.+?),? (?:in|as) percent\w*", r"share of \1 by \2"),
    (rf"\bhow (?:is|are|was|were) (?:the |our )?(.+?) {_SPREAD}", r"\1 by "),
    (r"\b(?:all told|overall|altogether|taken together|all in all)\s*[.?!]*$", " "),
    (r"\b(?:past|previous|last) calendar (?=year|month|quarter|week)", "last "),
    (r"\bcalendar (?=year|month|quarter|week)", ""),
    (
        rf"\bthe (?:month|year) (?:of )?(?=(?:19|20)\d\d|Q[1-4]|{MONTH_NAMES})",
        "",
    ),
    (r"\b(?:over|during|throughout) (?:the (?:course of )?)?(?=(?:19|20)\d\d\b)", "in "),
    (r",? (?:as well as|along with|together with|and also|and additionally)\b", " and"),
    (
        rf"\bdated (?=from|between|in|on|since|after|before|until|till|during|up to|later|earlier|\d|{MONTH_NAMES})",
        "",
    ),
    (r"\b(?:from )?(year|quarter|month|week|day) (?:over|on|by|to|after) \1\b", r"by \1"),
    (rf"\bhow (?:did|do|does|has|have) (.+?) (?:{_MOVE})\b", r"show \1"),
    (r"\b(?:development|evolution|trend)s? (?:of|in) (?:the |our )?(.+?)(?: over time)?(?=\W*$)", r"\1 over time"),
    (r"\b(?:said|say|says|saying|answered|replied) yes to\b|\bopted in(?:to| to| for)\b", "with"),
    (r"\b(?:said|say|says|saying|answered|replied) no to\b|\bopted out of\b", "without"),
    (rf"\b(?:(?:is|are|was|were|been|get|gets|got) )?{_DEEMED} as (?:an? )?", "are "),
    (rf"\b(?:do|does|did|have|has) (?:we|they|you) {_DEEM} as (?:an? )?", "are "),
    (r"\bend(?:s|ed|ing)?(?: up)? in an? ", "are "),
    (r"\bi mean\b", ","),
    (rf"([,;:] )(?:please|kindly) (?:{_STATE}|show|list|give|name|display)\b(?: (?:me|us))?", r"\1"),
    (r"^\W*(?:ok(?:ay)?|right|good|fine|great|thanks|well)[,.!]? (?=and\b|now\b|but\b|only\b|what\b|how\b)", ""),
    (r"\bthe (?:same|corresponding) (?:figure|number|thing|list|result)\b|\bthis figure\b", "the same"),
    (r"\b(?:commonest|most commonly|busiest|most active|most (?:commonly |widely |often )?used)\b", "most often"),
    (r"\bmost (?:common|popular|frequent|usual)\b", "most often"),
    (r"\b(?:rarest|least (?:common|popular|frequent|usual)|least (?:commonly |widely |often )?used)\b", "least often"),
    (r"\b(?:the )?ratio (?:of|between) (?:the )?(.+?) (?:to|and) (?:the )?", r"\1 divided by "),
    (r"\b(?:the )?([\w']+)[ -]to[ -]([\w']+) ratio\b", r"\1 divided by \2"),
    (
        r"\b([^\d]+?) (?:vs\.?|versus|against) ([^\d]+?)(,[^,\d]*)?,? (?:in )?(?:%|percent)\W*$",
        r"\1 as a percentage of \2\3",
    ),
    (r"\bas %s? of\b|\bin %s? of\b", "as a percentage of"),
    (r"(?<=[a-z]) ?/ ?(?=[a-z]{3})(?!month|year|day|week|hour)", " divided by "),
    (
        rf"\b(?:from|as of|starting) ((?:{_OF_A_YEAR})?(?:19|20)\d\d|{_DATE}) (?:on|onwards?)\b",
        r"since \1",
    ),
    (
        (
            r"\bby when (?:(?:the |our |these )?[\w-]+ (?:was|were|is|are|got|has been|have been)|they|it) "
            rf"(\w+ed|{'|'.join(sorted(PARTICIPLES))})\b"
        ),
        r"by \1 date",
    ),
    (r"\bgoing by\b|\baccording to\b|\bmeasured by\b|\bin terms of\b|\bjudging by\b|\bas measured by\b", "by"),
    *STRETCHES,
    (r"(?<![\w.])(?:no|nr|num)\.? of\b|# of\b", "number of"),
    (r"\bwhat number of\b", "how many"),
    (r"\b(?:in|on) how many (?:cases|instances|occasions) (?=was|were|did|do|is|are|ha)", "how often "),
    (r"\b(?:ended|ends|ending) (?:up )?with (?=.* being \w+ed\b)", "with "),
    (r"\bhead ?count of\b", "number of"),
    (r"\bhead ?count\b", "number of people"),
    (r"\bin how many (?:of the )?(?:cases|instances)\b", "how many times"),
    (r"\b(?:i\. ?e\.?|e\. ?g\.?|viz\.)[,:]?\s", ", "),
    (r"\b(month|quarter|year|week|day|(?:19|20)\d\d)['’]s\b", r"\1"),
    (r"\be-mail", "email"),
    (r"\b(?:since|on|after|from) ([^,?.!]*?\b(?:19|20)\d\d(?:-\d\d-\d\d)?) or (?:later|after|newer)\b", r"since \1"),
    (r"\b(on|in|of|with|at|for|did|does|was|were|has|have|had|times?) one of (?=(?:their|our|the|your|my)\b)", r"\1 "),
    (r"\b(on|in|of|with|at|for) one of (?=(?:its|his|her)\b)", r"\1 "),
    (r"(?<!out )(?<!is )(?<!are )\bon top(?: of (?:that|this|it))?(?! of)\b", " "),
    (r"\bwhat (did|do|does) ([\w' -]+?) (?:take|bring) in\b", r"how much money \1 \2 generate"),
    (r"\b(?:leave|keep|take) ((?:the |any |all )?[\w-]+) (?:out|aside|off)(?=\W*$)", r"excluding \1"),
    (r"\bout of (?=all|the|every)", "of "),
    (r"\bon or after ", "since "),
    (r"\bon or before ", "no later than "),
    (rf"\b(?:in |from |on )?({_DATE})(?: or (?:later|after|newer)| onwards?| and later)\b", r"since \1"),
    (rf"\b(?:in |from |on )?({_DATE}) or (?:earlier|before|older)\b", r"no later than \1"),
    (r"\bstarting (?:in|from) (?=\d{4})", "since "),
    (
        r"\b(?:exceed(?:s|ed|ing)?|(?:more|greater|longer|higher) than) an? (\w+(?: \w+)?) of (?=[$€£]?\d)",
        r"with a \1 more than ",
    ),
    (r"\bhow long (do|does|did|will) (?!it\b|this\b|that\b)(.*?) (?:take|last)\b", r"how duration \1 \2 take"),
    (r"\b(?:do|does|did)(?: not|n't) exceed\b", "at most"),
    (r"\bexceed(?:s|ed|ing)?\b", "more than"),
    (r"\bgreater (?:than )?or equal (?:to|than)\b", "at least"),
    (r"\b(?:less|smaller|lower) (?:than )?or equal (?:to|than)\b", "at most"),
    (r"\b(?:leave|leaving) ((?:the |any |all |their |our )?[\w-]+) (?:out|aside)\b", r"excluding \1"),
    (r"\b(?:leaving out|leave out|apart from|aside from|with the exception of|ignoring|not counting)\b", "excluding"),
    (r"\b(?:not including|but not|rather than|but without)\b", "excluding"),
    (r"^\W*(?:omit|skip|ignore|leave off|exclude)\b", "excluding"),
    (rf"\b(?:excluding|except) {_THOSE}(?:are|is|were|was)(?:n['’]t| not)\b", r"only \1"),
    (rf"\b(?:excluding|except) {_THOSE}(?:do|does|did|have|has|had)(?:n['’]t| not)(?: have)?\b", r"only \1with"),
    (rf"\b(?:excluding|except) {_THOSE}(?:without|with no|lacking|lack|lacks|have no|has no)\b", r"only \1with"),
    (r"\b(?:there (?:is|was|are|were)n[o']t|not|n't) (?:even )?(?:a single|any)\b", "no"),
    (r"\b(with|have|has|having|had) (?:zero|0) (?!percent|euros?|dollars?)(?=(?:[a-z]+ ){0,2}[a-z]+s\b)", r"\1 no "),
    (r"(?<!year[ -])(?<!quarter[ -])(?<!month[ -])(?<!year, )\b(?:to date|so far)\b(?! this)", " "),
    (r"\b(with|has|have|had|having) (?:the |an? )?max(?:imum|imal)?\b", r"\1 the highest"),
    (r"\b(with|has|have|had|having) (?:the |an? )?min(?:imum|imal)?\b", r"\1 the lowest"),
    (r"\b(?:over|above|more than|older than) (\d+) years (?:old|of age)\b", r"older than \1"),
    (r"\b(?:under|below|less than|younger than) (\d+) years (?:old|of age)\b", r"younger than \1"),
    (r"\baged (?=between|\d|over|under|above|below|at )", "age "),
    (r"\b(?:middle value of|middle value|50th percentile of)\b", "median"),
    (r"\bmiddle \(median\)|\bmedian \(middle\)", "median"),
    (r"\(median\)", " "),
    (r"\bmiddle(?= median)", " "),
    (
        r"\b(?:is|are|was|were) (?:not|n't) (?:set|recorded|given|known|filled(?: in)?|specified|available|on file)\b",
        "is missing",
    ),
    (r"\b(?:unset|absent|unspecified|undefined|not (?:set|recorded|known|specified|available|filled in))\b", "missing"),
    (r"\bUSA?\b(?! dollar)", "United States"),
    (r"\bU\.S\.(?:A\.)?", "United States"),
    (r"\bUK\b", "United Kingdom"),
    (r"\b(?:compared (?:to|with)|versus|vs\.?|against)(?!\w)", "versus and"),
    (r"^\W*(?:sort|rank|order) (?:the |all )?(.+?) by\b", r"\1 sorted by"),
    (r"\bfrom (?:the )?(?:highest|largest|most) to (?:the )?(?:lowest|smallest|least)\b", "in descending order"),
    (r"\bfrom (?:the )?(?:lowest|smallest|least) to (?:the )?(?:highest|largest|most)\b", "in ascending order"),
    (
        r"(?:^|,? )(?:highest|largest|biggest|most|newest|latest|longest|heaviest|best|busiest) first\b",
        " in descending order",
    ),
    (
        r"(?:^|,? )(?:lowest|smallest|least|oldest|earliest|shortest|lightest|cheapest|fewest) first\b",
        " in ascending order",
    ),
)
_PATTERNS = [(re.compile(pattern, re.IGNORECASE if "USA" not in pattern and "UK" not in pattern else 0), plain)
             for pattern, plain in _SAME]  # fmt: skip


def plainly(question: str) -> str:
    """The question with numbers in digits and common turns of phrase replaced by those that the grammar knows."""
    text = turned(in_digits(in_one_clause(grouped(without_asides(question)))), _PATTERNS)
    text = _THAN_USUAL.sub(_than_usual, text)
    return in_full(text)


_THAN_USUAL = re.compile(r"\b(more|fewer|less) ([\w ]{3,30}?) than (?=(?:the )?(?:average|median)\b)", re.IGNORECASE)


def _than_usual(found: re.Match[str]) -> str:
    """`more orders than average`: orders, more than average; but not `more expensive than`."""
    return found[0] if dimension(found[2].lower()) else f"{found[2]} {found[1]} than "
