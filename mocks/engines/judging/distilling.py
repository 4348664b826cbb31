"""Guidelines distilled from a person's judgements: what the accepted answers have that the rejected ones lack."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode
from mocks.engines.judging.fields import answer_of
from mocks.engines.judging.guidelines import Guidelines
from mocks.engines.judging.memory import concerns, is_good, opposite_of
from mocks.engines.judging.statements import statement

MARKER = re.compile(r"distill a (?:set|list) of guidelines", re.I)
_RECORD = re.compile(r"\{\s*\"id\": (?P<id>\d+),(?P<fields>.*?)\n\}\s*(?=\n\{|\n*Now, distill|\Z)", re.S)
_FIELD = re.compile(r"^\s*\"(?P<name>\w+)\": \"(?P<value>.*?)\",\s*$(?=\s*(?:\"\w+\": |\Z))", re.S | re.M)
_EXISTING = re.compile(r"existing guidelines distilled.*?:\n(?P<lines>.*?)\n\nThe new guidelines", re.S)
# Each can be checked by `guidelines`: the same words that say it are the ones that test it.
CANDIDATES = (
    "cite its source", "contain a number", "ask a question", "mention a date", "mention the price", "use a bulleted list", "use a numbered list",
    "be polite and professional", "apologize", "thank the user", "contain code", "contain a link", "have at most 15 words",
    "have at most 30 words", "have at most 60 words", "have at least 20 words", "have at most 2 sentences", "have at least 2 sentences",
    "be valid JSON", "contain an exclamation mark", "use emojis", "promise or guarantee a result",
)  # fmt: skip
_SURE, _FEW, _CHANCE = 0.8, 3, 0.5


@dataclass(frozen=True)
class Record:
    """One judgement of a person."""

    id: int
    answer: str
    good: bool
    rationale: str


class Distilling:
    """Looks for what tells accepted answers from rejected ones."""

    def __init__(self, encode: Encode) -> None:
        self._encode, self._guidelines = encode, Guidelines(encode)

    def answered(self, prompt: str) -> str:
        """The guidelines as the JSON that MemAlign reads."""
        known = _EXISTING.search(prompt)
        lines = known["lines"] if known else ""
        found = [one for one in self._distilled(_records(prompt)) if _is_new(str(one["guideline_text"]), lines)]
        return json.dumps({"guidelines": found}, ensure_ascii=False)

    def _distilled(self, records: Sequence[Record]) -> list[dict[str, object]]:
        made: list[dict[str, object]] = []
        good, bad = [r for r in records if r.good], [r for r in records if not r.good]
        if min(len(good), len(bad)) >= 2:
            rules = [(self._tells(rule, records), rule) for rule in _rules()]
            sure = sorted((pair for pair in rules if pair[0] >= _SURE), key=lambda pair: -pair[0])[:_FEW]
            words = _telling_words(good, bad)
            made += [_guideline(rule, records) for _, rule in sure]
            made += [_guideline(f'The response must mention "{word}".', records) for word in words[: 0 if sure else 2]]
        for record in bad:
            if len(record.rationale.split()) >= 3 and not any(record.rationale == one.get("rationale") for one in made):
                made.append({"guideline_text": f"Note: {record.rationale.strip()}", "source_trace_ids": [record.id]})
        return made

    def telling(self, records: Sequence[Record], known: str) -> str:
        """The one rule, of those that are not known, that gets most of a few judgements right and suits their reasons.

        Between equals the reasons decide, then the order of the candidates; nothing if no rule is right half the time.
        """
        rules = [rule for rule in _rules() if _is_new(rule, known)]
        if not rules or not records:
            return ""
        reasons = " ".join(record.rationale for record in records if record.rationale)
        vectors = self._encode([reasons, *rules])
        alike = [float(vector @ vectors[0]) if reasons else 0.0 for vector in vectors[1:]]
        ranked = [(self._tells(rule, records), suits, rule) for rule, suits in zip(rules, alike, strict=True)]
        best = max(ranked, key=lambda one: one[:2])
        return best[2] if best[0] > _CHANCE else ""

    def _tells(self, rule: str, records: Sequence[Record]) -> float:
        """The share of the judgements that the rule alone gets right, accepted and rejected ones weighing the same."""
        records = [record for record in records if concerns(rule, record.answer)]
        right = {record.good: 0 for record in records}
        for record in records:
            right[record.good] += self._guidelines.kept(rule, {"response": record.answer}).good == record.good
        return sum(number / sum(r.good == good for r in records) for good, number in right.items()) / (len(right) or 1)


def _is_new(guideline: str, known: str) -> bool:
    """Neither it nor its opposite is known."""
    return guideline not in known and opposite_of(guideline) not in known


def _rules() -> list[str]:
    return [f"The response must {rule}." for rule in CANDIDATES] + [
        f"The response must not {rule}." for rule in CANDIDATES
    ]


def _guideline(rule: str, records: Sequence[Record]) -> dict[str, object]:
    return {"guideline_text": rule, "source_trace_ids": [record.id for record in records]}


def _telling_words(good: Sequence[Record], bad: Sequence[Record]) -> list[str]:
    """Words that nearly all accepted answers have and hardly any rejected one."""
    has = [set(wording.words(record.answer.lower())) for record in good]
    lacks = [set(wording.words(record.answer.lower())) for record in bad]
    words = {word for answer in has for word in answer if len(word) > 3 and statement(word).roots}

    def share(word: str) -> float:
        return sum(word in answer for answer in has) / len(has) - sum(word in answer for answer in lacks) / len(lacks)

    return [word for word in sorted(words, key=lambda word: (-share(word), word)) if share(word) >= _SURE]


def _records(prompt: str) -> list[Record]:
    found = []
    for record in _RECORD.finditer(prompt):
        fields = {one["name"]: one["value"] for one in _FIELD.finditer(record["fields"])}
        answer = fields.get("outputs") or fields.get("trace") or fields.get("conversation") or ""
        told = fields.get("result", "")
        found.append(Record(int(record["id"]), answer_of(answer), is_good(told), fields.get("rationale", "")))
    return found
