"""Whether a document says what a claim says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mocks.engines.judging import wording
from mocks.engines.judging.contradiction import amounts_elsewhere, contradiction, share
from mocks.engines.judging.passages import Windows, under, windows_of
from mocks.engines.judging.statements import Statement, clauses, follows, parts, sentences, statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
COVERED, COVERED_ALIKE, TOGETHER = 0.7, 0.45, 1.07
NEARLY = 0.8  # so like each other that it does not matter who is spoken of
WORD_ALIKE = 0.62
CANDIDATES = 4
PHRASE_ALIKE = 0.5
NEWS = 0.4
PARALLEL = 0.45  # how much two sentences of the same build have in common
GIVEN, LIGHT = 0.4, 0.3  # what words of the question, and words that say little, weigh
SUBJECT_ALIKE = 0.5
QUOTED = 160
_DETERMINED = re.compile(r"(?:the|a|an|each|every|all|our|their|its|his|her)\s", re.I)
_SUBJECT = re.compile(
    r"[A-Z][a-z]+s\s|[A-Z][\w-]+(?: [A-Z][\w-]+)*\s+(?:is|are|was|were|has|have|had|will|can|must|may|should|does|\w+ed|\w+es)\b"
)
_ADDRESSED = re.compile(r"(?:it|they|he|she|this|these|you|we|yes|no)\b", re.I)
NOT_STATED = "nothing in the text says so"

Asked = tuple[Statement, float]


@dataclass(frozen=True)
class Support:
    """Whether a claim is supported, by which words, and if not, why not."""

    good: bool
    why: str
    against: bool = False  # the text speaks against it, and is not only silent
    sure: bool = True  # not only by how near the meanings are


class Entailment:
    """Compares claims with documents; `encode` gives vectors of length 1."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def supported(
        self, claim: str, documents: Sequence[str], question: str = "", *, given: bool = False
    ) -> list[tuple[str, Support]]:
        """Each sentence of the claim, and whether the documents support it; `given`: what the question says is known."""
        windows = windows_of(documents)
        asked = (statement(question), 0.0 if given else GIVEN) if question else None
        return [(one, self._sentence(one, windows, asked)) for one in sentences(claim)]

    def _sentence(self, sentence: str, windows: Windows, asked: Asked | None) -> Support:
        whole = self._claim(statement(sentence), windows, asked)
        told = [part for part in map(statement, parts(sentence)) if not part.empty]
        if len(told) < 2:
            return whole
        label, *rest = told
        completed = [_labelled(part, label) for part in rest] if _is_label(label) else _all_completed(told)
        if whole.good:
            return self._none_against(completed, windows, asked) or whole
        judged = [self._claim(part, windows, asked) for part in completed]
        failed = [one for one in judged if not one.good]
        return failed[0] if failed else judged[0]

    def _none_against(self, told: Sequence[Statement], windows: Windows, asked: Asked | None) -> Support | None:
        """The part of a sentence that a window speaks clearly against, though another may support it."""
        for part in told:
            if not (verdict := self._claim(part, windows, asked)).good and verdict.against:
                return verdict
        return None

    def _claim(self, claim: Statement, windows: Windows, asked: Asked | None) -> Support:
        if claim.empty:
            return Support(True, "it states nothing")
        if not windows:
            return Support(False, NOT_STATED)
        likeness = self._likeness(claim.text, list(windows))
        scored = sorted(
            (
                (self._coverage(claim, under(window, windows), asked), float(alike), window)
                for window, alike in zip(windows, likeness, strict=True)
            ),
            key=lambda one: -(one[0] + 0.5 * one[1]),
        )
        refusal = Support(False, NOT_STATED)
        for at, (covered, alike, window) in enumerate(scored[:CANDIDATES]):
            enough = covered >= COVERED or (covered >= COVERED_ALIKE and covered + alike >= TOGETHER)
            enough = enough and self._news(claim, under(window, windows), asked) >= NEWS
            conflict = self._conflict(claim, window, windows[window], asked, nearly=alike >= NEARLY)
            if enough and conflict is None and (added := self._added(claim, window, windows, asked)):
                conflict = f"“{added}” is not said"
            if enough and conflict is None and (apart := _of_another(claim, window, list(windows))):
                conflict = f"“{apart}” is spoken of elsewhere, not"
            if enough and conflict is None:
                elsewhere = _denied_elsewhere(claim, statement(window), list(windows))
                return elsewhere or Support(True, f"“{_cut(window)}”")
            if at == 0 and (conflict or covered >= COVERED_ALIKE):
                against = bool(conflict) and covered >= COVERED_ALIKE
                refusal = Support(False, f"{conflict or 'not all of it is said'} in “{_cut(window)}”", against)
        return refusal

    def _added(self, claim: Statement, window: str, windows: Windows, asked: Asked | None) -> str | None:
        """Neighbouring words of the claim that neither the window nor the question has, nor anything that means the same."""
        if asked is None or not asked[1] or len(claim.words) != len(claim.roots):
            return None
        told = under(window, windows)
        runs: list[list[str]] = [[]]
        for root, word in zip(claim.roots, claim.words, strict=True):
            known = (
                root in wording.LIGHT or share((root,), asked[0].roots) or self._has(root, told, False) >= WORD_ALIKE
            )
            runs = [*runs, []] if known else [*runs[:-1], [*runs[-1], word]]
        phrases = self._phrases(told)
        for run in (run for run in runs if len(run) >= 2):
            if self._closest(" ".join(run), phrases) < PHRASE_ALIKE:
                return " ".join(run)
        return None

    def _phrases(self, told: Statement) -> list[str]:
        words = told.words
        return [" ".join(words[at : at + size]) for size in (2, 3) for at in range(len(words) - size + 1)] + list(words)

    def _coverage(self, claim: Statement, window: Statement, asked: Asked | None) -> float:
        """The share of the claim's words, names and quantities that the window has."""
        weighed = [(1.5, float(any(q.equals(other) for other in window.quantities))) for q in claim.quantities]
        given = []
        for root in dict.fromkeys(claim.roots):
            named = root in claim.names
            weight = 1.5 if named else LIGHT if root in wording.LIGHT else 1.0
            held = self._has(root, window, named)
            if asked is not None and not held and share((root,), asked[0].roots):
                given.append((asked[1] * weight, 0.0))
            else:
                weighed.append((weight, held))
        if asked is None or asked[1] > 0 or not any(weight >= 1 for weight, _ in weighed):
            weighed += [(weight or 1.0, held) for weight, held in given]
        return _mean(weighed)

    def _news(self, claim: Statement, window: Statement, asked: Asked | None) -> float:
        """The share of what the question does not already say; 1.0 if it says all."""
        known = asked[0].roots if asked else ()
        told = [(1.5, float(any(q.equals(other) for other in window.quantities))) for q in claim.quantities]
        news = (one for one in dict.fromkeys(claim.roots) if one not in wording.LIGHT and not share((one,), known))
        told += [(1.0, self._has(root, window, root in claim.names)) for root in news]
        return _mean(told) if told else 1.0

    def _has(self, root: str, window: Statement, named: bool) -> float:
        """How much of a word the window has; names are only themselves."""
        if any(wording.same(root, other) for other in window.roots):
            return 1.0
        if named or any(wording.opposed(root, other) for other in window.roots):
            return 0.0
        best = self._closest(root, [other for other in window.roots if other not in window.names])
        return best if best >= WORD_ALIKE else 0.0

    def _closest(self, root: str, known: Sequence[str]) -> float:
        return max((float(self._word(root) @ self._word(other)) for other in known), default=0.0)

    def _conflict(
        self, claim: Statement, window: str, about: frozenset[str], asked: Asked | None, *, nearly: bool
    ) -> str | None:
        """Why the window contradicts the claim, if it does."""
        whole = statement(window)
        missing = [quantity for quantity in claim.quantities if not any(quantity.equals(o) for o in whole.quantities)]
        if missing:
            return f"{missing[0].text.strip()} is not"
        near = self._nearest(claim, window)
        if against := contradiction(claim, near, window):
            return against
        if not nearly and not share(claim.roots[:1], about) and self._subject_missing(claim, whole, asked):
            return f"“{claim.roots[0]}” is not spoken of"
        if elsewhere := amounts_elsewhere(claim, window):
            return elsewhere
        known = (*whole.roots, *about, *(asked[0].roots if asked and not asked[1] else ()))
        lacking = [name for name in claim.names if not share((name,), known) and not wording.is_demonym(name, known)]
        return f"“{lacking[0]}” is not named" if lacking else None

    def _subject_missing(self, claim: Statement, window: Statement, asked: Asked | None) -> bool:
        """Whether the claim begins with something that the window does not speak of."""
        begins = _DETERMINED.match(claim.text) or _SUBJECT.match(claim.text)
        if not begins or not claim.roots or _ADDRESSED.match(window.text):
            return False
        subject = claim.roots[0]
        if asked is not None and share((subject,), asked[0].roots):
            return False
        others = [root for root in window.roots if root not in window.names]
        return not share((subject,), window.roots) and self._closest(subject, others) < SUBJECT_ALIKE

    def _nearest(self, claim: Statement, window: str) -> Statement:
        told = [part for part in map(statement, clauses(window)) if not part.empty] or [statement(window)]
        if len(told) > 1:
            told = [_completed(part, told[0]) if len(part.roots) < 3 else part for part in told]
        return max(told, key=lambda part: self._coverage(claim, part, None))

    def _likeness(self, text: str, windows: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np

        vectors = [self._sentence_vector(one) for one in (text, *windows)]
        result: NDArray[np.float32] = np.stack(vectors[1:]) @ vectors[0]
        return result

    def _sentence_vector(self, text: str) -> "NDArray[np.float32]":
        if text not in self._vectors:
            if len(self._vectors) > 20_000:
                self._vectors.clear()
            self._vectors[text] = self._encode([text])[0]
        return self._vectors[text]

    _word = _sentence_vector


def _is_label(first: Statement) -> bool:
    """`AB-12` in `AB-12: the fee is 3 %`, which says of whom the rest is told."""
    return bool(first.names) and not first.quantities and set(first.roots) <= first.names | {first.initial}


def _labelled(part: Statement, label: Statement) -> Statement:
    return replace(
        part,
        roots=(*label.roots, *part.roots),
        words=(*label.words, *part.words),
        names=part.names | set(label.roots),
    )


def _all_completed(parts: Sequence[Statement]) -> list[Statement]:
    return [_completed(part, parts[0]) for part in parts]


def _completed(part: Statement, first: Statement) -> Statement:
    """A later clause speaks of the subject of the first one."""
    own = len(part.roots) >= 3 or (part.roots and len(part.roots) + len(part.quantities) >= 3)
    if part is first or own or not first.roots or follows(first.text):
        return part
    return replace(part, roots=(first.roots[0], *part.roots), words=(*first.words[:1], *part.words))


def _denied_elsewhere(claim: Statement, window: Statement, windows: Sequence[str]) -> Support | None:
    """What the window leaves open and another sentence denies."""
    left = [root for root in claim.roots if root not in claim.denied and not share((root,), window.roots)]
    for other in map(statement, windows) if left else ():
        rest = [root for root in other.roots if root not in other.denied]
        if share(left, other.denied) and (follows(other.text) or share(rest, claim.roots)):
            return Support(False, f"it is denied in “{_cut(other.text)}”")
    return None


def _of_another(claim: Statement, window: str, windows: Sequence[str]) -> str | None:
    """A word that the window lacks and a sentence beside it of the same build has: what is told there is told of another."""
    told = statement(window)
    lacking = [root for root in claim.roots if root not in wording.LIGHT and not share((root,), told.roots)]
    for other in map(statement, windows) if lacking else ():
        alike = [root for root in other.roots if share((root,), told.roots)]
        if (
            window in other.text
            or other.text in window
            or len(alike) < PARALLEL * min(len(told.roots), len(other.roots))
        ):
            continue
        if found := next((root for root in lacking if root in other.roots and root not in told.roots), None):
            return found
    return None


def _mean(weighed: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in weighed)
    return sum(weight * held for weight, held in weighed) / total if total else 0.0


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
