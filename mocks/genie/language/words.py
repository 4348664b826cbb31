"""Words: cutting a question into tokens and reducing them to stems, so that other forms of a word are found."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}"  # a date
    r"|[A-Za-z]+(?:[-_][A-Za-z0-9]*\d[A-Za-z0-9]*)+"  # an identifier such as GGA-001
    r"|\$?\d[\d,]*(?:\.\d+)?%?"  # a number
    r"|[^\W\d_]+(?:'[^\W\d_]+)?"  # a word
    r"|>=|<=|[<>=]"
)
_QUOTED = re.compile(r"[\"“']([^\"”']{2,80})[\"”'](?!\w)")
_SUFFIXES = (
    *("izations", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion"),
    *("ed", "es", "s", "e"),
)
_IRREGULAR = {
    "paid": "pay", "people": "person", "children": "child", "men": "man", "women": "woman", "spent": "spend",
    "payment": "pay", "payments": "pay", "wrote": "write", "written": "write", "born": "birth", "births": "birth",
    "weigh": "weight", "weighs": "weight", "weighed": "weight", "weighing": "weight", "lent": "lend", "made": "make",
    "sold": "sell", "sale": "sell", "sales": "sell", "bought": "buy", "began": "begin", "begun": "begin",
    "beginning": "begin", "sent": "send", "held": "hold", "built": "build", "expiry": "expire", "delivery": "deliver",
    "deliveries": "deliver", "shipment": "ship", "publication": "publish", "duration": "dur", "renewal": "renew",
    "renewals": "renew", "rental": "rent", "rentals": "rent", "arrival": "arrive", "departure": "depart",
    "approval": "approve", "assignee": "assign", "total": "total", "totals": "total", "left": "leave", "lost": "lose",
    "won": "win", "met": "meet", "grew": "grow", "ran": "run", "gave": "give", "took": "take", "kilos": "kilogram",
    "kg": "kilogram", "kgs": "kilogram", "km": "kilometre", "kilometers": "kilometre", "kilometer": "kilometre",
    "euros": "euro", "led": "lead", "lives": "live", "lived": "live", "statuses": "status", "status": "status",
    "comm": "commission", "dedication": "dedicate", "admission": "admit", "admissions": "admit", "submission": "submit",
    "submissions": "submit", "resolution": "resolve", "decision": "decide", "closure": "close", "closing": "close",
    "removal": "remove", "withdrawal": "withdraw", "withdrawals": "withdraw", "withdrawn": "withdraw",
    "withdrew": "withdraw", "referral": "refer", "referrals": "refer", "dismissal": "dismiss", "recovery": "recover",
    "discovery": "discover", "hire": "hire", "reception": "receive", "receipt": "receive", "receipts": "receive",
    "receival": "receive", "subscription": "subscribe", "subscriptions": "subscribe", "prescription": "prescribe",
    "prescriptions": "prescribe", "suspension": "suspend", "extension": "extend", "collection": "collect",
    "agreed": "agree", "agrees": "agree", "agree": "agree", "agreeing": "agree", "programme": "program",
    "programmes": "program", "burnt": "burn", "learnt": "learn", "sung": "sing", "caught": "catch", "taught": "teach",
    "thought": "think", "brought": "bring", "told": "tell", "kept": "keep", "felt": "feel", "drawn": "draw",
    "drew": "draw", "driven": "drive", "drove": "drive", "flown": "fly", "flew": "fly", "flies": "fly",
    "shown": "show", "chosen": "choose", "chose": "choose", "broken": "break", "broke": "break", "spoken": "speak",
    "stolen": "steal", "frozen": "freeze", "shipped": "ship", "shut": "shut", "rose": "rise", "risen": "rise",
    "fell": "fall", "fallen": "fall", "became": "become", "came": "come", "went": "go", "gone": "go",
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year",
    "annually": "year", "plane": "aeroplane", "planes": "aeroplane", "species": "species",
    "series": "series", "acreage": "acre",
    "specialises": "special", "specializes": "special", "specialised": "special", "specialized": "special",
    "specialty": "special", "speciality": "special", "specialist": "special",
    "ins": "in", "ups": "up", "ons": "on",
    "this": "this", "is": "is", "was": "was", "has": "has", "does": "does",
}  # fmt: skip
# Words that carry no condition: a question means the same without them.
_FUNCTION_WORDS = """
a an the of for in on at to from with is are was were be been being do does did done has have had having there that this
these those here we us our ours i me my you your they them their theirs its it and or as please can could
would will shall
may might should must tell show list give get gets got display find provide see want need know what which who whose
whom where when how all any every so exist exists within under among across out about just only also than then if
whole database data table tables record records row rows information info details detail value values one ones together
respective respectively currently altogether yet still already ever even currently now exactly own
whether because while during into between each per both overall such like same some name names called named say
once right away immediately let lets hi hello hey thanks thank kindly actually really anybody anyone
somebody someone anything everything versus
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
_SHORTEST = 3
# Words in which `ment` is no ending of a verb: a comment is nothing that comes, and a department nothing that departs.
_MENTS = """
comment document moment segment element garment department apartment instrument monument experiment supplement
tournament basement implement complement compliment ornament fragment pigment parliament regiment sediment testament
tenement cement lament torment ferment augment environment
"""
_WHOLE = frozenset(_MENTS.split())
_NO_MEN = frozenset(("specimen", "regimen", "abdomen", "acumen", "foramen", "cyclamen", "bitumen"))
# Words that are no plural.
_SINGULARS = """
abacus apparatus bonus bus cactus campus census chorus circus consensus corpus focus fungus genius minibus nexus opus
omnibus prospectus radius sinus status stylus surplus syllabus terminus thesaurus virus walrus gas lens atlas canvas
bias alias iris
"""
_SINGULAR = frozenset(_SINGULARS.split())


@dataclass(frozen=True)
class Token:
    """A word of the question: as written, and its stem."""

    text: str
    stem: str

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit() or (self.text[0] == "$" and len(self.text) > 1)


def tokens(text: str) -> list[Token]:
    """The tokens of a question or a name, in order."""
    return [Token(found, stem(found)) for found in _TOKEN.findall(_split_names(text))]


@lru_cache(maxsize=16384)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a question or a name."""
    return tuple(token.stem for token in tokens(text))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The part of a word that its forms share: contract, contracts, contracted."""
    lowered = word.lower().replace("’", "'").removesuffix("'s")
    if not lowered.isalpha() or lowered in FUNCTION_WORDS:
        return lowered
    lowered = _IRREGULAR.get(lowered) or _IRREGULAR.get(plain(lowered)) or _one_of(lowered)
    for ending in ("", "s", "ed", "ing", "er", "ers"):
        if lowered.endswith(ending) and lowered.removesuffix(ending) in _WHOLE:
            return lowered.removesuffix(ending)
    if lowered.endswith("sis") and len(lowered) > 5:
        lowered = lowered[:-2]
    if lowered.endswith("ies") and len(lowered) > 4:
        lowered = lowered[:-3] + "y"
    lowered = lowered.removesuffix("es") if lowered.removesuffix("es") in _SINGULAR else lowered
    for suffix in _SUFFIXES:
        if lowered.endswith(("ss", "eed")) or lowered in _SINGULAR:
            break
        if lowered.endswith(suffix) and len(lowered) - len(suffix) >= _SHORTEST:
            short = lowered.removesuffix(suffix)
            short = short.removesuffix("e") if suffix.startswith("ment") and len(short) > _SHORTEST else short
            lowered = lowered.removesuffix("s") if short in FUNCTION_WORDS else short
            break
    doubled = len(lowered) > _SHORTEST and lowered[-1] == lowered[-2] and lowered[-1] not in "ls"
    return lowered[:-1] if doubled else lowered


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def stem_set(text: str) -> frozenset[str]:
    """The stems of the words of a text, as a set."""
    return frozenset(map(stem, text.split()))


def plain(word: str) -> str:
    """The word in small letters, without a plural ending."""
    lowered = _one_of(word.lower().removesuffix("'s"))
    if lowered in _SINGULAR or lowered.removesuffix("es") in _SINGULAR:
        return lowered if lowered in _SINGULAR else lowered[:-2]
    if len(lowered) > 4 and lowered.endswith("ies"):
        return lowered[:-3] + "y"
    if len(lowered) > 4 and lowered.endswith(("sses", "xes", "ches", "shes", "zes")):
        return lowered[:-2]
    return lowered[:-1] if len(lowered) > 3 and lowered.endswith("s") and not lowered.endswith("ss") else lowered


def _one_of(word: str) -> str:
    """`tradesperson` of tradespeople, `foreman` of foremen."""
    if word in ("ins", "ups", "ons"):  # check-ins
        return word[:-1]
    if word.endswith("people") and word != "people":
        return f"{word[:-6]}person"
    return f"{word[:-3]}man" if word.endswith("men") and len(word) > 5 and word not in _NO_MEN else word


def is_plural(word: str) -> bool:
    """Whether a word is a plural, as far as its ending shows."""
    return plain(word) != word.lower()


def quoted(text: str) -> list[str]:
    """What stands in quotation marks."""
    return _QUOTED.findall(text)


def number(token: Token) -> float | int | None:
    """The value of a number, in digits or as a word up to twelve."""
    if token.text.lower() in _NUMBER_WORDS:
        return _NUMBER_WORDS.index(token.text.lower())
    digits = token.text.strip("$%").replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        return None
    return float(digits) if "." in digits else int(digits)


_NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def _split_names(text: str) -> str:
    """Names of columns and tables as words: `unit_price` and `unitPrice` as unit price."""
    text = re.sub(r"(?<=[a-z])(?<!\bk)(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z]\b)", " ", text)
    return re.sub(r"(?<=[A-Za-z])_(?=[A-Za-z])", " ", re.sub(r"\b([eE])-(?=mail)", r"\1", text))
