"""Grammar, as far as word kinds and forms show it: agreement, forms of verbs, prepositions, articles that stand alone."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from mocks.engines.judging import wording

_TOKEN = re.compile(r"\b(?:[ap]\.m|e\.g|i\.e)\.?|`[^`]*`|[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d.,]*\w*|[.,;:!?]")
_BE = frozenset({"am", "is", "are", "was", "were", "been", "be", "being"})
_MODAL = frozenset({"can", "could", "may", "might", "must", "shall", "should", "will", "would", "did", "does", "do", "didn't", "doesn't", "don't", "can't", "won't", "couldn't", "wouldn't", "shouldn't", "to"})  # fmt: skip
_TAKES_BASE = _MODAL | frozenset({"let", "lets", "make", "makes", "made", "help", "helps", "helped", "have", "had", "see", "saw", "watch", "hear", "heard", "that", "if", "than", "not"})  # fmt: skip
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "my", "your", "his", "her", "our", "their", "its", "every", "each"}
)
_PLURAL = frozenset(["people", "children", "men", "women", "police", "staff", "team", "crew", "family", "government", "data", "media", "majority", "number", "couple", "group", "rest", "public", "board", "committee", "jury"])  # fmt: skip
_NOMINATIVE = frozenset({"they", "he", "she", "we", "i"})
_BEFORE_OBJECT = frozenset({"with", "of", "from", "by", "for", "at", "about", "between"})
_GIVING = frozenset(["give", "gives", "gave", "show", "shows", "tell", "tells", "told", "send", "sends", "sent", "offer", "offers", "buy", "bring", "teach", "get", "make", "pay", "cost", "wish", "save", "hand", "lend", "ask", "call", "grant", "feed", "owe", "leave", "find", "of", "for", "with", "to", "thank"])  # fmt: skip
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_ALONE = frozenset(["the", "a", "an", "my", "your", "our", "their", "every"])
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\bsince (?:an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|many|several|some) (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?)\b(?! ago)", "`since` with a span of time"),
    (r"\b(?:despite|except|comprise[sd]?) of\b|\bdiscuss(?:ed|es)? about\b|\bmarried with\b|\bdepends? (?:of|from)\b|\baccording with\b|\blisten (?:music|the|him|her)\b|\bexplain (?:me|us|him)\b|\binterested (?:for|on|about)\b|\bconsist(?:s|ed)? from\b|\bresponsible of\b|\bwait you\b|\bin the \w+ day\b(?<!in the other day)", "a preposition is wrong"),
    (r"\b(?:much|less) (?:people|books|cars|days|times|things|users|customers|errors)\b|\bmany (?:water|money|information|time|advice|work|furniture)\b", "much and many are mixed up"),
    (r"\b(?:informations|advices|furnitures|equipments|homeworks|knowledges|peoples|childs|mans|womans|foots|tooths|mouses|sheeps|feets|childrens)\b", "a plural is wrong"),
    (r"\bi am (?:agree|disagree)\b|\bmake (?:a )?(?:party|photo)\b|\bhow looks\b|\bhow (?:it|he|she) (?:looks|works|goes)\?|\bcan able\b|\bmust to\b|\bshould to\b|\bcan to\b|\bmay to\b|\bcould to\b", "verbs do not go together"),
    (r"\b(?:an) (?:[bcdfgjklmnpqrstvwxz]\w+)\b", "an article is wrong"),
    (r"(?<![\w.-])a (?:[aeio]\w+)\b(?<!a one)(?<!a once)(?<!a euro)(?<!a european)", "an article is wrong"),
    (r"\bwould (?:have )?\w+ if \w+ would\b|\bif (?:i|you|we|they|he|she|it) would (?:have )?\w+(?:ed|en|old|ent|ad|own)?\b(?! like| mind| please| prefer| kindly)", "`would` in a condition"),
    (r"\b(?:more|most|very) (?:better|best|worse|worst)\b|\bmore (?:bigger|smaller|easier|faster|cheaper|older)\b", "a comparison is doubled"),
    (r"(?<![\w])i (?=[a-z])", "`I` is written small"),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(pattern, 0 if "small" in told or "article" in told else re.I), told) for pattern, told in _PHRASES
)


def faults(text: str) -> Iterator[str]:
    """What is wrong, each with the words that are."""
    for pattern, told in _COMPILED:
        if found := pattern.search(text):
            yield f"{told}: “{found[0].strip()}”"
    words = _TOKEN.findall(text)
    for at in range(len(words)):
        for check, told in _CHECKS:
            if check(words, at):
                yield f"{told}: “{' '.join(words[max(0, at - 1) : at + 3])}”"


def _low(words: list[str], at: int) -> str:
    return words[at].lower().replace("’", "'") if 0 <= at < len(words) else ""


def _kinds(word: str) -> str:
    return "" if word in wording.STOP or word in _MODAL or word in _BE else wording.kinds().get(word, "")


def _is_base_only(word: str) -> bool:
    """A verb that is nothing else, in its first form: `approve`."""
    return _kinds(word) == "v" and word not in _pasts() and word not in ("except", "given", "ago")


@lru_cache(maxsize=1)
def _pasts() -> dict[str, str]:
    """Irregular past forms that are not first forms, too: `told` of `tell`."""
    told = {form: base for form, base in wording.paired("irregular") if "v" in _kinds(base)}
    return {form: base for form, base in told.items() if form != base and not form.endswith(("s", "ed", "ing"))}


@lru_cache(maxsize=1)
def _overregular() -> frozenset[str]:
    """`growed`: regular pasts of verbs that are irregular."""
    bases = {base for base in _pasts().values() if len(base) > 2}
    made = {base + ("d" if base.endswith("e") else "ed") for base in bases}
    made |= {base + base[-1] + "ed" for base in bases}
    return frozenset(word for word in made if word not in wording.kinds() and word not in ("hanged", "lighted", "shined", "proved", "showed", "learned", "burned", "leaned", "mowed", "sewed", "dreamed", "leaped", "weaved", "spilled", "spelled", "waked", "bred", "found", "founded"))  # fmt: skip


def _aided(words: list[str], at: int) -> bool:
    """Whether something shortly before wants a first form: `let the dough rise`."""
    return any(_low(words, before) in _TAKES_BASE for before in range(at - 4, at))


def _be_and_base(words: list[str], at: int) -> bool:
    word, after = _low(words, at + 1), _low(words, at + 2)
    if _low(words, at) not in _BE or "v" not in _kinds(word) or word in _pasts() or word.endswith(("ed", "ing", "en")):
        return False
    taken = after in _DETERMINERS or (after.endswith("s") and "n" in _kinds(after[:-1]) and "v" not in _kinds(after))
    return _is_base_only(word) or (not set(_kinds(word)) & {"a", "r"} and taken)


def _modal_and_past(words: list[str], at: int) -> bool:
    word = _low(words, at + 1)
    if _low(words, at) not in _MODAL - {"to", "do", "does"} or word in ("let", "put", "set", "cut", "need", "read"):
        return False
    past = word in _pasts() and "v" not in _kinds(word)
    regular = word.endswith("ed") and len(word) > 4 and word not in wording.kinds() and _verb_of(word)
    return past or bool(regular)


def _verb_of(word: str) -> bool:
    stem = word[:-2]
    return any("v" in _kinds(base) for base in (stem, stem + "e", stem[:-1], stem[:-1] + "y"))


def _singular_and_base(words: list[str], at: int) -> bool:
    noun, verb = _low(words, at + 1), _low(words, at + 2)
    if _low(words, at) not in _DETERMINERS or "n" not in _kinds(noun) or noun.endswith("s") or _aided(words, at):
        return False
    if noun in _PLURAL and noun != "board":
        return False
    return _is_base_only(verb) or (verb in ("were", "are", "have", "do", "don't") and _low(words, at - 1) not in ("if", "as", "and", "of", "though", "wish", "than", "or", "what", "which", "nor"))  # fmt: skip


def _plural_and_was(words: list[str], at: int) -> bool:
    noun = _low(words, at)
    plural = (
        noun.endswith("s")
        and not noun.endswith(("ss", "us", "is", "ics", "news"))
        and _kinds(noun[:-1]) == "n"
        and noun not in wording.kinds()
    )
    alone = _low(words, at - 1) in ("", ",", ".", "the", "these", "those", "all", "our", "some") and _low(
        words, at - 2
    ) not in ("of", "in", "on", "for", "with", "to")
    return (
        plural
        and alone
        and words[at][0].islower()
        and _low(words, at + 1) in ("was", "is", "has", "does", "doesn't", "wasn't", "isn't")
    )


def _third_and_base(words: list[str], at: int) -> bool:
    verb = _low(words, at + 1)
    if (
        _low(words, at) not in ("he", "she", "it")
        or _aided(words, at)
        or _low(words, at - 1) in ("and", "or", "can", "?")
    ):
        return False
    return (verb in ("don't", "have", "were", "go", "do", "are", "like", "know", "need", "want", "work", "live", "make") and _low(words, at - 1) not in ("as", "though", "wish", "of", "with")) or _is_base_only(verb)  # fmt: skip


def _plural_and_third(words: list[str], at: int) -> bool:
    verb = _low(words, at + 1)
    if _low(words, at) not in ("they", "we", "you", "i") or _low(words, at - 1) in (
        "of",
        "to",
        "for",
        "gives",
        "shows",
        "tells",
        "than",
        "sends",
    ):
        return False
    third = (
        verb.endswith("s") and not verb.endswith("ss") and _kinds(verb[:-1]) in ("v", "nv") and "n" not in _kinds(verb)
    )
    return (
        verb in ("was", "is", "has", "does", "doesn't", "wasn't", "isn't")
        and not (verb == "was" and _low(words, at) == "i")
    ) or third


def _pronoun_as_object(words: list[str], at: int) -> bool:
    after = _low(words, at + 2)
    return _low(words, at) in _BEFORE_OBJECT and _low(words, at + 1) in _NOMINATIVE and words[at + 1] != "I" and after not in ("who", "said", "was", "were", "is", "are")  # fmt: skip


def _you_noun(words: list[str], at: int) -> bool:
    noun = _low(words, at + 1)
    if _low(words, at) not in ("you", "they") or _low(words, at - 1) in _GIVING or at == 0:
        return False
    return _kinds(noun) == "n" and noun not in ("guys", "people", "folks", "kids", "all", "everything", "today", "tomorrow", "yesterday", "money", "one", "something", "anything", "nothing", "someone")  # fmt: skip


def _article_alone(words: list[str], at: int) -> bool:
    return (
        _low(words, at) in _ALONE
        and _low(words, at + 1) in (".", ",", "!", "?", ";", "of", "to", "is", "was", "the", "and")
        and words[at] != "A"
    )


def _verb_at_end(words: list[str], at: int) -> bool:
    before = _low(words, at - 1)
    return (
        _low(words, at) in ("be", "was")
        and _low(words, at + 1) == "."
        and "a" in _kinds(before)
        and before not in ("so", "not", "there", "it", "must", "might", "should")
    )


def _to_third(words: list[str], at: int) -> bool:
    verb = _low(words, at + 1)
    third = verb.endswith("s") and not verb.endswith("ss") and _kinds(verb[:-1]) == "v"
    return _low(words, at) in _MODAL and third and verb not in wording.kinds()


def _wrong_day(words: list[str], at: int) -> bool:
    return (
        _low(words, at) in ("at", "in")
        and _low(words, at + 1) in _DAYS
        and _low(words, at + 2) not in ("morning", "night", "'s")
    )


def _small_day(words: list[str], at: int) -> bool:
    return words[at] in _DAYS


def _overregularised(words: list[str], at: int) -> bool:
    return _low(words, at) in _overregular()


_CHECKS: tuple[tuple[Callable[[list[str], int], bool], str], ...] = (
    (_be_and_base, "the form of a verb is wrong"),
    (_modal_and_past, "the form of a verb is wrong"),
    (_to_third, "the form of a verb is wrong"),
    (_overregularised, "the form of a verb is wrong"),
    (_singular_and_base, "subject and verb do not agree"),
    (_plural_and_was, "subject and verb do not agree"),
    (_third_and_base, "subject and verb do not agree"),
    (_plural_and_third, "subject and verb do not agree"),
    (_pronoun_as_object, "the form of a pronoun is wrong"),
    (_you_noun, "the form of a pronoun is wrong"),
    (_article_alone, "an article stands alone"),
    (_verb_at_end, "the order of the words is wrong"),
    (_wrong_day, "a preposition is wrong"),
    (_small_day, "a name is written small"),
)
