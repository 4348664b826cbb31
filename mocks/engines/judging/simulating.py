"""A simulated user, as MLflow's ConversationSimulator asks for one: a first question, the next one, whether the goal is reached."""

import json
import re

from mocks.engines.judging.entailment import Encode
from mocks.engines.judging.requests import Requests
from mocks.engines.judging.statements import clauses
from mocks.engines.judging.talk import turns_of

MARKER = re.compile(
    r"role-play(?:ing)? as a real user interacting with an AI assistant|Has the user's goal been FULLY and COMPLETELY achieved\?"
)
_CHECK = re.compile(
    r"A user has the following goal: (?P<goal>.*?)\n\nConversation so far:\n(?P<talk>.*?)\n\nThe assistant just responded with: (?P<last>.*?)\n\nHas the user's goal",
    re.S,
)
_GOAL = re.compile(r"<goal>\s*Your underlying goal in this conversation is:\s*(?P<goal>.*?)\s*</goal>", re.S)
_TALK = re.compile(r"<conversation>\s*Conversation so far:\s*(?P<talk>.*?)\s*</conversation>", re.S)
_LAST = re.compile(r"<last_response>\s*The assistant just said:\s*(?P<last>.*?)\s*</last_response>", re.S)
_PARTS = re.compile(r"[.;]\s+|,?\s+and\s+(?:then\s+|also\s+)?|,\s+(?:then\s+)?")
_ASKED: tuple[tuple[str, str], ...] = (
    (r"^(?:to )?(?:learn|understand|find out|know|see|figure out|discover)\s+(?P<ask>how to) (?P<what>.+)", "How do I {what}?"),
    (r"^(?:to )?(?:learn|understand|find out|know|see|figure out|discover)\s+(?P<ask>what|when|where|why|who|which|how|whether|if) (?P<what>.+)", "Can you tell me {ask} {what}?"),
    (r"^(?:to )?(?:learn|understand|find out|know)\s+(?:more )?(?P<ask>about) (?P<what>.+)", "What can you tell me about {what}?"),
    (r"^(?:to )?(?:learn|understand|find out|know|check|see|get)\s+(?P<ask>the|my|our|an?) (?P<what>.+)", "What is {ask} {what}?"),
    (r"^(?P<ask>the|my|our|an?) (?P<what>.+)", "What is {ask} {what}?"),
    (r"^(?P<ask>how to) (?P<what>.+)", "How do I {what}?"),
    (r"^(?P<ask>what|when|where|why|who|which|how) (?P<what>.+)", "Can you tell me {ask} {what}?"),
    (r"^(?:to )?get help (?P<ask>with|in|on|debugging|fixing) (?P<what>.+)", "I have trouble with {what}. Where do I start?"),
    (r"^(?:to )?(?P<ask>\w+) (?P<what>.+)", "Can you help me {ask} {what}?"),
)  # fmt: skip


class SimulatedUser:
    """Asks for one part of its goal after the other, and is content once each was dealt with."""

    def __init__(self, encode: Encode) -> None:
        self._requests = Requests(encode)

    def answered(self, prompt: str) -> str:
        """The user's next words, or, as JSON, whether the goal is reached."""
        if check := _CHECK.search(prompt):
            return self._checked(check["goal"], f"{check['talk']}\nassistant: {check['last']}")
        goal, talk, last = (_told(pattern, prompt) for pattern in (_GOAL, _TALK, _LAST))
        parts = _parts(goal)
        if not talk and not last:
            return _question(parts[0])
        left = self._left(parts, f"{talk}\nassistant: {last}")
        if left:
            return _question(left[0])
        return "Thanks, that helps. Is there anything else that I should know?"

    def _checked(self, goal: str, talk: str) -> str:
        left = self._left(_parts(goal), talk)
        why = (
            f"the assistant did not deal with “{left[0]}”"
            if left
            else "the assistant dealt with every part of the goal"
        )
        rationale = f"Let's think step by step. By the rule judge: {why}"
        return json.dumps({"rationale": rationale, "result": "no" if left else "yes"}, ensure_ascii=False)

    def _left(self, parts: list[str], talk: str) -> list[str]:
        said = "\n".join(turn.text for turn in turns_of(talk) if turn.role == "assistant") or talk
        return [part for part in parts if not self._requests.addressed(_question(part), said).good]


def _told(pattern: re.Pattern[str], prompt: str) -> str:
    found = pattern.search(prompt)
    return found[1].strip() if found else ""


def _parts(goal: str) -> list[str]:
    """The things that a goal is made of; each takes over the verb of the first."""
    found = [part.strip(" .") for clause in clauses(goal) for part in _PARTS.split(clause) if len(part.split()) > 1]
    return found or [goal.strip(" .")]


def _question(part: str) -> str:
    part = part[:1].lower() + part[1:]
    for pattern, form in _ASKED:
        if found := re.match(pattern, part, re.I | re.S):
            return form.format(ask=found["ask"], what=found["what"].strip(" ."))
    return f"Can you tell me more about {part}?"
