"""Whether an agent called the right tools, with the right arguments, and none of them in vain."""

import ast
import json
import re
from dataclasses import dataclass, field
from typing import Any

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Support
from mocks.engines.judging.quantities import quantities

_CALL = re.compile(
    r"Tool Call (?P<number>\d+): (?P<name>\S+)\s*\n\s*Input Arguments: (?P<arguments>.*?)(?:\n\s*Output: (?P<output>.*?))?(?:\n\s*Exception: (?P<exception>.*?))?(?=\n\s*Tool Call \d+:|\Z)",
    re.S,
)
_EXPECTED = re.compile(
    r"Expected Tool(?: Call)? \d+: (?P<name>\S+)(?:\s*\n\s*Arguments: (?P<arguments>.*?))?(?=\n\s*Expected|\Z)", re.S
)
_TOOL = re.compile(r"^- (?P<name>[\w.-]+)(?:: (?P<told>.*))?$")
_PARAMETER = re.compile(r"^\s+- (?P<name>\w+) \((?P<kind>required|optional)\)")
_CODES = {"EUR": "euro", "USD": "dollar", "JPY": "yen", "GBP": "pound", "CHF": "franc", "INR": "rupee", "CNY": "yuan"}
_CHANGING = frozenset({"delete", "remove", "cancel", "send", "update", "create", "pay", "transfer", "drop", "refund", "book", "order", "buy", "close", "reset", "rename", "move", "overwrite", "publish", "deploy", "restart", "stop", "kill", "schedule", "post", "submit", "approve", "reject", "block"})  # fmt: skip
_CHANGED = frozenset(map(wording.root, _CHANGING))
_ORDERS = frozenset(map(wording.root, ("fix", "handle", "arrange", "organise", "organize", "plan", "prepare", "solve", "settle", "do", "let", "notify", "inform", "tell", "change", "make", "clean", "empty", "add", "set", "reserve", "purchase", "get", "give", "ask", "remind", "want", "need", "replace", "return")))  # fmt: skip
_FROM_TO = re.compile(r"\bfrom (?:the )?(?P<source>[\w' -]{2,30}?) (?:in)?to (?:the )?(?P<target>[\w' -]{2,30})", re.I)
_SOURCE = re.compile(r"^(?:from|source|src|base|origin|sender|departure|start|payer)", re.I)
_TARGET = re.compile(r"^(?:to|target|dest\w*|quote|recipient|receiver|arrival|end|payee)", re.I)
_ILL = 0.3  # a tool less like the request than this fits it ill
_TRANSIENT = re.compile(
    r"time[d ]?-?out|transient|temporar|unavailable|rate limit|retry|connection|error|fail|exception|5\d\d", re.I
)


@dataclass(frozen=True)
class Call:
    """One call of a tool."""

    name: str
    arguments: Any
    output: str = ""
    failed: bool = False


@dataclass
class Tool:
    """One tool on offer."""

    name: str
    told: str
    required: list[str] = field(default_factory=list)


class ToolCalls:
    """Judges calls against the request, the tools on offer and, if they are told, the expected calls."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def correct(self, request: str, tools: str, calls: str, expected: str = "") -> Support:
        """Whether the tools and their arguments are right."""
        made, offered = calls_of(calls), _tools(tools)
        known = {tool.name: tool for tool in offered}
        for call in made:
            if known and call.name not in known:
                return Support(False, f"there is no tool “{call.name}”")
            if (
                missing := [name for name in known[call.name].required if name not in (call.arguments or {})]
                if call.name in known
                else []
            ):
                return Support(False, f"“{call.name}” was called without “{missing[0]}”")
        if expected.strip() and "No expected" not in expected:
            return _as_expected(made, expected)
        if not made:
            needed = self._fitting(request, offered)
            return Support(needed is None, f"“{needed}” was not called" if needed else "no tool was needed")
        return self._as_asked(request, offered, made)

    def _as_asked(self, request: str, offered: list[Tool], made: list[Call]) -> Support:
        """Whether the calls do what was asked, with what was told, and nothing else."""
        for call in made:
            if foreign := _foreign(call, request, made):
                return Support(False, f"“{foreign}” in the call of “{call.name}” is not what was asked for")
            if turned := _turned(call, request):
                return Support(False, f"“{turned}” in the call of “{call.name}” is on the wrong side")
        if unasked := next((call.name for call in made if _unasked(call.name, request)), None):
            return Support(False, f"“{unasked}” changes something that nobody asked to change")
        if idle := _unchanged(request, offered, made):
            return Support(False, f"“{idle}” was not called, and nothing was changed")
        best = _named_in(request, offered) or self._fitting(request, offered)
        if best and best not in {call.name for call in made}:
            return Support(False, f"“{best}” fits the request, “{made[0].name}” was called")
        return Support(True, f"“{made[0].name}” with {made[0].arguments} fits the request")

    def efficient(self, calls: str, request: str = "", tools: str = "") -> Support:
        """Whether no call repeats another, and none is for something else; a repetition after a failure is none."""
        seen: list[Call] = []
        made = calls_of(calls)
        for call in made:
            if request and (foreign := self._beside(call, request, made, _tools(tools))):
                return Support(False, f"“{call.name}” with “{foreign}” has nothing to do with the request")
            for before in seen:
                if before.name == call.name and not before.failed and _alike(before.arguments, call.arguments):
                    return Support(False, f"“{call.name}” is called again with {call.arguments}")
            seen.append(call)
        return Support(True, "no call repeats another")

    def _beside(self, call: Call, request: str, made: list[Call], offered: list[Tool]) -> str | None:
        """What a call is about, if that is neither in the request nor came from another call, and its tool fits ill."""
        foreign = _foreign(call, request, made)
        told = {tool.name: tool for tool in offered}.get(call.name)
        if foreign is None or told is None:
            return None
        vectors = self._encode([request, f"{told.name.replace('_', ' ')}: {told.told}"])
        return foreign if float(vectors[0] @ vectors[1]) < _ILL else None

    def _fitting(self, request: str, offered: list[Tool]) -> str | None:
        """The tool whose description is clearly nearest to the request."""
        if len(offered) < 2:
            return None
        vectors = self._encode([request, *(f"{tool.name.replace('_', ' ')}: {tool.told}" for tool in offered)])
        scores = sorted(
            ((float(v @ vectors[0]), tool.name) for v, tool in zip(vectors[1:], offered, strict=True)), reverse=True
        )
        return scores[0][1] if scores[0][0] >= 0.3 and scores[0][0] - scores[1][0] > 0.15 else None


def calls_of(text: str) -> list[Call]:
    """The calls in the form in which MLflow writes them."""
    return [
        Call(
            found["name"],
            _value(found["arguments"]),
            (found["output"] or "").strip(),
            bool(found["exception"]) or bool(_TRANSIENT.match((found["output"] or "").strip())),
        )
        for found in _CALL.finditer(text)
    ]


def _as_expected(made: list[Call], expected: str) -> Support:
    left = list(made)
    for found in _EXPECTED.finditer(expected):
        wanted = _value(found["arguments"]) if found["arguments"] else None
        match = next(
            (c for c in left if c.name == found["name"] and (wanted is None or _same_arguments(c.arguments, wanted))),
            None,
        )
        if match is None:
            return Support(False, f"“{found['name']}”{f' with {wanted}' if wanted else ''} was expected and not called")
        left.remove(match)
    if left:
        return Support(False, f"“{left[0].name}” was called and not expected")
    return Support(True, "the calls are those that were expected")


def _same_arguments(made: Any, wanted: Any) -> bool:
    if not isinstance(made, dict) or not isinstance(wanted, dict):
        return wanted in ("empty", None) and not made if isinstance(wanted, str) else made == wanted
    return set(made) == set(wanted) and all(_alike(made[name], wanted[name]) for name in wanted)


def _alike(one: Any, other: Any) -> bool:
    """The same values, or texts of the same words."""
    if isinstance(one, dict) and isinstance(other, dict):
        return set(one) == set(other) and all(_alike(one[name], other[name]) for name in one)
    if isinstance(one, str) and isinstance(other, str):
        left, right = (sorted({wording.root(word) for word in wording.words(text)}) for text in (one, other))
        return left == right
    return str(one) == str(other)


def _foreign(call: Call, request: str, made: list[Call]) -> str | None:
    """An argument's value that neither the request nor an earlier output has."""
    known = " ".join([request, *(other.output for other in made if other is not call)])
    roots = {wording.root(word) for word in wording.words(known)}
    amounts = quantities(known)
    for value in call.arguments.values() if isinstance(call.arguments, dict) else ():
        if isinstance(value, int | float) and not isinstance(value, bool):
            if amounts and not any(abs(q.written - value) < 1e-9 or abs(q.value - value) < 1e-9 for q in amounts):
                return str(value)
        elif isinstance(value, str) and value[:1].isupper() and len(value.split()) <= 3:
            told = [wording.root(_CODES.get(word, word)) for word in wording.words(value)]
            if told and not any(any(wording.same(one, root) for root in roots) for one in told):
                return value
    return None


def _turned(call: Call, request: str) -> str | None:
    """An argument that belongs on the other side: `from dollars to francs` with the franc as the source."""
    sides = _FROM_TO.search(request)
    if not sides or not isinstance(call.arguments, dict):
        return None
    source, target = (_roots_of(sides[name]) for name in ("source", "target"))
    for name, value in call.arguments.items():
        told = _roots_of(str(value))
        if (_SOURCE.search(name) and told & target and not told & source) or (
            _TARGET.search(name) and told & source and not told & target
        ):
            return str(value)
    return None


def _roots_of(text: str) -> set[str]:
    return {wording.root(_CODES.get(word, word)) for word in wording.words(text)}


def _unasked(name: str, request: str) -> bool:
    """Whether a tool changes something and the request asks for no change."""
    verb = re.split(r"[_.-]", name.lower())[0]
    if verb not in _CHANGING:
        return False
    asked = {wording.root(word) for word in wording.words(request)}
    return not any(wording.same(wording.root(verb), root) for root in asked) and not asked & (_ORDERS | _CHANGED)


def _unchanged(request: str, offered: list[Tool], made: list[Call]) -> str | None:
    """The tool that would have made the change that the request begins with, where no call changes anything."""
    first = wording.root((wording.words(request) or [""])[0])
    changing = [tool.name for tool in offered if re.split(r"[_.-]", tool.name.lower())[0] in _CHANGING]
    wanted = first in _CHANGED and len(changing) == 1
    return changing[0] if wanted and not {call.name for call in made} & set(changing) else None


def _named_in(request: str, offered: list[Tool]) -> str | None:
    """The tool whose name says what the request begins with: `cancel_order` for `Cancel order 8812`."""
    asked = [wording.root(word) for word in wording.words(request)]
    for tool in offered:
        verb, *nouns = [wording.root(part) for part in re.split(r"[_.-]", tool.name.lower()) if part]
        said = verb in _CHANGED and any(wording.same(verb, root) for root in asked)
        if said and all(any(wording.same(noun, root) for root in asked) for noun in nouns):
            return tool.name
    return None


def _tools(text: str) -> list[Tool]:
    tools: list[Tool] = []
    for line in text.splitlines():
        if found := _TOOL.match(line):
            tools.append(Tool(found["name"], found["told"] or ""))
        elif tools and (parameter := _PARAMETER.match(line)) and parameter["kind"] == "required":
            tools[-1].required.append(parameter["name"])
    return tools


def _value(text: str | None) -> Any:
    if text is None:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text.strip())
        except (ValueError, SyntaxError):
            continue
    return text.strip()
