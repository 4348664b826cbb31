"""Recognises the prompts of prompt optimizers, and reads the instructions and the outcomes that they show.

Seen with DSPy 3.4 (SIMBA and GEPA over ChatAdapter and JSONAdapter), gepa 0.1 and MLflow 3.17's MetaPromptOptimizer.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mocks.engines.judging.memory import is_good

_FIELD = re.compile(r"^\[\[ ## (?P<name>\w+) ## \]\]\n(?P<text>.*?)(?=^\[\[ ## \w+ ## \]\]\n|\Z)", re.S | re.M)
_CLOSING = re.compile(r"\n\nRespond with (?:a JSON object|the corresponding output fields)[^\n]*\s*\Z")
_ADVICE, _PROPOSAL = "two trajectories of an LLM-driven program", "[[ ## examples_with_feedback ## ]]"
_REWRITE = re.compile(
    r"^I provided an assistant with the following instructions.*?\n```\n(?P<current>.*?)\n```\n.*?\n```\n(?P<examples>.*)\n```\n\nYour task is to write a new instruction",
    re.S,
)
_META = re.compile(
    r"^You are an expert prompt engineer\..*?\nCURRENT PROMPTS:\n(?P<prompts>.*?)\n\n(?P<examples>EVALUATION EXAMPLES.*?)?\n*PROMPT ENGINEERING BEST PRACTICES:",
    re.S,
)
_NAMED = re.compile(r"^Prompt name: (?P<name>.+)\nTemplate: (?P<text>.*?)(?=\n\nPrompt name: |\Z)", re.S | re.M)
_META_EXAMPLE = re.compile(r"^Example \d+:\n(?P<text>.*?)(?=^Example \d+:\n|\Z)", re.S | re.M)
_META_FIELD = re.compile(r"^  (?P<name>Input|Output|Expected|Score|Rationales):", re.M)
_META_RATIONALE = re.compile(r"^  - (?P<name>[\w/ -]+): (?P<text>.*?)(?=^  - [\w/ -]+: |\Z)", re.S | re.M)
_EXAMPLE = re.compile(r"^# Example \d+\n(?P<text>.*?)(?=^# Example \d+\n|\Z)", re.S | re.M)
_PART = re.compile(r"^## (?P<name>\w[\w ]*)\n(?P<text>.*?)(?=^## \w|\Z)", re.S | re.M)
_RATIONALE = re.compile(r"^### (?P<name>.+)\n(?P<text>.*?)(?=^### |\Z)", re.S | re.M)
_SCORE = re.compile(r"-?\d+(?:\.\d+)?|True|False")


@dataclass(frozen=True)
class Outcome:
    """What an assistant made of one input: its score, if there is one, and what was said of it, by scorer."""

    output: str
    score: float | None = None
    rationales: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What a judge was shown, and what the person says of it: good or not, and perhaps why."""

    answer: str
    good: bool
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """A prompt of an optimizer: instructions by name, what came of them, and the form of the answer."""

    form: str  # advice, proposal, rewrite or meta
    instructions: Mapping[str, str]
    outcomes: Sequence[Outcome] = ()
    verdicts: Sequence[Verdict] = ()


def recognised(system: str, user: str) -> Asked | None:
    """What an optimizer asks; none if the prompt is none of its."""
    if _ADVICE in system:
        return _advice(_fields(user))
    if _PROPOSAL in user:
        return _proposal(_fields(user))
    if found := _REWRITE.search(user):
        return Asked("rewrite", {"": found["current"]}, _outcomes(found["examples"]))
    if found := _META.search(user):
        prompts = {one["name"].strip(): one["text"].strip() for one in _NAMED.finditer(found["prompts"])}
        return Asked("meta", prompts, _meta_outcomes(found["examples"] or ""))
    return None


def _fields(user: str) -> dict[str, str]:
    return {one["name"]: one["text"].strip() for one in _FIELD.finditer(_CLOSING.sub("", user))}


def _advice(fields: Mapping[str, str]) -> Asked:
    """SIMBA shows one input with the person's verdict, and what the judge said of it in a better and a worse run."""
    names = _parsed(fields.get("module_names", "")) or []
    shown, label = _parsed(fields.get("program_inputs", "")) or {}, _parsed(fields.get("oracle_metadata", "")) or {}
    verdicts = []
    if isinstance(shown, dict) and isinstance(label, dict) and "result" in label:
        verdicts = [Verdict(_told(shown), is_good(label["result"]), str(label.get("rationale") or ""))]
    modules = fields.get("modules_defn", "")
    return Asked("advice", {str(name): modules for name in names if isinstance(name, str)}, verdicts=verdicts)


def _proposal(fields: Mapping[str, str]) -> Asked:
    """GEPA shows what a judge said, and whether the person agreed: a score of 0 means the opposite."""
    verdicts = []
    for one in _parsed(fields["examples_with_feedback"]) or ():
        made, score = one.get("Generated Outputs"), _score(str(one.get("Feedback") or ""))
        if isinstance(made, dict) and "result" in made and score is not None:
            verdicts.append(Verdict(_told(one.get("Inputs") or {}), is_good(made["result"]) == (score > 0)))
    return Asked("proposal", {"": fields.get("current_instruction", "")}, verdicts=verdicts)


def _outcomes(examples: str) -> list[Outcome]:
    """The Markdown of gepa, as MLflow fills it."""
    found = []
    for example in _EXAMPLE.finditer(examples):
        parts = {one["name"]: one["text"].strip() for one in _PART.finditer(example["text"])}
        told = {one["name"].strip(): one["text"].strip() for one in _RATIONALE.finditer(parts.get("rationales", ""))}
        found.append(Outcome(parts.get("outputs", ""), _score(parts.get("score", "")), told))
    return found


def _meta_outcomes(examples: str) -> list[Outcome]:
    found = []
    for example in _META_EXAMPLE.finditer(examples):
        text = example["text"]
        marks = list(_META_FIELD.finditer(text))
        ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
        parts = {mark["name"]: text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}
        shown = f"  {parts.get('Rationales', '')}"
        told = {one["name"].strip(): one["text"].strip() for one in _META_RATIONALE.finditer(shown)}
        found.append(Outcome(parts.get("Output", ""), _score(parts.get("Score", "")), told))
    return found


def _score(told: str) -> float | None:
    found = _SCORE.search(told)
    if found is None:
        return None
    return float(found[0] == "True") if found[0] in ("True", "False") else float(found[0])


def _told(shown: Mapping[str, Any]) -> str:
    """The outputs that the judge was shown."""
    value = shown.get("outputs", shown.get("trace", ""))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parsed(told: str) -> Any:
    try:
        return json.loads(told)
    except ValueError:
        return None
