"""The language of a text, and whether it is written well."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mocks.engines.judging import grammar, wording
from mocks.engines.judging.entailment import Support
from mocks.engines.judging.statements import sentences

_VOCABULARY = Path(__file__).parent.parent / "embedding" / "wordpiece" / "vocab.txt"
_COMMON = {
    "english": "the of and to in is that it for was with as on be at by this are from or have an not you your will they we he she but can",
    "german": "der die das und ist nicht ein eine zu mit auf für von im den dem sich es auch wird sie ich um am wir aber bei nach sind haben wurde kann uns bitte vielen dank ihre ihr",
    "french": "le la les des et est un une du en que pour dans pas sur avec il elle au aux ce nous vous votre à sont qui plus par cette mais ou merci bonjour l'on c'est",
    "spanish": "el la los las de y es un una en que por para con no se su al del lo cómo puedo usted como más está son pero gracias hola muy este esta",
    "italian": "il la gli le di e è un una in che per con non si del della sono come più anche nel alla alle dei delle dal al questo questa ma grazie ciao lo ai nella tutti può",
    "portuguese": "o a os as de e é um uma em que para com não se do da no na por mais como você seu são ao dos das mas às à ou pela horas obrigado obrigada está pelo pela muito",
    "dutch": "de het een en van is dat niet te op met voor zijn aan er ook als bij wordt naar uw wij ik je u maar dit die hebben kan dank graag",
    "polish": "i w na z do nie się jest to że o jak po co tak za od dla ale są czy będzie dziękuję",
    "swedish": "och att det i en som är på av för med till den har inte om ett vi kan tack du",
    "danish": "og at det i en som er på af for med til den har ikke om et vi kan tak du",
    "norwegian": "og at det i en som er på av for med til den har ikke om et vi kan takk du",
    "turkish": "ve bir bu için ile de da çok ne gibi daha var değil olarak olan",
}
_SCRIPTS = (("japanese", r"[\u3040-\u30ff]"), ("chinese", r"[\u4e00-\u9fff]"), ("korean", r"[\uac00-\ud7af]"), ("russian", r"[\u0400-\u04ff]"), ("arabic", r"[\u0600-\u06ff]"), ("greek", r"[\u0370-\u03ff]"), ("hindi", r"[\u0900-\u097f]"))  # fmt: skip
_LETTERS = {
    "german": "äöüß",
    "french": "éèêçàùœ",
    "spanish": "ñ¿¡áíóú",
    "portuguese": "ãõç",
    "italian": "àèìòù",
    "polish": "łąęśżź",
    "swedish": "åäö",
    "danish": "æøå",
    "norwegian": "æøå",
    "turkish": "ğış",
}
_FREQUENT = {name: frozenset(words.split()) for name, words in _COMMON.items()}
LANGUAGES = frozenset(_COMMON) | {name for name, _ in _SCRIPTS}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"\b(\w+) \1\b(?<!that that)(?<!had had)", "a word is doubled"),
    (r"\b(?:he|she|it)\s+(?:are|were|have|do|go|make|say|don't|drink|want|need)\b", "subject and verb do not agree"),
    (r"\b(?:they|we|you|prices|people)\s+(?:was|is|has|does|goes)\b(?<!this is)", "subject and verb do not agree"),
    (r"\b(?:do|does|did|don't|doesn't|didn't|can|could|will|would|must|should)\s+(?:\w+(?<!s)s)\b(?<!as)(?<!is)(?<!this)(?<!pass)(?<!discuss)(?<!access)(?<!process)", "the form of a verb is wrong"),
    (r"\b(?:goed|runned|meeted|buyed|catched|teached|bringed|thinked|taked|gived|writed|eated|comed|maked|sended)\b", "the form of a verb is wrong"),
    (r"\b(?:more|most) \w+(?:er|est)\b(?<!number)(?<!other)(?<!water)(?<!power)(?<!paper)", "a comparison is doubled"),
    (r"\bof is\b|\bat of\b|\bbefore of\b|\bwill\s*[.!?]?$|\bdowns\b|\btoo find\b|\bsetting under of\b", "the sentence does not hold together"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.I), told) for pattern, told in _FAULTS)


def language_of(text: str) -> str | None:
    """The language of a text; none if it is too short to tell."""
    for name, script in _SCRIPTS:
        if len(re.findall(script, text)) >= 2:
            return name
    found = Counter[str]()
    for word in _WORD.findall(text.lower()):
        for name, common in _FREQUENT.items():
            found[name] += word in common
    for name, letters in _LETTERS.items():
        found[name] += 2 * any(letter in text.lower() for letter in letters)
    best = found.most_common(2)
    if not best or best[0][1] == 0:
        return None
    return best[0][0] if len(best) < 2 or best[0][1] > best[1][1] else None


def fluent(text: str) -> Support:
    """Whether a text reads as if somebody had written it with care."""
    faults = [f"{told}: “{found[0].strip()}”" for pattern, told in _COMPILED if (found := pattern.search(text))]
    if language_of(text) in ("english", None):
        faults += list(grammar.faults(text))[:3]
        faults += [f"“{word}” is misspelled" for word in _unknown(text)]
    parts = sentences(text)
    lengths = [len(_WORD.findall(part)) for part in parts]
    if len(parts) >= 4 and sum(lengths) / len(parts) < 2.5:
        faults.append("the sentences are only fragments")
    if lengths and max(lengths) > 70:
        faults.append("a sentence does not end")
    if text.strip() and text.strip()[-1].isalnum() and max(lengths, default=0) > 8:
        faults.append("the last sentence has no end")
    if faults:
        return Support(False, "; ".join(faults[:3]))
    return Support(True, "grammar, spelling and flow show no fault")


def _unknown(text: str) -> list[str]:
    """Words that nobody knows, and that are a known one if a letter is dropped, doubled or moved."""
    known = _known()
    words = [word for word in _WORD.findall(re.sub(r"`[^`]*`", " ", text)) if word.islower() and len(word) > 4]
    return [word for word in words if not _is_known(word, known) and any(map(known.__contains__, _near(word)))][:3]


def _near(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at, vowel in ((at, vowel) for at, letter in enumerate(word) if letter in "aeiou" for vowel in "aeiou"):
        yield word[:at] + vowel + word[at + 1 :]


def _is_known(word: str, known: frozenset[str]) -> bool:
    word = word.replace("’", "'").split("'")[0]
    if word in known or wording.is_common(word):
        return True
    for suffix, kept in (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("ies", "y"), ("d", ""), ("ing", word[-4:-3]), ("ness", ""), ("able", ""), ("ment", ""), ("ily", "y"), ("ation", "e"), ("ous", ""), ("al", ""), ("ity", "")):  # fmt: skip
        if word.endswith(suffix) and word[: -len(suffix)] + kept in known:
            return True
    return any(word[:at] in known and word[at:] in known for at in range(4, len(word) - 3)) or word.startswith(
        ("un", "re", "pre", "non", "over", "sub", "inter")
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The whole words of the embedding model's vocabulary, about 20,000, and our own."""
    lines = _VOCABULARY.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha() and len(line) > 2) | wording.WRITTEN
