"""What is declined: setting instructions aside, telling them, and changing data with tools that only read."""

import re
from collections.abc import Sequence

from mocks.engines.chat.exchange import Tool
from mocks.engines.writer.words import canonical, terms

_SET_ASIDE = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|set aside)\b.{0,40}\b(?:instruction|prompt|rule|guideline|polic)"
    r"|\b(?:print|show|reveal|repeat|tell|output|leak|display|what (?:is|are))\b.{0,30}\b(?:system prompt"
    r"|your (?:system )?(?:prompt|instructions?|rules))"
    r"|\b(?:jailbreak|developer mode|do anything now)\b",
    re.I,
)
_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|prompt|question)s?\b"
    r"|\b(?:you are|as) an? (?:ai|assistant|language model|llm|chatbot)\b|\bsystem prompt\b"
    r"|\b(?:assistant|ai|model|llm)s?\b.{0,30}\b(?:must|should|shall)\b.{0,20}\b(?:reply|answer|say|output|respond)\b",
    re.I,
)
_CHANGES = re.compile(
    r"^[^\w;]*(?:(?:please|kindly|now|can you|could you|would you|go ahead and)\s+)*"
    r"(delete|remove|drop|erase|truncate|update|change|insert|modify|overwrite|alter|purge|wipe|cancel"
    r"|set)\b\s+(?!of\b|on\b)\w+",
    re.I,
)


def declined(question: str, tools: Sequence[Tool]) -> str:
    """The words of a refusal, or nothing."""
    if _SET_ASIDE.search(question):
        return (
            "I will not set my instructions aside or reveal them. I can answer questions from the sources I was given."
        )
    asked = _CHANGES.match(question)
    if asked and not any(_offers(tool, asked[1]) for tool in tools):
        act = asked[1].lower()
        return f"I only read: I cannot {act} anything, and none of my tools is made for it. Nothing was changed."
    return ""


def _offers(tool: Tool, verb: str) -> bool:
    """Whether the tool names the act; one that says `read-only` does not."""
    told = f"{tool.name} {tool.description}"
    return canonical(verb) in terms(told) and not re.search(r"read[- ]only", told, re.I)


def speaks_to_a_model(sentence: str) -> bool:
    """Whether a sentence of a document is an instruction to its reader's assistant; such text is no source."""
    return bool(_TO_A_MODEL.search(sentence))
