"""What restricts nothing in a question: `whatever became of them`, `past or present`, `by the way`, `one line each`."""

import re

from mocks.genie.language.turns import turned, turns

_BEFORE = r"(?:past|former|previous|earlier|ex|old)"
_NOW = r"(?:present|current|existing|active|new)"
_AND = r"(?: or|,? and| as well as| and also) "
# What is one or the other of all things; in an aside it only says that all are meant.
_CONTRASTS = (
    ("big|large", "small|little"),
    ("old", "new|young"),
    ("open", "closed"),
    ("active", "inactive|not"),
    ("in use|in service|in stock", "retired|gone|not|scrapped|ended|out of use"),
    ("still (?:there|here|with us)|current|live", "retired|gone|not|scrapped|ended|former"),
    ("paid", "unpaid|not|outstanding"),
    ("dead", "alive"),
    ("good", "bad"),
    ("long", "short"),
    ("used", "new|unused"),
    ("sold", "unsold|not"),
    ("finished|done", "unfinished|not|not done|ongoing"),
    ("won", "lost"),
    ("successful", "unsuccessful|failed|not"),
    ("rich", "poor"),
    ("full", "empty"),
    ("cheap", "expensive|dear"),
    ("known", "unknown|not"),
)
_EITHER = "|".join(rf"(?:{one}) or (?:{other})|(?:{other}) or (?:{one})" for one, other in _CONTRASTS)
_ENDS = r"(?=\s*[,.;:?!)–-]|\s*$)"
_NO_MATTER = r"(?:whatever|regardless of|irrespective of|no matter(?: what| which)?|independent of)"
_HOW = r"(?:what|how|which|who|where|when|whether)"
_CAME = r"(?:came|comes?|becomes?|became|happen(?:ed|s)|went|the (?:outcome|result|reason|status|state))"
_NUMBER = r"(?:number|figure|count|total|value|line|row|result|entry|sum)"
_ONLY = r"(?:(?:please|just|only|simply|i (?:only |just )?(?:need|want)|(?:give|show|tell)(?: me)?) )*"
_COUNTS = r"(?:how (?:many|much|often)|number of|count|total|average)"
_ENOUGH = r"(?: only| please| alone| (?:will|would) do| is (?:enough|fine|all i need)| suffices)?"
_RECORDS = r"(?:records?|lists?|books?|data|tables?|files?|systems?|registers?|logs?|inventory|catalogue|catalog)"
_BOOKS = (
    r"(?:file|record|the books|our books|the book|our records|our system|the system|the database"
    r"|our inventory|the inventory)"
)
_STORED = r"(?:stored|recorded|saved|listed|given|known|entered|registered|noted|filed|available|on (?:file|record))"
_AWARE = r"(?:we|you|they) (?:know (?:of|about)|are aware of|have heard of|keep track of)"
_UP = r"(?:(?:turn|show|crop|pop|come|came)(?:s|ed|ing)? up|appear(?:s|ed)?|feature[sd]?|figure[sd]?)"
_WITH = r"[.?;,(–-] *(?:and |please |also )*includ(?:e|ing)(?: all| also| even)?"
_SAYS_NOTHING = (
    rf"\b{_NO_MATTER} (?:the |their |its )?\w+(?: (?:is|was|may be))?(?=\s*[,.?!]|\s*$)",
    rf",? ?\b(?:no matter|never mind|regardless of|irrespective of) {_HOW}\b[\w' -]{{2,45}}?{_ENDS}",
    rf"[,(–-] *(?:whatever|however|whichever|whoever|wherever) [\w' -]{{2,45}}?\)?{_ENDS}",
    rf"\b(?:whatever|however) (?:(?:has |have )?(?:be)?{_CAME}|(?:it|they) \w+)\b[\w' -]{{0,30}}?{_ENDS}",
    rf", whether (?:they |it |she |he )[\w' -]{{2,40}} or [\w' -]{{2,30}}{_ENDS}",
    rf",? ?\b(?:both )?(?:{_BEFORE}{_AND}{_NOW}|{_NOW}{_AND}{_BEFORE})\b(?: ones)?",
    rf"(?<!ed)[,(–-] *(?:be (?:they|it) |whether )?(?:{_EITHER})(?: ones)?\)?{_ENDS}",
    r"\b(?:of )?all[ -]time\b(?! (?:high|low))",
    r"\b(?:at the moment|right now|at present|as of (?:now|today)|these days|(?:please|pls|plz)(?! [a-z]))\b",
    r"(?:^|[,(]) *by the way\b,?|\bby the way(?=[,.?!)]|\s*$)",
    r"\b(?:in the form of|by means of)\b",
    r"\baccounts? for(?=\W*$)",
    rf"\b(?:that|which|whom) {_AWARE}\b|\b{_AWARE}\b(?=\s*[,.?!]|\s*$)",
    rf"\b{_UP} (?=(?:in|on|among) (?:our|the|your|this) (?:\w+ ){{0,2}}{_RECORDS}\b)",
    (rf"[.;,(–-] *(?:and |with |please )*(?:(?:count|includ)(?:e|ing)? )?(?:the |any |all )*[\w-]+ ones "
    rf"(?:included|too|as well|also|counted(?: too| as well)?)\b\)?{_ENDS}"),
    rf"{_WITH} (?:the |any )*[\w-]+ ones\)?{_ENDS}",
    rf"{_WITH} (?:people|persons|those|everyone|everybody|ones) (?:who|that) [\w' ]{{2,40}}?\)?{_ENDS}",
    rf"[.?!;,–(-] *{_ONLY}one {_NUMBER} (?=(?:per|for each|for every|by)\b)",
)  # fmt: skip
_SAME = (
    (r"\b(?:is|are|was|were) on (?:file|record)\b", "is known"),
    (rf"\b(?:on|in) {_BOOKS}\b", " "),
    *((pattern, " ") for pattern in _SAYS_NOTHING),
    (r"\bone time each\b", "each once"),
    (rf"\b(no|without(?: an?| any)?|missing|lacks?|lacking) ((?:[\w-]+ ){{1,3}}?){_STORED}{_ENDS}", r"\1 \2"),
    (r"\b(which|what|\w{2,}est) single (?=\w)", r"\1 "),
    (r"\b(?:no|without) dupes\b", "no duplicates"),
    (r"^(\W*(?:which|what) [\w ]+?) (?:stands?|is|are|was|were|lies?) behind (?=our|the|these)", r"\1 have "),
    (r",? (?:in|as) (?:plain )?(?:numbers|figures|digits)(?=\s*[,.?!]|\s*$)", " "),
    (
        r"[,(] *(?:any|all|every|each|whatever) (?:status|state|kind|type|sort|condition|age|size)(?:e?s)?\)?(?=\W*$)",
        " ",
    ),
    (r"\bof (?:any|all|every|whatever) (?:kind|sort|type|size|age|status|description)s?\b(?! of)", " "),
    (rf"\b({_COUNTS}\b.*?)[.?!;,(]+ *{_ONLY}(?:a|the|one)(?: single| plain)? {_NUMBER}{_ENOUGH}\)?\W*$", r"\1"),
    (r"[.?!;,–-] *(?:each|every) (?:\w+ ){0,2}?(?:(?:only|just|shown|listed) )?(?:once|one time)\W*$", ", each once"),
    (r"\bper cent(age)?\b", r"percent\1"),
    (r"(?<!or)(?<!say)(?<!said)(?<!is)(?<!a)(?<=[a-z]) (?:no|nr)\.?(?=\W*$)", " number"),
)
_PATTERNS = turns(_SAME)
_PEOPLE = r"(?:we|i|you|they|one|nobody)"
_CANNOT = rf"(?:can ?not|can['’]?t|could not|couldn['’]?t|(?:can|could)(?= {_PEOPLE} not))(?: {_PEOPLE})?(?: not)?"
_CALLS = r"(?:call|ring|phone|telephone|dial|reach|contact|text|e-?mail|mail|write(?: an? (?:e-?mail|letter))?)"
_UNREACHED = re.compile(
    rf"\b{_CANNOT} (?:be )?(?P<how>{_CALLS})\w*(?: (?:up|back|to|them|him|her|on))*,? "
    r"(?:because|since|as|for lack|due to|for want)\b.*?\b(?:no|without|of|missing|not|n['’]t)\b.*?(?=[.?!]|$)",
    re.IGNORECASE,
)
_BY_LETTERS = ("email", "e-mail", "mail", "write")


def without_asides(question: str) -> str:
    """The question without them, and with `have no phone number` for those whom nobody can call for want of one."""
    return _UNREACHED.sub(_unreached, turned(question, _PATTERNS))


def _unreached(found: re.Match[str]) -> str:
    return f"have no {'email' if found['how'].lower().split()[0] in _BY_LETTERS else 'phone number'}"
