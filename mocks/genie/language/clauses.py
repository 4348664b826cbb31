"""Questions of several clauses said in one: `in which cities do they live, and how many in each`."""

import re

from mocks.genie.language.english import PEOPLE
from mocks.genie.language.turns import turned, turns
from mocks.genie.language.words import stem

_WE = r"(?:we|they|you|people|our [\w-]+|the [\w-]+)"
_DOES = r"(?:do|does|did|have|has|had|can|could|are|were|is|was)"
_IN = r"(?:in|on|at|for|by|from|through|via|with|under|to|into|during|of|over)"
_EACH = (
    rf"(?: each(?: of (?:them|those|these))?| {_IN} (?:each|every|it|them)(?: \w+)?"
    r"| (?:is|was|are|were) (?:it|there|that|they)(?: each)?| each time)?"
)
_GROUP = rf"(?:which|what) (?P<group>[\w'-]+(?: (?!{_DOES}\b)[\w'-]+){{0,3}}?)"
_REST = r"(?P<rest>[^,;?]+?)"
_MANY = r"(?P<many>how (?:many|much|long|often))"
_WORD = r"(?: (?!each|in|of|on)[\w-]+)"
_BY_GROUP = r"\g<many> \g<rest> per \g<group>"
_COUNTED = r"(?:please )?(?:count|i mean|i am counting|i'm counting|counting|we mean|meaning)(?: only| just)?"

_FROM_WHERE = (
    rf"^\W*(how many|which|what) ((?:different )?[\w-]+(?: [\w-]+)?) ({_DOES} {_WE}(?: ever)? [\w-]+) (to|from)"
    r"(?=\W*$| (?:in|during|since|after|before)\b)"
)
_AND_HOW_MANY = rf"^\W*{_IN} {_GROUP} {_DOES} {_REST}[,;?]? (?:and )?{_MANY}{_EACH}\W*$"
_HOW_MANY_WHERE = rf"^\W*{_IN} {_GROUP} {_DOES} (?P<many>how many)(?: of (?:our|the|their))? {_REST}\W*$"
_WHICH_ARE_THERE = (
    rf"^\W*{_GROUP} (?:are there|do we have|exist|is there)[,;]? and (?P<many>how many)(?P<rest>{_WORD}{{1,5}}?)"
    rf"(?:{_EACH}| (?:do|does|did) (?:it|they|each)(?: \w+)?)\W*$"
)
_KIND = r"(?:kinds?|sorts?|types?|categor(?:y|ies)|class(?:es)?)"
_HOW_MANY_OF_EACH = (
    rf"^\W*(?:which|what) (?P<group>{_KIND} of (?P<rest>[\w-]+))\b(?P<more>[^,;?]*)[,;?]? (?:and )?(?P<many>how many)"
    rf"(?: (?:are there|there are|do we have))?(?: of)? each(?: {_KIND}| one| of (?:them|these|those))?\W*$"
)
_WHAT_IS_COUNTED = (
    r"^(?P<head>.*?\b(?:how many|number of)) (?P<one>[\w-]+)\b(?P<rest>[^?.!;]*)[?.!;,]+ *"
    rf"{_COUNTED} (?:the |all |their |its )?(?P<other>(?!ones)[\w-]+s)(?:,? (?:and )?not (?:the |their )?[\w -]+)?\W*$"
)
_ONCE = (
    r"[,;(]* *\b(?:(?:no|without(?: any)?) (?:duplicates|repeats|repetitions?)"
    r"|(?:every one|each)(?: one)?(?: listed| shown| counted)?(?: just| only)? once)\b\W*$"
)
_ASIDE = (
    r"^(\W*(?:please )?(?:(?:tell|show|give) (?:me|us) )?"
    r"(?:how many|number of|count|total|what is the|the number)\b.*?)[,;(]* *"
    r"\b(?:one row (?:each|per \w+)|(?:(?:just|only)|i (?:just|only) (?:need|want)) "
    r"the (?:number|count|figure|total))\b\W*$"
)
_OF_ALL = (
    r"^\W*(?:(?:out )?of|among) (?:all )?(?:the |our |its |their |these )?([\w-]+(?: [\w-]+){0,2}?),? "
    r"(how many|which|what)(?: of (?:them|these|those))?(?: (different|distinct|unique))?(?: ones)?\b"
    r"(?! (?:percent|share|of)\b)"
)
_EACH_ONCE = r"^\W*count (?:each|every) ([\w-]+)\b(.*?),? (?:just |only )?once\W*$"
# `including those who left`, `incl. closed ones`, `refused loads included`: nothing is left out.
WITH_THOSE = (
    (r"\bexcl\b\.?", "excluding"),
    (
        (
            r",? *\(?\b(?:including|incl\b\.?) (?:also )?(?:former|past|previous|inactive|old)(?: ones)?\)?"
            r"(?= with(?:out)?\b)"
        ),
        "",
    ),
    (
        (
            r",? *\(?\b(?:also |and )?(?:including|incl\b\.?|counting) (?:also )?(?:(?:those|any|all|even|former|past|"
            r"previous|closed|cancell?ed|inactive|deleted|returned|withdrawn|old)\b|(?:the )?[\w-]+ ones?\b)"
            r"[^,.?!;)]*\)?(?=\s*[.?!,]*$)"
        ),
        "",
    ),
    (r",? *[(,] *(?:with )?(?:[\w'-]+ ){1,3}included\b\)?(?=\s*[.?!,]*$|,)", ""),
    (
        r"[.?;,–-] *(?:please )?(?:count|include|show|list) (?:in )?(?:the )?[\w-]+ ones (?:too|as well|also)(?=\W*$)",
        "",
    ),
    (
        (
            r"[.?;,–-] *(?:(?:and|but|please|kindly|do) )*include (?:also |even )?(?:(?:the|any|all|those) )*"
            r"(?:[\w-]+ ){1,2}ones(?: in (?:it|this|that))?(?=\W*$)"
        ),
        "",
    ),
)
_TOO = r",? *[,(] *(?:and |even |also |including )?(?:the )?[\w-]+(?: ones)? (?:too|as well|or not)\b\)?(?=\W*$)"


def _counted_instead(found: re.Match[str]) -> str:
    """The other thing, of those that were named first unless these are persons, who are wherever it is."""
    first = "" if stem(found["one"]) in PEOPLE else f" with {found['one']}"
    return f"{found['head']} {found['other']}{first}{found['rest']}"


_PATTERNS = turns(
    (
        (_OF_ALL, r"\2 \3 \1"),
        (_EACH_ONCE, r"how many different \1\2"),
        (_ONCE, ", distinct"),
        (_ASIDE, r"\1"),
        (_TOO, ""),
        (_FROM_WHERE, r"\4 \1 \2 \3"),
        (_AND_HOW_MANY, _BY_GROUP),
        (_HOW_MANY_WHERE, _BY_GROUP),
        (_WHICH_ARE_THERE, _BY_GROUP),
        (_HOW_MANY_OF_EACH, rf"{_BY_GROUP}\g<more>"),
        (_WHAT_IS_COUNTED, _counted_instead),
    )
)


def in_one_clause(question: str) -> str:
    """The question in one clause where its clauses ask for one thing, without asides that change nothing."""
    return turned(question, _PATTERNS)
