"""Words: sentences, stems, identifiers and names, and the few words of general English that mean the same."""

import re

_STOP = """
a an the of for in on at to from with without by as is are was were be been being am do does did done have has had
having this that these those there here it its he she his her they them their we us our i me my you your and or but
nor so if then than too very also just only please can could would should will shall may might must about into onto
over under per what which who whom whose where when why how tell show give list get find say says said mean means
meant describe explain know want need like any some each every all both other such same own not no yes between within
during after before until while out up down off again once more most less least much many few let s t re ve ll m d via
according across among currently current today now presently exactly apply applies applied applicable longer shorter
higher lower stricter greater smaller larger cheaper compare compared comparison difference different differ original
originally often frequently previous previously former formerly initial initially first executed
name names called meaning meanings definition define defined stands stand must these days instead
"""
STOP = frozenset(_STOP.split())

# Words that ask for a kind of value rather than for a subject: a passage need not repeat them.
_VALUE_NOUNS = """
limit limits rate rates amount amounts value values number numbers date dates deadline window period periods duration
length time times requirement requirements level levels day days month months year years hour hours week weeks minute
minutes minimum maximum min max fast soon quickly long early late far big large high low size price cost fee fees
charge percent percentage figure figures quantity details detail information term terms condition conditions rule
rules typical usual ceiling cap threshold required allowed permitted document
documents
"""
VALUE_NOUNS = frozenset(_VALUE_NOUNS.split())

_SAME = (
    "notice notify notification notified",
    "fee charge price cost rate tariff",
    "terminate termination cancel cancellation",
    "expire expiry expiration end ends",
    "begin start commence commencement",
    "period window duration",
    "law governed jurisdiction",
    "change amend amended amendment modify modified",
    "buy purchase bought",
    "sell sale sold",
    "vacation holiday leave",
    "salary wage pay paid payment remuneration",
    "reason because owing due caused",
    "absorb absorbed merge merged merger",
    "warranty guarantee guaranteed",
    "repair fix mend cure remedy rectify",
    "inspect audit examine",
    "books records",
    "cover coverage insurance insured",
    "late overdue delayed",
    "tolerate allow permit accept",
    "renew renewal extend extension prolong",
    "company firm entity business",
    "remain survive",
    "carry maintain",
    "breach violate default",
    "sublet subletting sublease",
    "hand submit",
    "reveal disclose",
    "return refund",
    "delete remove",
    "staff employee employees",
    "car vehicle",
    "clause section article",
    "minimum least below",
    "maximum exceed exceeding most",
    "prohibit forbid prohibited forbidden banned",
    "co2 carbon-dioxide",
    "h2s hydrogen-sulfide",
)
_PHRASES = {
    r"\bcarbon dioxide\b": "carbon-dioxide",
    r"\bhydrogen sul(?:f|ph)ide\b": "hydrogen-sulfide",
    r"\b(?:not|no) less than\b|\bat least\b": "minimum",
    r"\b(?:not|no) more than\b|\b(?:up to|at most)\b|\bnot (?:to )?exceed\b": "maximum",
}
_SUFFIXES = (
    *(
        "izations",
        "ization",
        "ications",
        "ication",
        "ations",
        "ation",
        "ated",
        "ates",
        "ating",
        "ate",
        "ements",
        "ement",
    ),
    *(
        "ments",
        "ment",
        "ances",
        "ance",
        "ences",
        "ence",
        "ings",
        "ing",
        "ions",
        "ion",
        "ies",
        "ied",
        "ive",
        "ers",
        "er",
    ),
    *("ors", "or", "edly", "ed", "es", "ly", "al", "s", "e", "y"),
)
_SHORT = {"s", "es", "ed", "ing", "ings", "ment", "ments"}
_IRREGULAR = {"paid": "pay", "sold": "sell", "bought": "buy", "people": "person", "men": "man", "children": "child"}
_BRITISH = re.compile(r"our(?=s?$|ed$|ing$)")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*", re.UNICODE)
_IDENTIFIER = re.compile(r"\b[A-Za-z]{1,10}(?:[-_/][A-Za-z]+)*(?:[-_/]\d\w*)(?:[-_/]\w+)*\b|\b[A-Z]{1,6}\d{3,}\b")
_QUOTED = re.compile(r"[\"“”]([^\"“”]{2,80})[\"“”]")
_FORM = r"(?:LLC|L\.?L\.?P|LP|L\.P|Inc|Ltd|GmbH|AG|Corp|Co|PLC|plc|S\.A|BV|KG)\b\.?"
_NAME = re.compile(
    rf"\b[A-Z][\w&'’.-]*(?:\s+(?:of|the|and|&|de|für|y)?\s*[A-Z][\w&'’.-]*)+(?:,?\s+{_FORM})?"
    rf"|\b[A-Z][\w&'’-]*,?\s+{_FORM}"
)
_SENTENCE = re.compile(
    r"(?<=[.!?;])(?<!\b[A-Z]\.)(?<!Inc\.)(?<!Ltd\.)(?<!Co\.)(?<!No\.)(?<!Corp\.)(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)(?<!e\.g\.)"
    r"(?<!i\.e\.)(?<!approx\.)\s+(?=[\"“(\[]?[A-Z0-9])|\n+"
)


def stem(word: str) -> str:
    """The part of a word that its forms share: deliver, delivery, delivered."""
    lowered = word.lower().replace("’", "'").removesuffix("'s").rstrip(".")
    if not lowered.isalpha():
        return lowered
    lowered = _IRREGULAR.get(lowered, _BRITISH.sub("or", lowered) if len(lowered) > 5 else lowered)
    for _ in range(2):
        lowered = _undouble(_cut(lowered))
    return lowered


def _cut(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (3 if suffix in _SHORT else 4) and word[-2:] != "ss":
            return word.removesuffix(suffix)
    return word


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz" else word


_CANON = {stem(word): stem(group.split()[0]) for group in _SAME for word in group.split()}
VALUE_STEMS = frozenset(_CANON.get(stem(word), stem(word)) for word in VALUE_NOUNS)


def canonical(word: str) -> str:
    """The stem, the same for words that mean the same."""
    root = stem(word)
    return _CANON.get(root, root)


def terms(text: str) -> list[str]:
    """The content words of a text as stems, in order, each as often as it stands there; identifiers are left out."""
    text = _IDENTIFIER.sub(" ", text)
    for phrase, word in _PHRASES.items():
        text = re.sub(phrase, f" {word} ", text, flags=re.IGNORECASE)
    words = (word for found in _WORD.findall(text.replace("_", " ")) for word in _parts(found))
    return [canonical(word) for word in words if _plain(word) not in STOP]


def _plain(word: str) -> str:
    return re.sub(r"(?:'s|'re|'ll|'ve|'d|n't)$", "", word.lower().replace("’", "'"))


def _parts(word: str) -> list[str]:
    """A compound and its halves, unless it is one that we made ourselves."""
    if "-" not in word or word.lower() in {"carbon-dioxide", "hydrogen-sulfide"}:
        return [word]
    return [part for part in word.split("-") if len(part) > 1]


def identifiers(text: str) -> list[str]:
    """Words such as INV-0042 or TK1203, each once, in order; `mid-2024` is none."""
    found = (match[0] for match in _IDENTIFIER.finditer(text))
    return list(dict.fromkeys(one for one in found if any(c.isupper() for c in one)))


def names(text: str) -> list[str]:
    """Quoted phrases and runs of capitalised words, each once, in order."""
    runs = [match[0].strip(" ,") for match in _NAME.finditer(text)]
    runs = [re.sub(rf"^(?:(?:{_LEADING})\s+)+", "", run) for run in runs]
    runs = [run for run in runs if " " in run and run[0].isupper() and not _IDENTIFIER.search(run)]
    return list(dict.fromkeys([*_QUOTED.findall(text), *runs]))


_LEADING = (
    "What|Which|Who|Whose|Where|When|Why|How|Is|Are|Was|Does|Do|Did|Can|Could|May|Must|Shall|Compare"
    "|The|And|For|In|On|Under|the|of"
)


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def mentions(text: str, what: str) -> bool:
    """Whether the text names it as a whole, whatever the case and the kind of blanks or dashes."""
    return bool(re.search(rf"(?<![\w-]){_loosely(what)}(?!\w|-\d)", text, re.IGNORECASE))


def _loosely(what: str) -> str:
    return r"[\s_\-–]+".join(re.escape(part) for part in re.split(r"[\s_\-–]+", what) if part)
