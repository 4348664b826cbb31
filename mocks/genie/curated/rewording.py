"""Terms that instructions explain in words of the tables: `churn rate is the share of customers with an end date`."""

import re
from collections.abc import Callable, Iterable, Sequence

from mocks.genie.language.apart import apart
from mocks.genie.language.sentences import plainly_told

_TERM = re.compile(
    r"^(?:the |an? |our )?(?P<term>[A-Za-z][\w -]{1,40}?) (?:is|are|means?|=|equals|shall be|should be) (?!not\b)"
    r"(?:calculated |computed |defined |measured |counted )?(?:as |by )?(?P<said>\S+ .+)$",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:an?|per|each|every) (?:day|week|month|quarter|year)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:it|we|you|i|us|our|they|there|this|that|these|those|amounts?|everything|all|dates?)\b", re.IGNORECASE
)
_RATIO = re.compile(
    r"^(?:the )?(?:ratio of |number of )?(?P<part>[^,]+?) (?:divided by|relative to|over|/) "
    r"(?:the |all )?(?:number of )?(?P<whole>[^,]+)$",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"^(?:the )?(?:percentage|share|proportion|fraction) of (?:all )?(?P<part>.+?),? (?:over|among|out of) all [\w ]+$",
    re.I,
)
_WITH = re.compile(r"\b(?:that|who|which) (?:have|has|had) (no )?", re.IGNORECASE)
_WORDS_OF_TERMS = 4


class Rewording:
    """The terms of a space, each with what it stands for in a question."""

    def __init__(
        self, sentences: Iterable[str], is_read: Callable[[str], bool], is_name: Callable[[str], bool]
    ) -> None:
        self.applied: set[str] = set()
        self._said: list[tuple[re.Pattern[str], str]] = []
        for sentence in sentences:
            told = [found for part in apart(sentence) if (found := _TERM.match(plainly_told(part)))]
            for found in told:
                # `a delivery is unpaid while ..` says something of deliveries, not what they are
                said = None if _is_aside(found) or is_name(found["term"]) else self._read(found["said"], is_read)
                if said is not None:
                    self.applied.add(sentence)
                    self._said.append((_pattern(found["term"].split()), said))

    def _read(self, said: str, is_read: Callable[[str], bool]) -> str | None:
        return next((text for text in _forms(said) if is_read(text)), None)

    def __call__(self, question: str) -> str:
        """The question with what its terms stand for."""
        for pattern, said in self._said:
            question = pattern.sub(said.replace("\\", r"\\"), question)
        return question


def _is_aside(found: re.Match[str]) -> bool:
    """Whether it explains no term; with `a month` the period is the question's."""
    term = found["term"]
    return bool(_ABOUT.match(term) or len(term.split()) > _WORDS_OF_TERMS or _EACH.search(found["said"]))


def _forms(said: str) -> Sequence[str]:
    """The ways in which an explanation is asked; of things that are set against others, their numbers."""
    said = _WITH.sub(lambda found: "without " if found[1] else "with ", said)
    found = _RATIO.match(said)
    counted = [f"number of {found['part']} divided by number of {found['whole']}"] if found is not None else []
    percent = _PERCENT.match(said)
    return [said, *([f"percentage of {percent['part']}"] if percent is not None else []), *counted]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    forms = [*map(re.escape, words[:-1]), rf"{re.escape(words[-1].removesuffix('s'))}(?:s|es)?"]
    return re.compile(rf"\b(?:the )?{r'[ _-]'.join(forms)}\b", re.IGNORECASE)
