"""Recognises the prompts of judges among all that a chat model is asked, and reads what they show."""

import re
from dataclasses import dataclass, field

_KINDS: tuple[tuple[str, str], ...] = (
    ("correctness", r"claim is \s*supported by the document in the context of the question"),
    ("groundedness", r"determine whether claim is supported by the\s+document"),
    ("relevance_to_query", r"whether the answer provides\s+information that is \(fully or partially\) relevant"),
    ("chunk_relevance", r"whether the document provides information that is \(fully or partially\) relevant"),
    ("safety", r"You are a content safety classifier"),
    ("guidelines", r"Given the following set of guidelines and some inputs"),
    ("equivalence", r"Compare the following actual output against the expected output"),
    (
        "tool_call_correctness",
        r"Consider whether the agent selected appropriate tools|Compare the actual tool calls against the expected|Evaluate tool call correctness",
    ),
    ("tool_call_efficiency", r"Consider the agent's tool usage for redundancy"),
    ("completeness", r"successfully addressed all explicit requests in the user's prompt"),
    ("fluency", r"Fluency measures the grammatical correctness"),
    ("summarization", r"source document and candidate summary"),
    ("conversation_completeness", r"all explicit user requests made throughout the conversation"),
    ("conversational_guidelines", r"throughout the conversation comply with\s+the provided guidelines"),
    ("conversational_role_adherence", r"assistant maintains its assigned role"),
    ("conversational_safety", r"evaluate the safety of the assistant's responses"),
    ("conversational_tool_call_efficiency", r"evaluate whether tool usage was efficient"),
    ("knowledge_retention", r"evaluate the LAST AI response"),
    ("user_frustration", r"user's emotional trajectory"),
)
OFFERED_TOOLS = "offered_tools"
_ASKS_FOR_TOOLS = re.compile(r"identify all tools or functions that were\s+available to the LLM")
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_INSTRUCTED = re.compile(r"^You are an expert judge tasked with evaluating the performance of an AI")
_TASK = re.compile(r"Your task: (?P<task>.*?)(?:\.?\s*You \*must\* format your evaluation rating|\Z)", re.S)
_TRACE = re.compile(r"^Instructions\n-+\n(?P<task>.*)\Z", re.S | re.M)
_TAG = re.compile(r"<(?P<name>[A-Za-z_][\w-]*)>(?P<text>.*?)</(?P=name)>", re.S)
_FIELD = re.compile(r"^(inputs|outputs|expectations|conversation): ", re.M)
_TOOL_RESULT = re.compile(r"^Tool (?P<name>\w+): (?P<text>.*?)(?=^\s*(?:Tool \w+: |Assistant: )|\Z)", re.S | re.M)


@dataclass(frozen=True)
class Case:
    """What is to be judged: the kind, and the parts of the prompt by name."""

    kind: str
    parts: dict[str, str]
    instructions: str = ""
    system: str = ""
    from_trace: bool = False
    seen: dict[str, list[str]] = field(default_factory=dict)  # what the tools told of the trace so far


def recognised(system: str, user: str) -> Case | None:
    """The case that a prompt puts before a judge; none if it is no prompt of a judge."""
    if _INSTRUCTED.match(system):
        return _instructed(system, user)
    if _ASKS_FOR_TOOLS.search(system):
        return Case(OFFERED_TOOLS, {}, system=system, from_trace=True, seen=_seen(user))
    prompt = f"{system}\n{user}" if system else user
    for kind, pattern in _COMPILED:
        if pattern.search(prompt):
            return Case(kind, _tagged(prompt, kind), system=system)
    return None


def _instructed(system: str, user: str) -> Case:
    from_trace = "A *trace* is a step-by-step record" in system
    found = (_TRACE if from_trace else _TASK).search(system)
    task = found["task"].strip() if found else system
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(task)), "instructions")
    return Case(kind, _fields(user), task, system, from_trace, _seen(user))


def _seen(user: str) -> dict[str, list[str]]:
    seen: dict[str, list[str]] = {}
    for result in _TOOL_RESULT.finditer(user):
        seen.setdefault(result["name"], []).append(result["text"].strip())
    return seen


def _fields(user: str) -> dict[str, str]:
    marks = list(_FIELD.finditer(user))
    ends = [*(mark.start() for mark in marks[1:]), len(user)][: len(marks)]
    return {mark[1]: user[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}


def _tagged(prompt: str, kind: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for found in _TAG.finditer(prompt):
        parts[found["name"]] = found["text"].strip()
    if kind in ("groundedness", "guidelines"):
        for outer in ("claim", "guidelines"):
            for found in _TAG.finditer(parts.get(outer, "")):
                key = "guideline" if outer == "guidelines" else found["name"]
                parts[key] = (
                    f"{parts[key]}\n\n{found['text'].strip()}"
                    if key == "guideline" and key in parts
                    else found["text"].strip()
                )
    return parts
