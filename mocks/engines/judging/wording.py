"""Words: their stems, those that carry no meaning, and those that mean the same or the opposite."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

LIGHT = frozenset(
    {"take", "make", "get", "give", "hav", "use", "find", "know", "tak", "mak", "giv", "us", "thing", "way"}
)
_WORDS, _WORDNET = Path(__file__).with_name("words"), Path(__file__).with_name("wordnet")


def listed(name: str) -> list[str]:
    """The words of one of our lists."""
    return (_WORDS / f"{name}.txt").read_text(encoding="utf-8").split()


def paired(name: str, folder: Path = _WORDS) -> list[tuple[str, str]]:
    """The pairs of a list, one a line."""
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(one, other) for one, other in (line.split() for line in lines)]


STOP = frozenset(listed("stop"))
# Phrases that say in several words what one word says; the order matters.
PHRASES: tuple[tuple[str, str], ...] = (
    (r"\b(?:free of charge|at no (?:extra )?cost|costs? nothing|without charge)\b", "free"),
    (
        r"\b(?:no|not) (?:fewer|less) than\b|\bat (?:the )?least\b|\bat a minimum\b|\bminimum(?: of)?\b|\bor more\b",
        "atleast",
    ),
    (r"\b(?:no|not) more than\b|\bat (?:the )?most\b|\bup to\b|\bmaximum(?: of)?\b|\bnot? exceed(?:ing)?\b", "atmost"),
    (r"\bmore than\b(?=\s*\$?\d)|\bover\b(?=\s*\$?\d)|\bexceed(?:s|ing)?\b", "morethan"),
    (r"\b(?:less|fewer) than\b(?=\s*\$?\d)|\bunder\b(?=\s*\$?\d)", "lessthan"),
    (r"(?<!half )(?<!than )(?<!within )(?<!in )(?<!takes )\b(?:per|a|each|every) day\b", "daily"),
    (r"(?<!half )(?<!than )(?<!within )(?<!in )(?<!takes )\b(?:per|a|each|every) week\b", "weekly"),
    (r"(?<!half )(?<!than )(?<!within )(?<!in )(?<!takes )\b(?:per|a|each|every) month\b", "monthly"),
    (
        r"(?<!half )(?<!than )(?<!within )(?<!in )(?<!takes )\b(?:per|a|each|every) (?:year|annum)\b|\bannual(?:ly)?\b",
        "yearly",
    ),
    (r"\b(?:get|gets|got) (?:your|the|my|their) money back\b", "refund"),
    (r"\b(?:bear|bears|pay|pays|cover|covers) (?:for |the cost of |the costs of )", "responsible for "),
    (r"\b(?:is|are) (?:the )?responsib(?:le|ility)\b", "responsible"),
    (r"\bas well as\b", "and"),
    (r"\b(?:restricted|limited|confined|reserved) (?:to|for)\b|\b(?:exclusively|solely)\b", "only"),
    (r"\b(?:used|use) to be\b|\bformerly\b", "former"),
    (r"\bnext day\b|\bday after\b", "tomorrow"),
    (r"\bby (?:itself|themselves)\b|\bon (?:its|their) own\b", "automatically"),
    (r"\bby hand\b", "manually"),
    (r"\bin favou?r of\b", "for"),
    (r"\bwork(?:s|ing)? from home\b", "remote work"),
    (r"\bleft out\b|\bleaves? out\b", "excluded"),
    (r"\bwithout (?:a |an |the )?(?:lid|cover)\b", "uncovered"),
    (r"\bhead ?(?:office|quarters)\b|\bheadquarter(?:s|ed)?\b", "headquarters"),
    (r"\bis composed of\b|\bconsists? of\b|\bis made (?:up )?of\b", "contains"),
    (r"\b(?:twice|two times) as (?:fast|quick)\b", "double speed"),
)
# What is the opposite of a word with a negation; `closed` is `not open`.
NEGATIVE = dict(paired("negative"))
WRITTEN = frozenset(listed("same") + listed("opposed") + listed("written"))
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-\w+)*|\d[\d.,:/-]*\w*", re.UNICODE)
KIN = 5  # letters that two words must share from their beginning to be of one family
_SUFFIXES = (
    ("ational", "ate"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
    ("ingly", ""), ("edly", ""), ("ments", ""), ("ment", ""), ("ities", "ity"), ("ies", "y"), ("ees", "ee"), ("sses", "ss"),
    ("ations", "ate"), ("ation", "ate"), ("ings", ""), ("ing", ""), ("ied", "y"), ("ed", ""), ("able", ""),
    ("ible", ""), ("ness", ""), ("ally", "al"), ("ly", ""), ("ers", ""), ("er", ""), ("ors", ""), ("or", ""),
    ("es", ""), ("s", ""),
)  # fmt: skip
_IRREGULAR = dict(paired("irregular"))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its endings, roughly."""
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for suffix, kept in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) + len(kept) >= 3 and not word.endswith(("ss", "us", "is")):
            return _undoubled(word[: -len(suffix)] + kept)
    return word


def _undoubled(word: str) -> str:
    """`stopp` is `stop`, and `arriv` and `arrive` are one."""
    if word.endswith("ee"):
        return word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _bare(word: str) -> str:
    return stem(word).removesuffix("e") if len(stem(word)) > 4 else stem(word)


@lru_cache(maxsize=1)
def _grouped() -> dict[str, frozenset[int]]:
    """The groups that a stem is in: our own, and WordNet's."""
    groups: dict[str, set[int]] = {}
    ours = (line.split() for line in (_WORDS / "same.txt").read_text(encoding="utf-8").splitlines())
    for number, words in enumerate((*ours, *synonyms())):
        for word in words:
            groups.setdefault(_bare(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@lru_cache(maxsize=1)
def _members() -> dict[int, set[str]]:
    """The stems of each group."""
    members: dict[int, set[str]] = {}
    for one, numbers in _grouped().items():
        for number in numbers:
            members.setdefault(number, set()).add(one)
    return members


@lru_cache(maxsize=1)
def _by_beginning() -> dict[str, list[str]]:
    beginnings: dict[str, list[str]] = {}
    for one in _grouped():
        beginnings.setdefault(one[:KIN], []).append(one)
    return beginnings


@lru_cache(maxsize=1)
def _opposites() -> set[frozenset[str]]:
    """The pairs of stems that mean the opposite: our own, and WordNet's."""
    return {frozenset(map(_bare, pair)) for pair in paired("opposed") + paired("antonyms", _WORDNET)}


@lru_cache(maxsize=1)
def _with_opposite() -> frozenset[str]:
    return frozenset().union(*_opposites())


_NEGATIVES = {_bare(word): _bare(positive) for word, positive in NEGATIVE.items()}


def root(word: str) -> str:
    """The stem under which words are compared."""
    return _bare(word)


def words(text: str) -> list[str]:
    """The words and numbers of a text, as written."""
    return _WORD.findall(text)


def same(one: str, other: str) -> bool:
    """Whether two stems mean the same."""
    return one == other or _kin(one, other) or bool(_groups(one) & _groups(other))


@lru_cache(maxsize=20_000)
def _groups(word: str) -> frozenset[int]:
    """The groups of a word, and of those that it begins with: `delivery` is one of `deliver`'s."""
    groups = _grouped()
    if word in groups:
        return groups[word]
    near = _by_beginning().get(word[:KIN], ())
    return frozenset().union(*(groups[known] for known in near if _kin(word, known)))


def _kin(one: str, other: str) -> bool:
    """`transferabl` and `transfer`: one begins with the other, which is long enough to be no accident; identifiers have no kin."""
    short, long = sorted((one, other), key=len)
    return len(short) >= KIN and long.startswith(short) and not any(letter.isdigit() for letter in long)


@lru_cache(maxsize=50_000)
def opposed(one: str, other: str) -> bool:
    """Whether two stems mean the opposite."""
    opposites = _opposites()
    if frozenset((one, other)) in opposites:
        return True
    if same(one, other):
        return False
    return any(frozenset((near, other)) in opposites for near in _alike(one)) or any(
        frozenset((one, near)) in opposites for near in _alike(other)
    )


@lru_cache(maxsize=10_000)
def _alike(word: str) -> frozenset[str]:
    """The word and those of its groups that have an opposite."""
    members = _members()
    near = {other for number in _grouped().get(word, ()) for other in members[number]}
    return frozenset({word} | near & _with_opposite())


@lru_cache(maxsize=1)
def synonyms() -> list[list[str]]:
    """Groups of words that have a sense in common, from WordNet."""
    return [line.split() for line in (_WORDNET / "synonyms.txt").read_text(encoding="utf-8").splitlines()]


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """The kinds (n, v, a, r for adverb) of some 12,000 common words, from WordNet."""
    return dict(paired("words", _WORDNET))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(_bare(word) for word in kinds()) | frozenset(_grouped())


def is_common(word: str) -> bool:
    """Whether a word, however it is inflected, is one of the language and no name."""
    return word.lower() in STOP or _bare(word) in _common()


def is_demonym(name: str, others: Iterable[str]) -> bool:
    """Whether one of the others is of the place: `florentin` of `florenc`."""
    for other in others:
        shared = max(KIN, min(len(name), len(other)) - 1)
        if len(name) >= shared and name[:shared] == other[:shared] and (name + other).isalpha():
            return True
    return False


def positive(word: str) -> str | None:
    """What a negative word denies: `allow` for `prohibit`."""
    return _NEGATIVES.get(word)


def _forms(verb: str) -> str:
    """A pattern for the forms of a verb: `take`, `takes`, `took`, `taken`, `taking`."""
    stemmed = verb.removesuffix("e")
    regular = rf"{stemmed}(?:{stemmed[-1]}?(?:e?s|ed|ing))?|{verb}"
    return "|".join([regular, *(form for form, base in _IRREGULAR.items() if base == verb)])


def _phrasal() -> Iterator[tuple[re.Pattern[str], str]]:
    """`switch off the pump`, and `switch the pump off`."""
    for line in (_WORDS / "phrasal.txt").read_text(encoding="utf-8").splitlines():
        verb, particle, meant = line.split()
        between = r"(?P<what>(?:the |a |an |your |its |their |it |them )?(?:[\w-]+ ){0,2}?)"
        yield re.compile(rf"\b(?:{_forms(verb)}) {between}{particle}\b", re.I), rf"{meant} \g<what>"


_COMPILED = (*((re.compile(pattern, re.I), meant) for pattern, meant in PHRASES), *_phrasal())


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The text with phrases that stand for one word replaced."""
    for pattern, meant in _COMPILED:
        text = pattern.sub(meant, text)
    return text
