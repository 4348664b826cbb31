"""A judge made by instructions: which of the things that can be judged they ask for, and how they want them told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from mocks.engines.judging.comparing import Comparing
from mocks.engines.judging.demands import demanded
from mocks.engines.judging.entailment import Encode, Entailment, Support
from mocks.engines.judging.extracting import chosen, converted, counted, listed, options
from mocks.engines.judging.fields import Fields, facts_of
from mocks.engines.judging.guidelines import Guidelines
from mocks.engines.judging.language import fluent
from mocks.engines.judging.relevance import Relevance, lacks_kind
from mocks.engines.judging.requests import Requests
from mocks.engines.judging.safety import harmless
from mocks.engines.judging.statements import sentences
from mocks.engines.judging.talk import Talk, turns_of
from mocks.engines.judging.typed import BAD, are_grades, graded, labels_of, value_of

_TEMPLATE = re.compile(r"\{\{\s*\w+\s*\}\}")
_INVERTED = re.compile(
    r"\b(?:true|yes|1|fail|flag(?:ged)?)\b[\"']?\s+(?:if|when)\b[^.]{0,60}\b(?:harm\w*|toxic\w*|hallucinat\w*|incorrect|wrong|irrelevant|off-?topic|violat\w*|rude|unsafe|"
    r"contradict\w*|unsupported|offens\w*|hateful|impolite|unprofessional|fabricat\w*|leaks?|pii)\b|"
    r"\b(?:detect|whether (?:the|there)[^.]{0,40}) (?:is|are|contains?|has)?\s*(?:any )?(?:harmful|toxic|hallucinat\w*|offensive|hateful|rude)\b",
    re.I,
)
_CONDITIONED = re.compile(
    r"(?:\b(?:answer|return|output|say|respond|reply|give|rate|mark|choose|use|result is)\s+(?:with\s+)?|(?:^|[.;:]\s+))[\"'`]?(?P<met>true|false|yes|no|pass|fail|1|0)[\"'`]?,?\s+(?:only\s+)?(?:if|when)\s+"
    r"(?P<when>[^.;]+?)(?:[,.;]\s*(?:and\s+|or\s+)?(?:otherwise|else)?,?\s*(?:answer|return|output|say|respond|reply)?\s*(?:with\s+)?[\"'`]?(?P<unmet>\w+)[\"'`]?"
    r"(?:\s+(?:if|when)\s+(?:not|it (?:does|is) not)|\s+otherwise)?)?\s*[.;]?\s*$",
    re.I,
)
_STATES = re.compile(
    r"(?:it|the (?:response|answer|output|assistant|agent))\s+(?:clearly\s+|explicitly\s+|correctly\s+)?(?:states?|mentions?|says?|contains?|includes?|gives?|tells?|explains?|names?|specifies|provides?)\s+"
    r"(?P<what>.+)",
    re.I,
)
_FAULT = re.compile(
    r"\b(?:harmful|toxic|hallucinat\w*|incorrect|wrong|irrelevant|off-?topic|violat\w*|rude|unsafe|contradict\w*|unsupported|offens\w*|hateful|fabricat\w*|not)\b",
    re.I,
)
_CRITERION = re.compile(
    r"\b(?:must|should|never|not|always|only|at most|at least|under|fewer|within|polite|professional|concise|brief|formal|cite|cites|json|bullet|language|english|mention|include|contain|avoid|tone|words|sentences|apolog|start|end)\w*\b",
    re.I,
)
_POSITIVE = re.compile(
    r"\b(?:good|great|wonderful|excellent|love|loved|happy|amazing|fantastic|best|perfect|awesome|pleased|delight\w*|beautiful|enjoy\w*|thank\w*|nice|glad|brilliant)\b",
    re.I,
)
_NEGATIVE = re.compile(
    r"\b(?:bad|terrible|awful|hate|hated|worst|horrible|sad|angry|disappoint\w*|poor|annoy\w*|broken|useless|disgust\w*|fail\w*|wrong|never again|ugly|slow|rude)\b",
    re.I,
)


_CORRECT = re.compile(r"correct|accura|match|expected|factual|right\b|equivalent|agree|compared|ground truth", re.I)
_OPTIONAL = re.compile(r"^(?:typing\.)?Optional\[(\w+)\]$|\s*\|\s*None")
_MOODS = ("This is great, I am very happy with it and grateful.", "This is bad, I am unhappy and angry about it.")
_MOODY = 0.06
_NOT = re.compile(r"\b(?:not|no|never|without|avoids?)\b", re.I)
UNKNOWN = (
    "the rules know nothing of what these instructions ask for, and looked only at whether the answer fits the request:"
)


class Instructed:
    """Finds out what the instructions want judged, and judges it."""

    def __init__(self, encode: Encode, entailment: Entailment) -> None:
        self._encode, self._entailment = encode, entailment
        self._relevance, self._requests = Relevance(encode), Requests(encode)
        self._guidelines, self._comparing = Guidelines(encode), Comparing(encode, entailment)
        self._talk = Talk(encode, entailment)

    def judged(self, instructions: str, fields: Fields, type_: str) -> tuple[Any, str, float]:
        """The value, why, and the score behind it from 0 to 1."""
        told = " ".join(_TEMPLATE.sub("it", instructions).split())
        fields = _meant(instructions, fields)
        type_ = _OPTIONAL.sub(r"\1", type_).strip()
        if (found := self._extracted(told, fields, type_)) is not None:
            return found, f"found in “{fields.answer[:120]}”", 0.5
        labels = labels_of(type_)
        if {label.lower() for label in labels} & {"positive"} and re.search(r"\bsentiment|mood|tone of\b", told, re.I):
            score = self._mood(fields.answer or fields.question)
            return graded(score, labels), f"the words of “{(fields.answer or fields.question)[:100]}”", score
        if labels and not are_grades(labels):
            label, why = self._labelled(told, fields, labels)
            return label, why, 0.5
        return self._by_condition(told, fields, type_) or self._by_verdicts(told, fields, type_)

    def _by_verdicts(self, told: str, fields: Fields, type_: str) -> tuple[Any, str, float]:
        labels, verdicts = labels_of(type_), self._verdicts(told, fields)
        score = sum(verdict.good for verdict in verdicts) / len(verdicts)
        if (len(labels) > 2 or type_ in ("int", "float")) and (share := self._share(told, fields)) is not None:
            score = share
        elif type_ not in ("int", "float") and score < 1:
            score = 0.0 if len(labels) < 3 else 0.5 * score
        if _INVERTED.search(told):
            score = 1 - score
        failed = [verdict.why for verdict in verdicts if not verdict.good]
        return value_of(score, type_, told), "; ".join(failed or [verdict.why for verdict in verdicts]), score

    def _share(self, told: str, fields: Fields) -> float | None:
        """How many of the expected facts are stated, where correctness is asked for in degrees."""
        if not fields.expectations or not _CORRECT.search(told):
            return None
        facts = [part for fact in facts_of(fields.expectations) for part in sentences(fact)]
        held = [self._stated(fact, fields) for fact in facts]
        return sum(held) / len(held) if held else None

    def _stated(self, fact: str, fields: Fields) -> bool:
        told = self._entailment.supported(fact, [fields.answer], fields.question, given=True)
        return all(support.good for _, support in told)

    def _extracted(self, told: str, fields: Fields, type_: str) -> Any:
        """A count, a list or a mapping; none if a verdict is wanted."""
        text = fields.answer or fields.question or fields.conversation
        if type_ == "int" and (count := counted(told, text)) is not None:
            return count
        if type_.startswith("list"):
            if named := labels_of(type_.removeprefix("list[").removesuffix("]")) or options(told):
                return chosen(named, text, self._alike)
            return listed(told, text, [verdict.why for verdict in self._verdicts(told, fields) if not verdict.good])
        if type_.startswith("dict"):
            return {
                key: converted(self._by_verdicts(f"Is it {key}?", fields, "float")[2], type_) for key in options(told)
            }
        return None

    def _alike(self, one: str, other: str) -> float:
        vectors = self._encode([one, other])
        return float(vectors[0] @ vectors[1])

    def _mood(self, text: str) -> float:
        """From 0, a bad mood, to 1: by the words, and by the meaning where they say nothing."""
        if (mood := _mood(text)) != 0.5:
            return mood
        vectors = self._encode([text, *_MOODS])
        bright, dark = (float(vector @ vectors[0]) for vector in vectors[1:])
        return 0.5 if abs(bright - dark) < _MOODY else float(bright > dark)

    def _by_condition(self, told: str, fields: Fields, type_: str) -> tuple[Any, str, float] | None:
        """`Answer yes if it says when, otherwise no.`"""
        found = _CONDITIONED.search(told)
        if found is None:
            return None
        verdict = self._condition(found["when"].strip(), fields)
        labels = {label.lower(): label for label in labels_of(type_)}
        met, unmet = found["met"].lower(), (found["unmet"] or "").lower()
        good = met not in BAD
        score = 1.0 if verdict.good == good else 0.0
        label = labels.get(met if verdict.good else unmet)
        return (label if label is not None else value_of(score, type_, told)), verdict.why, score

    def _condition(self, when: str, fields: Fields) -> Support:
        """Whether what follows an `if` holds of the answer."""
        if verdicts := [
            judge() for pattern, applies, judge in self._aspects(fields) if applies and pattern.search(when)
        ]:
            bad = bool(_FAULT.search(when))
            good = all(verdict.good for verdict in verdicts)
            return Support(good != bad, "; ".join(verdict.why for verdict in verdicts))
        shown = {"request": fields.question, "response": fields.answer}
        if (demand := demanded(when, fields.answer, shown, negative=bool(_NOT.search(when)))) is not None:
            return demand
        if stated := _STATES.match(when):
            question = stated["what"].strip()
            spoken = self._relevance.answer(question, fields.answer)
            lacking = spoken.good and lacks_kind(question, fields.answer)
            return Support(False, f"it does not say {question}: “{fields.answer[:100]}”") if lacking else spoken
        return self._guidelines.kept(f"The response must {when}", shown)

    def _verdicts(self, told: str, fields: Fields) -> Sequence[Support]:
        answer, question = fields.answer, fields.question
        found: list[Support] = []
        for pattern, applies, judge in self._aspects(fields):
            if applies and pattern.search(told):
                found.append(judge())
        shown = {"request": question, "response": answer}
        found += [self._guidelines.kept(_rule(criterion), shown) for criterion in criteria(told)]
        return found or [replace(self._at_least(fields), sure=False)]

    def _at_least(self, fields: Fields) -> Support:
        """What can be said where the instructions ask for nothing that the rules know: it says so."""
        if fields.conversation:
            verdict = self._talk.complete(turns_of(fields.conversation))
        elif fields.expectations:
            verdict = self._correct(fields)
        elif fields.question:
            verdict = self._relevance.answer(fields.question, fields.answer)
        else:
            verdict = fluent(fields.answer)
        return replace(verdict, why=f"{UNKNOWN} {verdict.why}")

    def _aspects(self, fields: Fields) -> tuple[tuple[re.Pattern[str], bool, Callable[[], Support]], ...]:
        answer, question, context = fields.answer, fields.question, fields.context
        talk = turns_of(fields.conversation) if fields.conversation else []
        return (
            (_CORRECT, bool(fields.expectations), lambda: self._correct(fields)),
            (re.compile(r"ground|support|hallucinat|faithful|based on|fabricat|backed", re.I), bool(context), lambda: self._grounded(answer, context, question)),
            (re.compile(r"relevan|on[- ](?:the )?topic|address|answers?\b.{0,30}\b(?:it|question|query|user)|responsive|helpful", re.I), bool(question and answer), lambda: self._relevance.answer(question, answer)),
            (re.compile(r"complete|all (?:parts|requests|questions)|every (?:part|request|question)|fully", re.I), bool(question and answer), lambda: self._requests.addressed(question, answer)),
            (re.compile(r"harm|toxic|\bsafe|hate|offens|abus", re.I), bool(answer), lambda: harmless(answer)),
            (re.compile(r"fluen|grammar|well[- ]written|readab", re.I), bool(answer), lambda: fluent(answer)),
            (re.compile(r"frustrat", re.I), bool(talk), lambda: _not_upset(self._talk.frustration(talk))),
            (re.compile(r"resolve|complete|answered|satisf", re.I), bool(talk), lambda: self._talk.complete(talk)),
            (re.compile(r"harm|toxic|\bsafe", re.I), bool(talk), lambda: self._talk.safe(talk)),
        )  # fmt: skip

    def _correct(self, fields: Fields) -> Support:
        facts = facts_of(fields.expectations)
        for fact in facts:
            for said, support in self._entailment.supported(fact, [fields.answer], fields.question, given=True):
                if not support.good:
                    return Support(False, f"“{said}”: {support.why}")
        return Support(True, f"it says “{'; '.join(facts)[:160]}”")

    def _grounded(self, answer: str, context: str, question: str) -> Support:
        for said, support in self._entailment.supported(answer, [context], question):
            if not support.good:
                return Support(False, f"“{said}”: {support.why}")
        return Support(True, "all of it is in the context")

    def _labelled(self, told: str, fields: Fields, labels: Sequence[str]) -> tuple[str, str]:
        """The kind whose name or explanation is nearest to what is shown."""
        lowered = [label.lower() for label in labels]
        if set(lowered) & {"resolved", "unresolved"} and fields.conversation:
            mood, why = self._talk.frustration(turns_of(fields.conversation))
            return (labels[lowered.index(mood)] if mood in lowered else labels[-1]), why
        shown = fields.answer or fields.conversation or fields.question
        explained = [_explained(told, label) for label in labels]
        vectors = self._encode([shown[:2000], *explained])
        scores = [float(vector @ vectors[0]) for vector in vectors[1:]]
        best = labels[scores.index(max(scores))]
        return best, f"“{shown[:100]}” is nearest to “{best}”"


def _meant(instructions: str, fields: Fields) -> Fields:
    """Instructions that speak of the inputs only are about these."""
    shown = set(re.findall(r"\{\{\s*(\w+)\s*\}\}", instructions))
    about = re.search(r"\b(?:sentiment|mood)\b[^.{]*\{\{\s*inputs", instructions, re.I)
    return replace(fields, outputs=fields.inputs) if shown == {"inputs"} or about else fields


def criteria(told: str) -> list[str]:
    """The sentences of instructions that say what an answer must or must not be."""
    return [one for one in sentences(told) if _CRITERION.search(one) and not _only_about_form(one)]


def _explained(told: str, label: str) -> str:
    """The label with what the instructions say of it."""
    found = re.search(rf"[\"'`]?{re.escape(label)}[\"'`]?\s*(?:if|when|:|-|=|means|for)\s*([^.;\n]+)", told, re.I)
    return f"{label.replace('_', ' ')}: {found[1]}" if found else label.replace("_", " ")


def _rule(sentence: str) -> str:
    """The criterion as a guideline: `Check whether it is polite` is `The response is polite`."""
    sentence = re.sub(
        r"^(?:please )?(?:check|evaluate|determine|assess|verify|judge|decide|see)\s+(?:if|whether|that)\s+",
        "",
        sentence,
        flags=re.I,
    )
    sentence = re.sub(
        r"^(?:is|are|does|do|has)\s+(?:the (?:answer|response|output)\s+)?it\s+", "The response ", sentence, flags=re.I
    )
    return (
        re.sub(
            r"\b(?:answer|return|output)\s+(?:pass or fail|yes or no|true or false|true|pass|yes)\b.*$",
            "",
            sentence,
            flags=re.I,
        ).strip()
        or sentence
    )


def _only_about_form(sentence: str) -> bool:
    """How the verdict is to be given, and what makes a rating."""
    return bool(
        re.match(
            r"\s*(?:answer|return|output|respond|rate|classify|give|provide|score|you must|your)\b", sentence, re.I
        )
        or re.search(r"\b(?:correctly answers|supported by|is grounded|stay on)\b", sentence, re.I)
    )


def _not_upset(mood: tuple[str, str]) -> Support:
    return Support(mood[0] != "unresolved", mood[1])


def _mood(text: str) -> float:
    good, bad = len(_POSITIVE.findall(text)), len(_NEGATIVE.findall(text))
    return 1.0 if good > bad else 0.0 if bad > good else 0.5
