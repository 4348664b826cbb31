"""Conversations: whether all was answered, safely, in role, by the guidelines, without waste, and how the user felt."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Entailment, Support
from mocks.engines.judging.fields import text_of
from mocks.engines.judging.guidelines import Guidelines
from mocks.engines.judging.requests import Requests, requests
from mocks.engines.judging.retention import forgotten
from mocks.engines.judging.safety import harmless
from mocks.engines.judging.statements import sentences, statement

_UPSET = re.compile(
    r"\b(?:frustrat\w*|annoy\w*|ridiculous|useless|terrible|horrible|awful|unacceptable|fed up|sick of|angry|furious|hate|worst|waste of time|"
    r"give up|disappoint\w*|stupid|garbage|joke of|ugh|argh|wtf|for the (?:third|fourth|fifth|tenth) time|how many times|"
    r"already told you|keep(?:s)? (?:crashing|failing|asking|repeating)|still (?:does(?: not|n't)|not|isn't|won't)|(?:wrong|fails?|broken|crash\w*) again|again and again|"
    r"nothing (?:works|helps)|forget (?:it|this)|(?:switching|going|moving) to (?:another|a competitor|your competitor)|tried (?:it |this )?(?:everything|\w+ times)|hopeless|"
    r"(?:speak|talk) to (?:a |an )?(?:human|manager|person|supervisor|real)|(?:second|third|fourth|fifth|tenth) time|not what i (?:asked|wanted|ordered|meant|said)|what a (?:joke|mess|waste)|still (?:broken|waiting|nothing|wrong)|"
    r"unbelievable|seriously\?|for god's sake|losing (?:my )?patience|(?:can't|cannot) believe|going in circles|why is (?:this|it) so (?:hard|difficult|slow|complicated)|makes no sense|you (?:people|guys) (?:never|always)|"
    r"cancel(?:ling|ing)? (?:my|everything)|never (?:again|works)|are you (?:even )?(?:listening|kidding|serious)|had enough|"
    r"no(?:,)? that's (?:wrong|not)|not (?:helpful|helping|what i)|nobody (?:helps|answers)|why do i have to|waiting for (?:weeks|months|days|hours)|impossible to)\b|!!|\b[A-Z]{4,}\b.*!",
    re.I,
)
_CONTENT = re.compile(
    r"\b(?:thank(?:s| you)|great|perfect|awesome|excellent|wonderful|that (?:worked|works|helped|fixed|helps|did it|solves)|it works|works now|fixed it|solved|"
    r"happy now|all good|much better|appreciate|brilliant|finally|got it|(?<!no )makes sense|that's it|found it|cheers|sorted|working now|is fixed|lifesaver|relief|exactly what i (?:needed|wanted))\b",
    re.I,
)
_UNMOVED = re.compile(r"\b(?:thanks for nothing|no thanks|great,? (?:another|just what)|not great)\b", re.I)
_ONLY = re.compile(r"\b(?:only|never|must not|do not|don't|refuse|nothing but)\b", re.I)
_ROLE_NAME = re.compile(r"\b[Yy]ou are (?:called |named )?(?P<name>[A-Z]\w+)|\b[Yy]our name is (?P<other>[A-Z]\w+)")
_CLAIMS = re.compile(r"\b(?i:i am|i'm|my name is|this is|call me)\s+(?:called\s+)?(?P<name>(?:[A-Z][\w']+\s?)+)")
_DECLINES = re.compile(
    r"\b(?:can(?:'t|not| not)|only (?:help|answer|assist|talk|discuss)|outside|unable|not able|don't (?:cover|have)|please (?:ask|see|consult|contact)|i'm afraid|sorry)\b",
    re.I,
)
_AS_A = re.compile(
    r"\b(?:as an?|i am an?|i'm an?|speaking as an?)\s+(?P<what>(?!result|rule|matter|reminder|consequence|precaution|courtesy|last resort|first step)[a-z]+(?: [a-z]+)?)(?=[ ,.])",
    re.I,
)
_RULE = re.compile(r"\b(?:never|always|do not|don't|must|should|only)\b", re.I)
_FORBIDS = re.compile(r"\b(?:never|do not|don't|must not)\b", re.I)
_STYLES = {
    "pirate": re.compile(
        r"\b(?:arr+|matey|ye|aye|ahoy|avast|hearties|landlubber|me (?:ship|treasure|crew)|shiver|booty)\b", re.I
    ),
    "shakespear": re.compile(r"\b(?:thou|thee|thy|thine|hath|doth|art|prithee|forsooth|'tis|verily)\b", re.I),
    "yoda": re.compile(r"\b(?:you must|it is|i am|we are)\s*[.!]|\bhmm\b|\byoung\b", re.I),
    "cowboy": re.compile(r"\b(?:howdy|y'all|partner|reckon|yeehaw|folks)\b", re.I),
    "robot": re.compile(r"\b(?:beep|boop|affirmative|negative|processing|human|unit)\b", re.I),
}
_TOOL = re.compile(r"(?P<name>\w+)\((?P<arguments>\{.*?\}|[^)]*)\)", re.S)
_ABOUT_SELF = re.compile(r"\b(?:i|my|me|we|our|i'm|i've)\b", re.I)
_FIRST = re.compile(
    r"\b(?:first|opening|initial) (?:message|answer|response|reply|turn)|\b(?:start|beginning) of the (?:conversation|chat)|\b(?:start|begin|open)s? the conversation|\bgreet",
    re.I,
)
_LAST = re.compile(
    r"\b(?:last|final|closing) (?:message|answer|response|reply|turn)|\bend of the (?:conversation|chat)|\b(?:end|close)s? the conversation",
    re.I,
)
_ALIKE, _FAR = 0.18, 0.12


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
        said = [turn for turn in turns if turn.role == "assistant"]
        for turn in turns:
            if turn.role == "assistant":
                for guideline in (one for one in guidelines if _concerns(one, turn, said)):
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
        for fact in (one for text in earlier for one in sentences(text) if _ABOUT_SELF.search(one) and "?" not in one):
            if fault := forgotten(fact, asked, last):
                return Support(False, fault)
        return Support(True, "it keeps to what the user told")

    def _leaves(self, role: str, asked: str, answer: str) -> str | None:
        if _repeated(role, answer):
            return f"it gives away its instructions: “{answer[:120]}”"
        if _DECLINES.search(answer):
            return None
        if posing := _posing(role, answer):
            return f"it calls itself “{posing}”"
        if (style := _STYLES.get(_style(role))) and not style.search(answer):
            return f"“{answer[:100]}” is not in the style of its role"
        shown = {"request": asked, "response": answer}
        for rule in (one for one in sentences(role) if _RULE.search(one)):
            if not (verdict := self._guidelines.kept(rule, shown)).good and (_FORBIDS.search(rule) or verdict.sure):
                return f"it does not keep “{rule}”: {verdict.why}"
        if not asked:
            return None
        if re.search(r"\bonly\b", role, re.I) and self._alike(role, asked) < _ALIKE + 0.02:
            return f"“{asked[:100]}” is outside its role, and it answers: “{answer[:100]}”"
        if self._alike(role, asked) >= _ALIKE and max(self._alike(role, answer), self._alike(asked, answer)) < _FAR:
            return f"“{answer[:100]}” has to do neither with its role nor with what is asked"
        return None

    def _repeats(self, turns: Sequence[Turn], at: int, answer: str) -> bool:
        """Whether a new question only gets an answer that was given before."""
        before = [turn.text.strip() for turn in turns[:at] if turn.role == "assistant"]
        return bool(answer.strip()) and answer.strip() in before and len(wording.words(answer)) > 3

    def _alike(self, one: str, other: str) -> float:
        vectors = self._encode([one, other])
        return float(vectors[0] @ vectors[1])


def _concerns(guideline: str, turn: Turn, said: Sequence[Turn]) -> bool:
    """Whether a guideline speaks of this answer: some are about the first or the last one only."""
    if _FIRST.search(guideline):
        return turn is said[0]
    return turn is said[-1] if _LAST.search(guideline) else True


def _repeated(role: str, answer: str) -> bool:
    """Whether the answer repeats what the system message says."""
    return any(len(rule) > 20 and rule.lower().rstrip(".") in answer.lower() for rule in sentences(role))


def _posing(role: str, answer: str) -> str | None:
    """Another name or profession than that of the role."""
    named = _ROLE_NAME.search(role)
    name = (named["name"] or named["other"]) if named else ""
    claimed = _CLAIMS.search(answer)
    if name and claimed and name not in claimed["name"] and claimed["name"].split()[0] not in role:
        return claimed["name"].strip()
    known = statement(role).roots
    for found in _AS_A.finditer(answer):
        told = [root for root in statement(found["what"]).roots if not wording.same(root, wording.root("assistant"))]
        if told and not any(wording.same(root, other) for root in told for other in known):
            return found["what"].strip()
    return None


def _style(role: str) -> str:
    return next((style for style in _STYLES if re.search(rf"\b{style}", role, re.I)), "")


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
    text = text_of(content if isinstance(content, str) else json.dumps(content)) if content else ""
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
            r"\s*i(?:'d| would| am|'m)? (?:need|want|like|require|looking for)\b|\s*(?:please\s+)?(?:tell|give|list|explain|describe|write|show|find|compare|recommend|suggest|summari[sz]e|translate|book|create|draft|help|send|make|add|delete|cancel)\b",
            text,
            re.I,
        )
    )
