"""Words: their stems, those that carry no meaning, and those that mean the same or the opposite."""

import re
from functools import lru_cache
from pathlib import Path

LIGHT = frozenset(
    {"take", "make", "get", "give", "hav", "use", "find", "know", "tak", "mak", "giv", "us", "thing", "way"}
)
_WORDS = Path(__file__).with_name("words")


def listed(name: str) -> list[str]:
    """The words of one of our lists."""
    return (_WORDS / f"{name}.txt").read_text(encoding="utf-8").split()


def paired(name: str) -> list[tuple[str, str]]:
    """The pairs of one of our lists, one a line."""
    lines = (_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
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
    (r"\b(?:per|a|each|every) day\b", "daily"),
    (r"\b(?:per|a|each|every) week\b", "weekly"),
    (r"\b(?:per|a|each|every) month\b", "monthly"),
    (r"\b(?:per|a|each|every) (?:year|annum)\b|\bannual(?:ly)?\b", "yearly"),
    (r"\bset(?:s|ting)? out\b", "plant"),
    (r"\b(?:get|gets|got) (?:your|the|my|their) money back\b", "refund"),
    (r"\b(?:bear|bears|pay|pays|cover|covers) (?:for |the cost of |the costs of )", "responsible for "),
    (r"\b(?:is|are) (?:the )?responsib(?:le|ility)\b", "responsible"),
    (r"\bas well as\b", "and"),
    (r"\bhead ?(?:office|quarters)\b|\bheadquarter(?:s|ed)?\b", "headquarters"),
    (r"\bis composed of\b|\bconsists? of\b|\bis made (?:up )?of\b", "contains"),
    (r"\b(?:twice|two times) as (?:fast|quick)\b", "double speed"),
)
# What is the opposite of a word with a negation; `closed` is `not open`.
NEGATIVE = dict(paired("negative"))
WRITTEN = frozenset(listed("same") + listed("opposed") + listed("written"))
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-\w+)*|\d[\d.,:/-]*\w*", re.UNICODE)
_SUFFIXES = (
    ("ational", "ate"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
    ("ingly", ""), ("edly", ""), ("ments", ""), ("ment", ""), ("ities", "ity"), ("ies", "y"), ("sses", "ss"),
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
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _bare(word: str) -> str:
    return stem(word).removesuffix("e") if len(stem(word)) > 4 else stem(word)


def _grouped(name: str) -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate((_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()):
        for word in line.split():
            groups.setdefault(_bare(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


_GROUPS = _grouped("same")
_OPPOSITES = {frozenset(_bare(word) for word in pair) for pair in paired("opposed")}
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
    if word in _GROUPS:
        return _GROUPS[word]
    return frozenset().union(*(numbers for known, numbers in _GROUPS.items() if _kin(word, known)))


def _kin(one: str, other: str) -> bool:
    """`transferabl` and `transfer`: one begins with the other, which is long enough to be no accident; identifiers have no kin."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and long.startswith(short) and not any(letter.isdigit() for letter in long)


def opposed(one: str, other: str) -> bool:
    """Whether two stems mean the opposite."""
    if frozenset((one, other)) in _OPPOSITES:
        return True
    return any(
        frozenset((a, b)) in _OPPOSITES for a in _alike(one) for b in _alike(other) if a != b and not same(one, other)
    )


@lru_cache(maxsize=10_000)
def _alike(word: str) -> frozenset[str]:
    """The word and those of its groups that have an opposite."""
    groups = _GROUPS.get(word, frozenset())
    near = {other for other, numbers in _GROUPS.items() if numbers & groups}
    return frozenset({word} | near)


def positive(word: str) -> str | None:
    """What a negative word denies: `allow` for `prohibit`."""
    return _NEGATIVES.get(word)


def plain(text: str) -> str:
    """The text with phrases that stand for one word replaced."""
    for pattern, meant in PHRASES:
        text = re.sub(pattern, meant, text, flags=re.I)
    return text
