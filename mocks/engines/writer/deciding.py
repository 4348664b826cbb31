"""What to do next: call a tool, call another one with what the first found, or answer."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mocks.engines.chat.exchange import Tool
from mocks.engines.writer.arguments import fill
from mocks.engines.writer.bridging import bridge, holder, missing_role, new_identifiers, pointed, role_asked
from mocks.engines.writer.compose import Draft, compose
from mocks.engines.writer.conversation import Call, Conversation
from mocks.engines.writer.direct import small_talk
from mocks.engines.writer.grid import subject
from mocks.engines.writer.hops import steps, with_found
from mocks.engines.writer.results import Found, read
from mocks.engines.writer.routing import DATA, OTHER, Choice, fits, is_small_talk, kind_of, ranked
from mocks.engines.writer.words import identifiers, names

_ROUNDS = 5
Planned = tuple[Tool, dict[str, Any]]


@dataclass(frozen=True)
class Decision:
    """Calls to make, or else the text to answer with."""

    text: str = ""
    calls: tuple[Planned, ...] = ()


@dataclass(frozen=True)
class _Task:
    """The conversation with the tools on offer and what the calls so far brought."""

    said: Conversation
    tools: Sequence[Tool]
    found: Sequence[Found]

    @property
    def question(self) -> str:
        return self.said.full_question

    def untried(self, tool: Tool, given: dict[str, Any]) -> bool:
        """Whether this very call was not made before; the same call would only bring the same."""
        made = {(call.name, json.dumps(call.arguments, sort_keys=True)) for call in self.said.calls}
        return (tool.name, json.dumps(given, sort_keys=True)) not in made


def decide(said: Conversation, tools: Sequence[Tool], *, must: bool) -> Decision:
    """The next move; `must` wants a call whatever the question."""
    task = _Task(said, tools, [read(call) for call in said.calls])
    if not said.calls:
        return _first(task, must)
    draft, plan = _drafted(task)
    if (draft.settled and not plan) or len(said.calls) >= _ROUNDS or not tools:
        return Decision(draft.text)
    more = plan or _elsewhere(task)
    return Decision(calls=(more,)) if more else Decision(draft.text)


def _first(task: _Task, must: bool) -> Decision:
    question = steps(task.question)[0] if _two_kinds(task) else task.question
    choices = ranked(question, task.tools, task.said.system)
    if not choices or (not must and (is_small_talk(task.said.question) or not fits(choices[0]))):
        return Decision(small_talk(task.said.raw))
    return Decision(calls=(_planned(task, choices[0], question),))


def _two_kinds(task: _Task) -> bool:
    """Whether the two steps of the question want different tools; a tool for both takes it whole."""
    parts = steps(task.question)
    if len(parts) == 1:
        return False
    best = [ranked(part, task.tools, task.said.system) for part in parts]
    return bool(task.tools) and best[0][0].tool.name != best[1][0].tool.name


def _planned(task: _Task, choice: Choice, question: str) -> Planned:
    """The call with its arguments; a tool that keeps conversations is asked a follow-up in the user's own words."""
    tool, said = choice.tool, task.said
    kept = _kept_conversation(tool, said.earlier_calls) if "conversation_id" in tool.properties else ""
    query = said.question if kept and question == said.full_question else question
    given = fill(tool, query, query)
    return tool, given | ({"conversation_id": kept} if kept else {})


def _kept_conversation(tool: Tool, calls: Sequence[Call]) -> str:
    """The conversation that this tool began earlier in the chat, if it told its id."""
    told = [call.result for call in calls if call.name == tool.name]
    found = re.findall(r'"conversation_?[iI]d"\s*:\s*"([^"]+)"', told[-1]) if told else []
    return found[0] if found else ""


def _drafted(task: _Task) -> tuple[Draft, Planned | None]:
    """The answer so far, and the next call of a question that has two steps."""
    parts = steps(task.question)
    if len(parts) == 1:
        return _plain(task), None
    inner = _asked(task, parts[0])
    if inner is None:
        whole = _plain(task)
        return whole, None if whole.settled else _inside(task, parts[0])
    first = compose(parts[0], [inner], bool(inner.grids))
    if between := _between(parts[0], first, inner):
        bridged = _asked(task, between)
        if bridged is None:
            return first, _again(task, inner.tool, between)
        return _in_two(task, parts, first, bridged, role_asked(between))
    return _in_two(task, parts, first, inner, "")


def _between(question: str, first: Draft, inner: Found) -> str:
    """The question for who holds a role in what was found, if the answer does not say."""
    if inner.grids or not first.settled:
        return ""
    sentence = first.text.rsplit(" [", 1)[0]
    role = missing_role(question, sentence)
    return bridge(role, new_identifiers(question, sentence)[0]) if role else ""


def _in_two(task: _Task, parts: Sequence[str], first: Draft, found: Found, role: str) -> tuple[Draft, Planned | None]:
    """The second question, put and answered once the first has found what it is about."""
    answers = [first]
    if role:
        sentence = first.text.rsplit(" [", 1)[0]
        thing = new_identifiers(parts[0], sentence)[0]
        answers.append(compose(bridge(role, thing), [found], False))
        what = holder(role, answers[-1].text)
    else:
        sentence, thing, what = first.text, "", _subject(parts[0], found)
    if not what:
        return _plain(task), None
    second = pointed(with_found(parts[1], what), parts[0], sentence, thing)
    outer = _asked(task, second)
    if outer is None:
        return Draft(first.text, settled=False), _best(task, second)
    answers.append(compose(second, [outer], _is_data(task, outer.tool)))
    return Draft("\n\n".join(a.text for a in answers if a.text), settled=True, asks=answers[-1].asks), None


def _again(task: _Task, name: str, question: str) -> Planned | None:
    """Another question to the same source."""
    tool = next((tool for tool in task.tools if tool.name == name), None)
    return _planned(task, Choice(tool, kind_of(tool), 0.0), question) if tool else None


def _asked(task: _Task, question: str) -> Found | None:
    """What the call brought that put this question."""
    made = zip(task.said.calls, task.found, strict=True)
    return next((found for call, found in made if question in call.arguments.values()), None)


def _inside(task: _Task, question: str) -> Planned | None:
    """The first of two questions, to the source that was not asked the whole."""
    choices = ranked(question, task.tools, task.said.system)
    used = {call.name for call in task.said.calls}
    return next((_planned(task, c, question) for c in choices if c.tool.name not in used and c.kind != OTHER), None)


def _best(task: _Task, question: str) -> Planned | None:
    choices = ranked(question, task.tools, task.said.system)
    return _planned(task, choices[0], question) if choices and fits(choices[0]) else None


def _subject(question: str, found: Found) -> str:
    """What the first step found: of a table its first row, of passages the identifier or name that the answer gives."""
    if found.grids:
        return subject(found.grids[0])
    answer = compose(question, [found], False)
    if not answer.settled:
        return ""
    sentence = answer.text.rsplit(" [", 1)[0]
    new = [n for n in [*names(sentence), *identifiers(sentence)] if not _is_in(n, question)]
    return new[0] if new else ""


def _is_in(name: str, question: str) -> bool:
    """Whether the question itself said this name, or a part of it."""
    words = [word for word in name.lower().split() if len(word) > 2]
    return name.lower() in question.lower() or all(word in question.lower() for word in words[:2])


def _plain(task: _Task) -> Draft:
    return compose(task.question, task.found, bool(task.found) and _is_data(task, task.said.calls[0].name))


def _is_data(task: _Task, name: str) -> bool:
    """Whether the tool was chosen as one for tables; without its description its results tell."""
    tool = next((tool for tool in task.tools if tool.name == name), None)
    if tool:
        return kind_of(tool) in (DATA, OTHER)
    return any(one.grids for one in task.found if one.tool == name)


def _elsewhere(task: _Task) -> Planned | None:
    """Another source that was not asked yet, or the same one for a thing that its answer left out."""
    for choice in ranked(task.question, task.tools, task.said.system):
        if choice.kind == OTHER or any(call.name == choice.tool.name for call in task.said.calls):
            continue
        return _planned(task, choice, task.question)
    return _narrowed(task)


def _narrowed(task: _Task) -> Planned | None:
    """A search for one identifier that no passage carries, where the question named several."""
    named = identifiers(task.question)
    carried = {i.lower() for f in task.found for p in f.passages for i in identifiers(f"{p.about} {p.source} {p.text}")}
    for one in named if len(named) > 1 else ():
        if one.lower() in carried:
            continue
        question = " ".join(part for part in task.question.split() if not set(identifiers(part)) & (set(named) - {one}))
        for choice in ranked(question, task.tools, task.said.system)[:1]:
            planned = _planned(task, choice, question)
            if task.untried(*planned):
                return planned
    return None
