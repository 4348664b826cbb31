"""Whether texts keep a guideline: its language, length, form, words, tone, sources, and what it forbids."""

import re
from collections.abc import Mapping

from mocks.engines.judging import wording
from mocks.engines.judging.demands import demanded
from mocks.engines.judging.entailment import Encode, Support
from mocks.engines.judging.features import ADVICE, COMPLAINT, DECLINES, STATES, SUBJECT_PATTERNS
from mocks.engines.judging.language import LANGUAGES, language_of
from mocks.engines.judging.quantities import spelled_out
from mocks.engines.judging.statements import sentences, statement

_NEGATIVE = re.compile(r"\b(?:not|never|no|don't|avoid|without|must not|should not|refrain|free of|nor)\b", re.I)
_CONDITION = re.compile(
    r"(?:^|,?\s)(?:if|when|whenever|in case)\s+(?P<when>[^,]+?)(?:,\s*(?:then\s+)?(?P<then>.+)|$)", re.I
)
_QUOTED = re.compile(r"[\"“'‘`]([^\"”'’`]{2,})[\"”'’`]")
_LENGTH = re.compile(
    r"(?P<how>at most|no more than|not more than|maximum(?: of)?|under|below|fewer than|less than|shorter than|up to|within|not exceed|exceed|"
    r"at least|no fewer than|no less than|minimum(?: of)?|more than|longer than|over|exactly|limited to|limit(?:ed)? .{0,20}? to)?\s*(?P<number>\d+)(?:\s*(?:or (?:fewer|less|more)))?[\s-]*"
    r"(?P<unit>words?|sentences?|characters?|paragraphs?|bullet(?: point)?s?|items?|lines?)",
    re.I,
)
_PARTS = re.compile(
    r";\s+|(?<=[a-z])[.:]\s+(?=[A-Za-z])|,?\s+(?:and|but)\s+(?=(?:must|should|it|do not|don't|never|always|end|start|begin|be|avoid|keep|use)\b)",
    re.I,
)
_SINGLE = re.compile(r"\b(?:an? )?(?:single|sole)\b", re.I)
_RANGE = re.compile(
    r"(?P<low>\d+)\s*(?:-|–|to|or|and)\s*(?P<high>\d+)[\s-]*(?P<unit>words?|sentences?|characters?|paragraphs?|bullet(?: point)?s?|items?|lines?)",
    re.I,
)
_ALIKE = 0.42
_FILLER = frozenset(map(wording.root, wording.listed("filler")))


class Guidelines:
    """Judges texts by guidelines; the first text that is named like an answer is the one that has to keep them."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def kept(self, guideline: str, context: Mapping[str, str]) -> Support:
        """Whether the texts keep the guideline, or it does not apply to them."""
        answer, rest = _judged_text(context)
        condition = _CONDITION.search(guideline)
        if condition and not self._applies(condition["when"], answer, rest):
            return Support(True, f"it does not apply: {condition['when'].strip()}")
        rule = guideline
        if condition:
            rule = condition["then"] or guideline[: condition.start()]
        verdicts = [self._rule(part, answer, context) for part in _rules(rule.strip() or guideline)]
        return next((verdict for verdict in verdicts if not verdict.good), verdicts[0])

    def _rule(self, rule: str, answer: str, context: Mapping[str, str]) -> Support:
        for check in (_language, _length, _position, _quoted, _advice):
            if (found := check(rule, answer)) is not None:
                return found
        negative = bool(_NEGATIVE.search(rule))
        if (found := demanded(rule, answer, context, negative=negative)) is not None:
            return found
        for pattern, present in SUBJECT_PATTERNS:
            if pattern.search(rule):
                there = present(answer)
                wrong = there if negative and not STATES.search(rule) else not there
                return Support(not wrong, _told(rule, answer, not wrong))
        return self._meaning(rule, answer, negative)

    def _meaning(self, rule: str, answer: str, negative: bool) -> Support:
        """What no pattern covers: whether the answer speaks of what the rule is about."""
        wanted = [root for root in statement(rule).roots if root not in _FILLER and root not in wording.LIGHT]
        told = statement(answer).roots
        named = [root for root in wanted if any(wording.same(root, other) for other in told)]
        if negative:
            examples = [name for name in statement(rule).names if name in told]
            there = bool(examples) or (bool(wanted) and len(named) >= max(1, round(0.6 * len(wanted))))
            return Support(not there, _told(rule, answer, not there))
        share = len(named) / len(wanted) if wanted else 1.0
        good = share >= 0.5 or self._alike(rule, answer) >= _ALIKE
        return Support(good, _told(rule, answer, good), sure=False)

    def _applies(self, condition: str, answer: str, rest: str) -> bool:
        asked = rest or answer
        if re.search(r"complain|angry|upset|frustrat|unhappy|dissatisf", condition, re.I):
            return bool(COMPLAINT.search(asked))
        if re.search(r"\bunsure|uncertain|not know|cannot (?:answer|find)|no (?:answer|information)", condition, re.I):
            return bool(DECLINES.search(answer))
        wanted = [root for root in statement(condition).roots if root not in _FILLER]
        told = statement(asked).roots
        named = [root for root in wanted if any(wording.same(root, other) for other in told)]
        return bool(named) or self._alike(condition, asked) >= _ALIKE

    def _alike(self, one: str, other: str) -> float:
        vectors = self._encode([one, *(sentences(other) or [other])])
        return max(float(vector @ vectors[0]) for vector in vectors[1:])


def _rules(guideline: str) -> list[str]:
    """The rules of a guideline that has several."""
    found = [part.strip() for part in _PARTS.split(guideline) if part and len(part.split()) > 2]
    return found or [guideline]


def _judged_text(context: Mapping[str, str]) -> tuple[str, str]:
    answers = [key for key in context if re.search(r"response|output|answer|reply|assistant|result", key, re.I)]
    key = answers[0] if answers else next(iter(context), "")
    return context.get(key, ""), "\n".join(text for name, text in context.items() if name != key)


def _language(rule: str, answer: str) -> Support | None:
    wanted = [
        name for name in LANGUAGES if re.search(rf"\b(?:in|use|speak|written in)\s+(?:\w+\s+)?{name}\b", rule, re.I)
    ]
    if not wanted:
        return None
    found = language_of(answer)
    good = found in wanted or (found is None and wanted == ["english"])
    if _NEGATIVE.search(rule) and not re.search(r"\bonly\b", rule, re.I):
        good = not good
    return Support(good, f"the language is {found or 'not clear'}: “{answer[:120]}”")


def _length(rule: str, answer: str) -> Support | None:
    rule = _SINGLE.sub("exactly 1", spelled_out(rule))
    if between := _RANGE.search(rule):
        size = _size(answer, between["unit"].lower())
        return Support(int(between["low"]) <= size <= int(between["high"]), f"it has {size} {between['unit']}")
    found = _LENGTH.search(rule)
    if found is None:
        return None
    unit, limit = found["unit"].lower(), int(found["number"])
    size = _size(answer, unit)
    how = (found["how"] or "").lower()
    after = rule[found.start("number") : found.end()].lower()
    if "exactly" in how or (not how and "or" not in after):
        good = size == limit
    elif how.startswith(("at least", "no fewer", "no less", "minimum")) or "or more" in after:
        good = size >= limit
    elif how.startswith(("more than", "longer", "over")) and not _NEGATIVE.search(rule):
        good = size > limit
    else:
        good = size < limit if how.startswith(("under", "below", "fewer", "less", "shorter")) else size <= limit
    return Support(good, f"it has {size} {unit}")


def _size(answer: str, unit: str) -> int:
    if unit.startswith("character"):
        return len(answer)
    if unit.startswith("sentence"):
        return len(sentences(answer))
    if unit.startswith("paragraph"):
        return len([part for part in re.split(r"\n\s*\n", answer) if part.strip()])
    if unit.startswith(("bullet", "item", "line")):
        return len([line for line in answer.splitlines() if line.strip()])
    return len(answer.split())


def _position(rule: str, answer: str) -> Support | None:
    """Begins or ends with something."""
    begins = re.search(r"\b(?:start|begin|open)s?\b.{0,20}\bwith\b", rule, re.I)
    ends = re.search(r"\b(?:end|close|finish|conclude)s?\b.{0,20}\bwith\b", rule, re.I)
    if not begins and not ends:
        return None
    text = answer.strip().lower()
    quoted = _QUOTED.search(rule)
    if quoted:
        wanted = quoted[1].lower()
        good = text.startswith(wanted) if begins else text.rstrip(".!?").endswith(wanted.rstrip(".!?"))
    elif re.search(r"\bquestion\b", rule, re.I):
        good = text.endswith("?") if ends else "?" in (sentences(answer) or [""])[0]
    elif re.search(r"\bgreeting\b", rule, re.I):
        good = bool(re.match(r"(?:hello|hi|dear|good (?:morning|day|afternoon|evening)|greetings|welcome)\b", text))
    else:
        part = (sentences(answer) or [""])[0 if begins else -1]
        wanted_roots = [r for r in statement(rule.split("with", 1)[1]).roots if r not in _FILLER]
        good = any(wording.same(r, o) for r in wanted_roots for o in statement(part).roots)
    if _NEGATIVE.search(rule):
        good = not good
    return Support(
        good, f"it {'begins' if begins else 'ends'} “{answer.strip()[:60] if begins else answer.strip()[-60:]}”"
    )


def _quoted(rule: str, answer: str) -> Support | None:
    """Words that must or must not be there."""
    told = [found[1] for found in _QUOTED.finditer(rule)]
    if not told and (named := re.search(r"\b(?:word|phrase|term)s? ([\w-]+)", rule, re.I)):
        told = [named[1]]
    if not told:
        return None
    there = [word for word in told if re.search(rf"(?<!\w){re.escape(word)}", answer, re.I)]
    good = not there if _NEGATIVE.search(rule) else len(there) == len(told)
    return Support(good, f"“{', '.join(there or told)}” {'is' if there else 'is not'} in it")


def _advice(rule: str, answer: str) -> Support | None:
    kinds = [name for name in ADVICE if re.search(rf"\b{name}\b.{{0,30}}\badvice\b", rule, re.I)]
    if not kinds or not _NEGATIVE.search(rule):
        return None
    given = next((found for name in kinds if (found := ADVICE[name].search(answer))), None)
    if given and not (DECLINES.search(answer) and not re.search(r"\d", given[0])):
        return Support(False, f"it advises: “{given[0]}”")
    return Support(True, "it advises nothing of that kind")


def _told(rule: str, answer: str, good: bool) -> str:
    return f"“{answer.strip()[:120]}” {'keeps' if good else 'does not keep'} “{rule[:100]}”"
