"""Whether a document says what a claim says."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mocks.engines.judging import wording
from mocks.engines.judging.passages import Windows, under, windows_of
from mocks.engines.judging.statements import Statement, clauses, follows, sentences, statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
COVERED, COVERED_ALIKE, ALIKE = 0.7, 0.45, 0.62
WORD_ALIKE = 0.62
CANDIDATES = 4
GIVEN, LIGHT = 0.4, 0.3  # what words of the question, and words that say little, weigh
SUBJECT_ALIKE = 0.45
QUOTED = 160
_COPULA = re.compile(r"\b(?:is|are|was|were)\s+(?:also\s+)?(?:the|a|an|its|one|our)\b", re.I)
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
        parts = [part for part in map(statement, clauses(sentence)) if not part.empty]
        if whole.good or len(parts) < 2:
            return whole
        label, *rest = parts
        completed = [_labelled(part, label) for part in rest] if _is_label(label) else _all_completed(parts)
        judged = [self._claim(part, windows, asked) for part in completed]
        failed = [one for one in judged if not one.good]
        return failed[0] if failed else judged[0]

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
            enough = covered >= COVERED or (covered >= COVERED_ALIKE and alike >= ALIKE)
            conflict = self._conflict(claim, window, windows[window], asked)
            if enough and conflict is None:
                elsewhere = _denied_elsewhere(claim, statement(window), list(windows))
                return elsewhere or Support(True, f"“{_cut(window)}”")
            if at == 0 and (conflict or covered >= COVERED_ALIKE):
                refusal = Support(False, f"{conflict or 'not all of it is said'} in “{_cut(window)}”")
        return refusal

    def _coverage(self, claim: Statement, window: Statement, asked: Asked | None) -> float:
        """The share of the claim's words, names and quantities that the window has."""
        weighed = [(1.5, float(any(q.equals(other) for other in window.quantities))) for q in claim.quantities]
        given = []
        for root in dict.fromkeys(claim.roots):
            named = root in claim.names
            weight = 1.5 if named else LIGHT if root in wording.LIGHT else 1.0
            held = self._has(root, window, named)
            if asked is not None and not held and _share((root,), asked[0].roots):
                given.append((asked[1] * weight, 0.0))
            else:
                weighed.append((weight, held))
        if asked is None or asked[1] > 0 or not any(weight >= 1 for weight, _ in weighed):
            weighed += [(weight or 1.0, held) for weight, held in given]
        total = sum(weight for weight, _ in weighed)
        return sum(weight * held for weight, held in weighed) / total if total else 0.0

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

    def _conflict(self, claim: Statement, window: str, about: frozenset[str], asked: Asked | None) -> str | None:
        """Why the window contradicts the claim, if it does."""
        whole = statement(window)
        missing = [quantity for quantity in claim.quantities if not any(quantity.equals(o) for o in whole.quantities)]
        if missing:
            return f"{missing[0].text.strip()} is not"
        near = self._nearest(claim, window)
        if denied := _denial(claim, near, window):
            return denied
        if not _share(claim.roots[:1], about) and self._subject_missing(claim, whole, asked):
            return f"“{claim.roots[0]}” is not spoken of"
        if opposite := _opposite(claim, near, whole):
            return opposite
        lacking = [name for name in claim.names if not _share((name,), (*whole.roots, *about))]
        if lacking:
            return f"“{lacking[0]}” is not named"
        if _swapped(claim, near):
            return "it is said the other way round"
        return None

    def _subject_missing(self, claim: Statement, window: Statement, asked: Asked | None) -> bool:
        """Whether the claim begins with something that the window does not speak of."""
        begins = _DETERMINED.match(claim.text) or _SUBJECT.match(claim.text)
        if not begins or not claim.roots or _ADDRESSED.match(window.text):
            return False
        subject = claim.roots[0]
        if asked is not None and _share((subject,), asked[0].roots):
            return False
        others = [root for root in window.roots if root not in window.names]
        return not _share((subject,), window.roots) and self._closest(subject, others) < SUBJECT_ALIKE

    def _nearest(self, claim: Statement, window: str) -> Statement:
        parts = [part for part in map(statement, clauses(window)) if not part.empty] or [statement(window)]
        if len(parts) > 1:
            parts = [_completed(part, parts[0]) if len(part.roots) < 3 else part for part in parts]
        return max(parts, key=lambda part: self._coverage(claim, part, None))

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
    return replace(part, roots=(*label.roots, *part.roots), names=part.names | set(label.roots))


def _all_completed(parts: Sequence[Statement]) -> list[Statement]:
    return [_completed(part, parts[0]) for part in parts]


def _completed(part: Statement, first: Statement) -> Statement:
    """A later clause speaks of the subject of the first one."""
    if part is first or len(part.roots) >= 3 or not first.roots:
        return part
    return replace(part, roots=(first.roots[0], *part.roots))


def _opposite(claim: Statement, near: Statement, whole: Statement) -> str | None:
    """A word of the window that means the opposite of one of the claim."""
    for root in claim.roots:
        if root in whole.roots or any(wording.same(root, other) for other in near.roots):
            continue
        for other in near.roots:
            turned = _are_converse(root, other) and len(_named_in(claim, near)) > 1
            if wording.opposed(root, other) and other not in claim.roots and not turned:
                return f"it says “{other}”, not “{root}”,"
    return None


def _denial(claim: Statement, near: Statement, window: str) -> str | None:
    """Whether one denies what the other states."""
    parts = [near, *(statement(part) for part in clauses(window)), *(statement(part) for part in sentences(window))]
    if not claim.denied:
        denies = (
            part
            for part in parts
            if part.denied and (part is near or all(_share((r,), claim.roots) for r in part.denied))
        )
        return "it is denied" if any(_share(part.denied, claim.roots) for part in denies) else None
    return "it is not denied" if not near.denied and _share(claim.denied, near.roots) else None


def _denied_elsewhere(claim: Statement, window: Statement, windows: Sequence[str]) -> Support | None:
    """What the window leaves open and another sentence denies."""
    left = [root for root in claim.roots if root not in claim.denied and not _share((root,), window.roots)]
    for other in map(statement, windows) if left else ():
        rest = [root for root in other.roots if root not in other.denied]
        if _share(left, other.denied) and (follows(other.text) or _share(rest, claim.roots)):
            return Support(False, f"it is denied in “{_cut(other.text)}”")
    return None


def _share(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of these words means the same as one of those."""
    return any(wording.same(one, other) for one in some for other in others)


_CONVERSE = (("sell", "buy"), ("lend", "borrow"), ("teach", "learn"), ("give", "receive"), ("employ", "work"))
_SYMMETRIC = frozenset({"meet", "marry", "equal", "differ", "agree", "cooperat", "merg"})


def _swapped(claim: Statement, window: Statement) -> bool:
    """Whether the same two things stand on the other sides of what is said of them."""
    if " than " in claim.text and " than " in window.text:
        return _sides_differ(claim, window)
    shared = _named_in(claim, window)
    ordered = sorted(shared, key=claim.roots.index) if all(root in claim.roots for root in shared) else []
    if len(ordered) != 2 or _COPULA.search(claim.text):
        return False
    first, second = ordered
    places = {root: at for at, root in enumerate(window.roots)}
    between = claim.roots[claim.roots.index(first) + 1 : claim.roots.index(second)]
    if not between or any(root in _SYMMETRIC for root in between):
        return False
    same_order = places[first] < places[second]
    turned = claim.passive != window.passive
    converse = any(
        (_said(claim, a) and _said(window, b)) or (_said(claim, b) and _said(window, a)) for a, b in _CONVERSE
    )
    return same_order == (turned != converse)


def _named_in(claim: Statement, window: Statement) -> list[str]:
    """The names of the claim that the window has, too."""
    names = claim.names | ({claim.initial} & window.names)
    return [root for root in names if root in window.roots]


def _are_converse(one: str, other: str) -> bool:
    """`sell` and `buy` tell the same from both sides."""
    return any({one, other} == {wording.root(a), wording.root(b)} for a, b in _CONVERSE)


def _said(one: Statement, verb: str) -> bool:
    return wording.root(verb) in one.roots


def _sides_differ(claim: Statement, window: Statement) -> bool:
    mine, theirs = _sides(claim.text), _sides(window.text)
    return bool((mine[0] & theirs[1]) | (mine[1] & theirs[0])) and not mine[1] & theirs[1]


def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    before, _, after = text.partition(" than ")
    one, other = (frozenset(statement(part).roots) for part in (before, after))
    return one - other, other - one


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
