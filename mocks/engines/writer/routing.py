"""Which tool fits a question: by the words of its name, description and arguments, and by the kind of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.engines.chat.exchange import Tool
from mocks.engines.writer.words import STOP, identifiers, terms

DATA, TEXT, OTHER = "data", "text", "other"
_DATA = re.compile(
    r"\b(?:tables?|sql|database|warehouse|rows?|counts?|sums?|totals?|aggregat\w*|genie|rankings?|metrics?"
    r"|statistics|structured data"
    r"|data tables?|records?|spreadsheets?|analytics?|figures)\b",
    re.I,
)
_TEXT = re.compile(
    r"\b(?:documents?|passages?|texts?|clauses?|articles?|polic(?:y|ies)|manuals?|handbooks?|knowledge|wiki"
    r"|pages?|excerpts?|chunks?"
    r"|semantic|vector|retriev\w*|wording|definitions?|contents?|files?|guides?|faqs?|index)\b",
    re.I,
)
_POLLS = re.compile(
    r"\b(?:poll|asked before|in progress|status of an? (?:earlier|pending))\b|^(?:poll|cancel|get_status)_", re.I
)

_UNITS = (
    r"(?:business\s+|calendar\s+|working\s+)?(?:day|week|month|year|hour|minute|mile|km|kilomet\w+"
    r"|degree|percent|ppm|litre|liter)s?"
)
_ANALYTIC = re.compile(
    rf"\bhow many (?!{_UNITS}\b)|\b(?:count|number of|total|sum|average|mean|median|share of|percentage of"
    rf"|ratio of|top \d+|bottom \d+|rank\w*"
    r"|most|fewest|largest|smallest|highest|lowest|biggest|per (?:month|year|quarter|region|customer)"
    r"|monthly|yearly|quarterly|by (?:month|year|quarter)"
    r"|trend|distinct|unique|more than (?:one|two|three|\d+)|at least (?:one|two|three|\d+))\b"
    r"|^\W*(?:and\s+)?(?:list|show|get|give|display)\b|\bhow much (?:did|do|have|has|was|were)\b"
    r"|\bdid (?:we|they|our) (?:invoice|sell|spend|earn|ship|bill|order|buy|pay)\w*\b|\b(?:invoiced|sold"
    r"|spent|billed|shipped|ordered|earned|overdue|past due)\b"
    r"|^\W*which (?!has\b|is\b|was\b|does\b)(?:\w+ )?\w+s\b|\b(?:expire|end|start|begin|close|open"
    r"|due)\w*\s+(?:first|last|next|soonest)\b|\bby \w+(?: \w+)?\s*\??$",
    re.I,
)
_WORDING = re.compile(
    r"\bwhat (?:does|do|is|are) .{0,80}\b(?:say|mean|state|require|allow|prohibit|define|cover|provide)\b"
    r"|\b(?:clause|section|article|definition|defined|wording"
    r"|polic\w+|term|terms|notice|require\w*|allowed|permitted|prohibit\w*|must|(?-i:may)|shall|warrant\w*"
    r"|obligat\w*|liab\w*|deadline|how (?:long|fast|soon|quickly)"
    r"|why|governing law|according to|under|as amended|compare|explain|limit|applies|apply|mean|insurance"
    r"|procedure|rule|handbook|document|manual)\b"
    rf"|\bhow many {_UNITS}\b",
    re.I,
)
_SMALL_TALK = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon)|thanks?(?: you)?|thank you.*|ok(?:ay)?|bye"
    r"|goodbye|who are you|what can you do)\W*$",
    re.I,
)
_MINIMUM = 0.1


@dataclass(frozen=True)
class Choice:
    """A tool, what kind of source it is and how well it fits."""

    tool: Tool
    kind: str
    score: float


def kind_of(tool: Tool) -> str:
    """Whether the tool speaks of tables or of texts."""
    told = f"{tool.name.replace('_', ' ')} {tool.description}"
    data, text = len(_DATA.findall(told)), len(_TEXT.findall(told))
    if data == text == 0:
        return OTHER
    return DATA if data > text else TEXT


def kind_wanted(question: str) -> tuple[float, float]:
    """How much the question asks for figures, and how much for wording."""
    data = len(_ANALYTIC.findall(question))
    text = len(_WORDING.findall(question)) + 0.5 * bool(identifiers(question))
    return float(data), text


def is_small_talk(question: str) -> bool:
    """Whether there is nothing to look up."""
    return bool(_SMALL_TALK.match(question)) or not question.strip()


def ranked(question: str, tools: Sequence[Tool], system: str) -> list[Choice]:
    """The tools that could help, the best first."""
    callable_first = [
        tool for tool in tools if not _POLLS.search(f"{tool.name}") and not _POLLS.search(tool.description[:80])
    ]
    choices = [_choice(question, tool, tools, system) for tool in callable_first or tools]
    return sorted(choices, key=lambda choice: -choice.score)


def fits(choice: Choice) -> bool:
    """Whether the tool has anything to do with the question; sources of data and text always may."""
    return choice.score > _MINIMUM or choice.kind != OTHER


def _choice(question: str, tool: Tool, tools: Sequence[Tool], system: str) -> Choice:
    kind = kind_of(tool)
    data, text = kind_wanted(question)
    bonus = {DATA: data - text, TEXT: text - data, OTHER: 0.0}[kind]
    return Choice(tool, kind, _overlap(question, tool, tools, system) + 0.6 * max(-2.0, min(2.0, bonus)))


def _overlap(question: str, tool: Tool, tools: Sequence[Tool], system: str) -> float:
    """The share of the question's words that speak of this tool, words that speak of all tools counting less."""
    asked = set(terms(question)) | {i.lower() for i in identifiers(question)}
    told = {other.name: _vocabulary(other, tools, system) for other in tools}
    mine = asked & told[tool.name]
    shared = (sum(1 for words in told.values() if term in words) for term in mine)
    return 2 * sum(1 / times for times in shared) / (len(asked) or 1)


def _vocabulary(tool: Tool, tools: Sequence[Tool], system: str) -> set[str]:
    arguments = " ".join(f"{name} {told.get('description', '')}" for name, told in tool.properties.items())
    return set(terms(f"{tool.name.replace('_', ' ')} {tool.description} {arguments} {_advice(tool, tools, system)}"))


def _advice(tool: Tool, tools: Sequence[Tool], system: str) -> str:
    """The lines of the instructions that name this tool and no other."""
    return " ".join(line for line in re.split(r"\n|(?<=[.!])\s", system) if _named(line, tool, tools))


def _named(line: str, tool: Tool, tools: Sequence[Tool]) -> bool:
    if tool.name in line:
        return True
    parts = _parts(tool) - {part for other in tools if other.name != tool.name for part in _parts(other)}
    words = set(re.findall(r"[a-z]+", line.lower()))
    if not parts & words:
        return False
    return not any(
        _parts(other) - _parts(tool) & words for other in tools if other.name != tool.name and _parts(other) & words
    )


def _parts(tool: Tool) -> set[str]:
    return {part for part in re.split(r"[_\W]+", tool.name.lower()) if len(part) > 2 and part not in STOP}
