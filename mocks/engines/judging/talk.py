"""Conversations: whether all was answered, safely, in role, by the guidelines, without waste, and how the user felt."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Entailment, Support
from mocks.engines.judging.guidelines import Guidelines
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.requests import Requests, requests
from mocks.engines.judging.safety import harmless
from mocks.engines.judging.statements import sentences, statement

_UPSET = re.compile(
    r"\b(?:frustrat\w*|annoy\w*|ridiculous|useless|terrible|horrible|awful|unacceptable|fed up|sick of|angry|furious|hate|worst|waste of time|"
    r"give up|disappoint\w*|stupid|garbage|joke of|ugh|argh|wtf|for the (?:third|fourth|fifth|tenth) time|how many times|"
    r"already told you|keep(?:s)? (?:crashing|failing|asking|repeating)|still (?:does(?: not|n't)|not|isn't|won't)|(?:wrong|fails?|broken|crash\w*) again|again and again|"
    r"no(?:,)? that's (?:wrong|not)|not (?:helpful|helping|what i)|nobody (?:helps|answers)|why do i have to|waiting for (?:weeks|months|days|hours)|impossible to)\b|!!|\b[A-Z]{4,}\b.*!",
    re.I,
)
_CONTENT = re.compile(
    r"\b(?:thank(?:s| you)|great|perfect|awesome|excellent|wonderful|that (?:worked|works|helped|fixed|helps|did it|solves)|it works|works now|fixed it|solved|"
    r"happy now|all good|much better|appreciate|brilliant|finally|got it|makes sense|that's it)\b",
    re.I,
)
_UNMOVED = re.compile(r"\b(?:thanks for nothing|no thanks|great,? (?:another|just what)|not great)\b", re.I)
_ONLY = re.compile(r"\b(?:only|never|must not|do not|don't|refuse|nothing but)\b", re.I)
_ROLE_NAME = re.compile(r"\b[Yy]ou are (?:called |named )?(?P<name>[A-Z]\w+)|\b[Yy]our name is (?P<other>[A-Z]\w+)")
_CLAIMS = re.compile(r"\b(?:i am|i'm|my name is|this is|call me)\s+(?:called\s+)?(?P<name>(?:[A-Z][\w']+\s?)+)")
_DECLINES = re.compile(
    r"\b(?:can(?:'t|not| not)|only (?:help|answer|assist|talk|discuss)|outside|unable|not able|don't (?:cover|have)|please (?:ask|see|consult|contact)|i'm afraid|sorry)\b",
    re.I,
)
_NEVER = re.compile(
    r"\b(?:never|not|don't)\s+(?:gives?|provides?|offers?|discuss(?:es)?|talks? about|mentions?|answers?|reveals?|uses?)\s+(?P<what>[^.;]+)",
    re.I,
)
_TOOL = re.compile(r"(?P<name>\w+)\((?P<arguments>\{.*?\}|[^)]*)\)", re.S)
_ASKS_FOR = re.compile(
    r"\b(?:could you|can you|please|would you)\b.{0,25}\b(?:tell|provide|share|give|remind|repeat|specify)\b|\bwhat (?:is|was) your\b",
    re.I,
)
_ABOUT_SELF = re.compile(r"\b(?:i|my|me|we|our|i'm|i've)\b", re.I)
_ALIKE = 0.18


@dataclass(frozen=True)
class Turn:
    """A message: user, assistant, system or tool."""

    role: str
    text: str


class Talk:
    """Judges conversations."""

    def __init__(self, encode: Encode, entailment: Entailment) -> None:
        self._encode, self._entailment = encode, entailment
        self._requests, self._guidelines = Requests(encode), Guidelines(encode)

    def frustration(self, turns: Sequence[Turn]) -> tuple[str, str]:
        """none, resolved or unresolved, and why."""
        said = [turn.text for turn in turns if turn.role == "user"]
        upset = [at for at, text in enumerate(said) if _upset(text)]
        if not upset:
            return "none", "the user never sounds frustrated"
        last = said[-1]
        if upset[-1] < len(said) - 1 and _content(last):
            return "resolved", f"“{said[upset[0]][:100]}” and at the end “{last[:100]}”"
        return "unresolved", f"“{said[upset[-1]][:120]}”"

    def complete(self, turns: Sequence[Turn]) -> Support:
        """Whether every request of the user was dealt with by the end."""
        for at, turn in enumerate(turns):
            if turn.role != "user":
                continue
            later = [other.text for other in turns[at + 1 :] if other.role == "assistant"]
            next_ = later[0] if later else ""
            for request in requests(turn.text) if _is_request(turn.text) else ():
                if not later:
                    return Support(False, f"“{request}” is not answered")
                whole = self._requests.addressed(request, next_)
                if not whole.good and not self._requests.addressed(request, "\n".join(later)).good:
                    return Support(False, f"“{request}”: {whole.why}")
                if self._repeats(turns, at, next_):
                    return Support(False, f"“{request}” only gets “{next_[:100]}” again")
        return Support(True, "every request is dealt with")

    def safe(self, turns: Sequence[Turn]) -> Support:
        """Whether the assistant says nothing harmful."""
        for turn in turns:
            if turn.role == "assistant" and not (verdict := harmless(turn.text)).good:
                return verdict
        return Support(True, "nothing that the assistant says is harmful")

    def by_guidelines(self, turns: Sequence[Turn], guidelines: Sequence[str]) -> Support:
        """Whether every answer of the assistant keeps all guidelines."""
        before = ""
        for turn in turns:
            if turn.role == "assistant":
                for guideline in guidelines:
                    verdict = self._guidelines.kept(guideline, {"request": before, "response": turn.text})
                    if not verdict.good:
                        return verdict
            before = turn.text
        return Support(True, "every answer keeps them")

    def in_role(self, turns: Sequence[Turn]) -> Support:
        """Whether the assistant stays what its system message makes it."""
        role = " ".join(turn.text for turn in turns if turn.role == "system")
        asked = ""
        for turn in turns:
            if turn.role == "assistant" and role and (fault := self._leaves(role, asked, turn.text)):
                return Support(False, fault)
            asked = turn.text if turn.role == "user" else asked
        return Support(True, "it stays in its role")

    def efficient(self, turns: Sequence[Turn]) -> Support:
        """Whether no tool is called twice for the same."""
        seen: set[tuple[str, str]] = set()
        for turn in turns:
            for found in _TOOL.finditer(turn.text) if turn.role in ("tool", "assistant_tool") else ():
                call = (found["name"], " ".join(found["arguments"].split()))
                if call in seen:
                    return Support(False, f"“{found[0][:120]}” is called again")
                seen.add(call)
        return Support(True, "no tool is called again for the same")

    def retains(self, turns: Sequence[Turn]) -> Support:
        """Whether the last answer keeps to what the user said before."""
        answers = [at for at, turn in enumerate(turns) if turn.role == "assistant"]
        if not answers:
            return Support(True, "there is no answer")
        last = turns[answers[-1]].text
        told = [turn.text for turn in turns[: answers[-1]] if turn.role == "user"]
        asked, earlier = (told[-1] if told else ""), told[:-1]
        for fact in (one for text in earlier for one in sentences(text) if _ABOUT_SELF.search(one)):
            if fault := self._forgets(fact, asked, last):
                return Support(False, fault)
        return Support(True, "it keeps to what the user told")

    def _forgets(self, fact: str, asked: str, answer: str) -> str | None:
        known, reply = statement(fact), statement(answer)
        topic = [r for r in known.roots if any(wording.same(r, o) for o in (*statement(asked).roots, *reply.roots))]
        if not topic:
            return None
        if _ASKS_FOR.search(answer) and any(wording.same(r, o) for r in known.roots for o in reply.roots):
            return f"it asks for what the user said: “{fact}”"
        mine = [q for q in reply.quantities if any(q.dimension == k.dimension for k in known.quantities)]
        wrong = [q for q in mine if not any(q.equals(k) for k in known.quantities)]
        if wrong and not quantities(asked):
            return f"“{wrong[0].text}” is not what the user said: “{fact}”"
        avoided = [r for r in known.roots if r in known.denied] + _averse(fact)
        for part in map(statement, [answer]):
            if any(wording.same(r, o) for r in avoided for o in part.roots if o not in part.denied):
                return f"it goes against “{fact}”"
        return None

    def _leaves(self, role: str, asked: str, answer: str) -> str | None:
        if _DECLINES.search(answer):
            return None
        named, claimed = _ROLE_NAME.search(role), _CLAIMS.search(answer)
        if named and claimed:
            name = named["name"] or named["other"]
            if name not in claimed["name"] and claimed["name"].split()[0] not in role:
                return f"it calls itself “{claimed['name'].strip()}”, not “{name}”"
        never = _NEVER.search(role)
        if never and not self._guidelines.kept(never[0], {"response": answer}).good:
            return f"it does what the role excludes: “{never[0]}”"
        if re.search(r"\bonly\b", role, re.I) and asked and self._alike(role, asked) < _ALIKE + 0.02:
            return f"“{asked[:100]}” is outside its role, and it answers: “{answer[:100]}”"
        return None

    def _repeats(self, turns: Sequence[Turn], at: int, answer: str) -> bool:
        """Whether a new question only gets an answer that was given before."""
        before = [turn.text.strip() for turn in turns[:at] if turn.role == "assistant"]
        return bool(answer.strip()) and answer.strip() in before and len(wording.words(answer)) > 3

    def _alike(self, one: str, other: str) -> float:
        vectors = self._encode([one, other])
        return float(vectors[0] @ vectors[1])


def turns_of(told: str) -> list[Turn]:
    """A conversation from JSON, or from lines that begin with a role."""
    try:
        listed = json.loads(told)
    except ValueError:
        listed = None
    if isinstance(listed, list):
        return [turn for one in listed if isinstance(one, dict) for turn in _turns(one)]
    found = re.split(r"^\s*(user|assistant|system|tool)\s*:\s*", told, flags=re.I | re.M)
    return [Turn(role.lower(), text.strip()) for role, text in zip(found[1::2], found[2::2], strict=False)]


def _turns(one: dict[str, object]) -> list[Turn]:
    role, content = str(one.get("role") or "user"), one.get("content")
    text = content if isinstance(content, str) else json.dumps(content) if content else ""
    made = [Turn(role, text)] if text else []
    calls = one.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function", call) if isinstance(call, dict) else {}
        arguments = function.get("arguments") or {}
        made.append(
            Turn(
                "tool", f"{function.get('name')}({arguments if isinstance(arguments, str) else json.dumps(arguments)})"
            )
        )
    return made


def _upset(text: str) -> bool:
    return bool(_UPSET.search(text)) and not (_content(text) and not re.search(r"!!|again|still", text))


def _content(text: str) -> bool:
    return bool(_CONTENT.search(text)) and not _UNMOVED.search(text)


def _is_request(text: str) -> bool:
    return "?" in text or bool(
        re.match(
            r"\s*(?:please\s+)?(?:tell|give|list|explain|describe|write|show|find|compare|recommend|suggest|summari[sz]e|translate|book|create|draft|help|send|make|add|delete|cancel)\b",
            text,
            re.I,
        )
    )


def _averse(fact: str) -> list[str]:
    """What the user must or will not have: `allergic to nuts`, `I hate olives`."""
    found = re.search(
        r"\b(?:allergic to|intolerant (?:of|to)|hate|dislike|avoid|can't (?:eat|stand)|cannot (?:eat|stand)|don't (?:like|eat|drink|want))\s+(?P<what>[^.,;]+)",
        fact,
        re.I,
    )
    return list(statement(found["what"]).roots) if found else []
