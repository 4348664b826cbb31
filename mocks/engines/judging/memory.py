"""What an aligned judge remembers: examples of a person's judgements, and guidelines distilled from them."""

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mocks.engines.judging.entailment import Encode
from mocks.engines.judging.features import DECLINES
from mocks.engines.judging.fields import Fields
from mocks.engines.judging.guidelines import Guidelines

_EXAMPLES = re.compile(r"\n+Example Judgements \(\d+\):\n.*?(?=\n+Distilled Guidelines \(|\Z)", re.S)
_GUIDELINES = re.compile(r"\n+Distilled Guidelines \(\d+\):\n.*\Z", re.S)
_DEMOS = re.compile(
    r"\A\s*Here are some examples of good assessments:\n\n(?P<demos>(?:Example \d+:\n.*?\n(?:result|rationale): [^\n]*(?:\n(?!\n)[^\n]*)*\n\n)+)",
    re.S,
)  # as MLflow writes what DSPy's SIMBA keeps
_DEMO = re.compile(r"^Example \d+:\n(?P<fields>.*?)(?=^Example \d+:\n|\Z)", re.S | re.M)
_DEMO_FIELD = re.compile(
    r"^(?P<name>inputs|outputs|expectations|conversation|trace|result|rationale): (?P<text>.*?)(?=^(?:inputs|outputs|expectations|conversation|trace|result|rationale): |\Z)",
    re.S | re.M,
)
_EXAMPLE = re.compile(r"^  Example \d+: (?P<told>\{.*\})\s*$", re.M)
_LINE = re.compile(r"^  - (?P<told>.+)$", re.M)
_CHECKED = re.compile(r"^(?:A good response|The response) ")
_ABOUT_SOURCES = re.compile(r"\b(?:cite|source)", re.I)
_NEAR, _BY_RULE, _BY_GUIDELINE, _BY_EXAMPLE, _ONE_SIDED = 0.25, 0.5, 1.5, 2.0, 0.5


@dataclass(frozen=True)
class Remembered:
    """The instructions without what was remembered, and what was remembered."""

    instructions: str
    examples: list[dict[str, Any]]
    guidelines: list[str]


def remembered(instructions: str) -> Remembered:
    """Takes the memory out of the instructions of an aligned judge."""
    examples = _EXAMPLES.search(instructions)
    guidelines = _GUIDELINES.search(instructions)
    demos = _DEMOS.search(instructions)
    plain = _GUIDELINES.sub("", _EXAMPLES.sub("", _DEMOS.sub("", instructions)))
    read = [_read(found["told"]) for found in _EXAMPLE.finditer(examples[0])] if examples else []
    read += [_demo(found["fields"]) for found in _DEMO.finditer(demos["demos"])] if demos else []
    lines = [found["told"].strip() for found in _LINE.finditer(guidelines[0])] if guidelines else []
    return Remembered(plain.strip(), [one for one in read if "result" in one], lines)


class Memory:
    """Weighs the rules' own verdict against examples and guidelines."""

    def __init__(self, encode: Encode) -> None:
        self._encode, self._guidelines = encode, Guidelines(encode)

    def settled(
        self, known: Remembered, shown: str, answer: str, score: float, *, sure: bool = False
    ) -> tuple[float | str, str]:
        """The score from 0 to 1, or the label of the nearest examples, and what it rests on.

        A score that rests on criteria of the instructions themselves is `sure`, and weighs as much as a guideline.
        """
        labels = [one["result"] for one in known.examples]
        if labels and not all(_is_grade(label) for label in labels):
            return self._nearest_label(known, shown)
        weighed = (_BY_GUIDELINE if sure else _BY_RULE) * (2 * score - 1)
        why = []
        for guideline in _consistent(g for g in known.guidelines if _CHECKED.match(g) and concerns(g, answer)):
            kept = self._guidelines.kept(guideline, {"response": answer})
            weighed += _BY_GUIDELINE if kept.good else -_BY_GUIDELINE
            if not kept.good:
                why.append(kept.why)
        if known.examples:
            vote, nearest = self._vote(known.examples, shown)
            weighed += _BY_EXAMPLE * vote
            why.append(
                f"the most similar answer that a person judged, “{nearest[:80]}”, was {'good' if vote > 0 else 'not good'}"
            )
        return (1.0 if weighed > 0 else 0.0), "; ".join(why)

    def _vote(self, examples: Sequence[dict[str, Any]], shown: str) -> tuple[float, str]:
        """From -1 to 1: what the examples say, the near ones most."""
        scored = self._scored(examples, shown)
        total = sum(weight for weight, _ in scored) or 1.0
        vote = sum(weight * (1.0 if is_good(one["result"]) else -1.0) for weight, one in scored) / total
        if len({is_good(one["result"]) for one in examples}) == 1:
            vote *= _ONE_SIDED  # what was accepted does not say what would not be
        return vote, _shown(max(scored, key=lambda pair: pair[0])[1])

    def _nearest_label(self, known: Remembered, shown: str) -> tuple[str, str]:
        votes: dict[str, float] = {}
        for weight, one in self._scored(known.examples, shown):
            votes[str(one["result"])] = votes.get(str(one["result"]), 0.0) + weight
        return max(votes, key=lambda label: votes[label]), "as the most similar answers were judged"

    def _scored(self, examples: Sequence[dict[str, Any]], shown: str) -> list[tuple[float, dict[str, Any]]]:
        vectors = self._encode([shown[:2000], *(_shown(one)[:2000] for one in examples)])
        alike = [float(vector @ vectors[0]) for vector in vectors[1:]]
        return [(max(likeness - _NEAR, 0.01) ** 3, one) for likeness, one in zip(alike, examples, strict=True)]


def concerns(guideline: str, answer: str) -> bool:
    """Whether a guideline has anything to say of an answer: who asks back or declines states nothing to cite."""
    return not (_ABOUT_SOURCES.search(guideline) and (DECLINES.search(answer) or answer.rstrip().endswith("?")))


def _consistent(guidelines: Iterable[str]) -> list[str]:
    """Without those whose opposite is there, too: batches that were distilled apart may disagree."""
    told = list(guidelines)
    return [one for one in told if opposite_of(one) not in told]


def opposite_of(guideline: str) -> str:
    """`must` for `must not`, and the other way round."""
    if " must not " in guideline:
        return guideline.replace(" must not ", " must ")
    return guideline.replace(" must ", " must not ")


def shown_of(fields: Fields) -> str:
    """The question and the answer, by which cases are alike or not."""
    parts = (fields.inputs and fields.question, fields.outputs and fields.answer, fields.conversation)
    return "\n".join(part for part in parts if part)


def _read(told: str) -> dict[str, Any]:
    try:
        value = ast.literal_eval(told)
    except (ValueError, SyntaxError):
        return {}
    return value if isinstance(value, dict) else {}


def _demo(fields: str) -> dict[str, Any]:
    return {one["name"]: one["text"].strip() for one in _DEMO_FIELD.finditer(fields)}


def _shown(example: dict[str, Any]) -> str:
    told = {name: str(example[name]) for name in ("inputs", "outputs", "conversation", "trace") if example.get(name)}
    return shown_of(Fields(**{name: text for name, text in told.items() if name != "trace"})) or told.get("trace", "")


def _is_grade(label: Any) -> bool:
    return str(label).lower() in _GRADES


def is_good(label: Any) -> bool:
    """Whether a label is one of approval."""
    return str(label).lower() in ("true", "yes", "pass", "good", "1", "1.0", "correct")


_GRADES = frozenset(
    ["true", "false", "yes", "no", "pass", "fail", "good", "bad", "1", "0", "1.0", "0.0", "correct", "incorrect"]
)
