"""What the AI functions of SQL ask a language model, each with its form of answer."""

from collections.abc import Sequence
from typing import Any

ENDPOINT = "databricks-meta-llama-3-3-70b-instruct"  # the model that Databricks names for these functions
_ONLY = "Answer with the result alone, without a word before or after it."
_TASKS = {
    "ai_translate": "Translate the text into the language '{language}'.",
    "ai_fix_grammar": "Correct the grammar and the spelling of the text and change nothing else.",
    "ai_analyze_sentiment": "Say what the sentiment of the text is: positive, negative, neutral or mixed.",
    "ai_mask": "Repeat the text, with [MASKED] in the place of everything that is one of: {labels}.",
    "ai_extract": "Extract these from the text: {labels}. What the text does not state is null.",
    "ai_classify": "Say which of these labels fits the text best: {labels}.",
    "ai_summarize": "Summarize the text in at most {words} words.",
}
SENTIMENTS = ("positive", "negative", "neutral", "mixed")


def request(task: str, text: str, *, language: str = "", labels: Sequence[str] = (), words: int = 0) -> dict[str, Any]:
    """The request to a chat endpoint; `ai_gen` asks with the text itself."""
    if task == "ai_gen":
        return _asked(text)
    told = _TASKS[task].format(language=language, labels=", ".join(labels), words=words)
    body = _asked(f"{told} {_ONLY}\n\nText:\n{text}")
    if task != "ai_extract":
        return body
    fields = {label: {"type": ["string", "null"]} for label in labels}
    schema = {"type": "object", "properties": fields, "required": list(labels), "additionalProperties": False}
    return body | {"response_format": {"type": "json_schema", "json_schema": {"name": "extract", "schema": schema}}}


def chosen(answer: str, among: Sequence[str]) -> str | None:
    """The one of these words that the answer is, or that it alone holds; null if the model said none of them."""
    said = answer.strip().strip("'\"`.").casefold()
    exact = [word for word in among if word.casefold() == said]
    found = exact or [word for word in among if word.casefold() in said]
    return found[0] if len(found) == 1 else None


def _asked(text: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}]}
