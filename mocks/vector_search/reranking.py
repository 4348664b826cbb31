"""The reranker: a second look at the first results, by the words and the meaning of some of their columns.

Databricks runs a model of its own that cannot be had offline. Here a passage is judged by the share of the question's
words that it has in any form, rare ones weighing most, and, for the other half of the score, by its likest part: the
highest cosine of the question and one of its sentences. As documented: 50 candidates, 2000 characters of each.
"""

import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from mocks.core.errors import InvalidParameterValue, NotImplementedYet
from mocks.core.workspace import Workspace
from mocks.engines.embedding.embedder import Embedder
from mocks.vector_search.keywords import stems, telling_words
from mocks.vector_search.wire import Query

CANDIDATES, CHARACTERS, MEANING, REMEMBERED = 50, 2000, 0.5, 8192
_MODEL = "databricks_reranker"
_PARTS = re.compile(r"(?<=[.!?])\s+|\n+")
_PART = 250  # characters: shorter sentences are read together
Scored = list[tuple[str, float]]


def columns_of(query: Query, columns: Sequence[str]) -> list[str]:
    """The columns by which a query wants its results reranked; none if it does not.

    Raises: InvalidParameterValue, NotImplementedYet
    """
    told = query.reranker or {}
    named = (told.get("parameters") or {}).get("columns_to_rerank") or query.columns_to_rerank
    if not told and not named:
        return []
    if told and (told.get("model", _MODEL) != _MODEL or told.get("model_type") == "MODEL_TYPE_FINETUNED"):
        raise NotImplementedYet(f"The sandbox has the reranker {_MODEL} only, not {told.get('model')}.")
    unknown = [name for name in named or () if name not in columns]
    if not named or unknown:
        raise InvalidParameterValue(f"columns_to_rerank must name columns of the index: {', '.join(columns)}.")
    if not query.query_text:
        raise InvalidParameterValue("The reranker needs query_text.")
    return list(named)


class Reranker:
    """The second scores; the vectors of sentences are remembered, since the same passages come again and again."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._remembered: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def reranked(
        self, query: Query, named: Sequence[str], found: Scored, rows: dict[str, dict[str, Any]]
    ) -> tuple[Scored, dict[str, Any]]:
        """The same rows by their second score, and what `debug_info` says about it."""
        began = time.perf_counter()
        texts = {key: _text(rows[key], named) for key, _ in found if key in rows}
        question = query.query_text or ""
        pairs = zip(
            self._by_meaning(question, list(texts.values())), _by_words(question, list(texts.values())), strict=True
        )
        scores = [MEANING * meaning + (1 - MEANING) * words for meaning, words in pairs]
        ordered = sorted(zip(texts, scores, strict=True), key=lambda pair: -pair[1])
        return ordered, {"reranker_time": round((time.perf_counter() - began) * 1000, 1), "warnings": []}

    def _by_meaning(self, question: str, texts: Sequence[str]) -> list[float]:
        parts = [_parts(text) for text in texts]
        vectors = self._vectors([part for own in parts for part in own])
        asked = self._workspace.shared(Embedder).encode([question])[0]
        return [max((float(vectors[part] @ asked) for part in own), default=0.0) for own in parts]

    def _vectors(self, parts: Sequence[str]) -> dict[str, Any]:
        with self._lock:
            known = {part: self._remembered[part] for part in parts if part in self._remembered}
        new = [part for part in dict.fromkeys(parts) if part not in known]
        known |= zip(new, self._workspace.shared(Embedder).encode(new), strict=True)
        with self._lock:
            self._remembered |= known
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return known


def _text(row: dict[str, Any], named: Sequence[str]) -> str:
    return "\n".join(str(row[name]) for name in named if row.get(name) is not None)[:CHARACTERS]


def _parts(text: str) -> list[str]:
    """Sentences, short ones with their neighbours."""
    parts: list[str] = []
    for sentence in filter(None, map(str.strip, _PARTS.split(text))):
        if parts and len(parts[-1]) + len(sentence) < _PART:
            parts[-1] = f"{parts[-1]} {sentence}"
        else:
            parts.append(sentence)
    return parts


def _by_words(question: str, texts: Sequence[str]) -> list[float]:
    asked, told = telling_words(question), [telling_words(text) for text in texts]
    stem = stems(word for words in (asked, *told) for word in words)
    held = [{stem[word] for word in words} for words in told]
    weights = {
        word: math.log(1 + len(held) / (0.5 + sum(word in words for words in held)))
        for word in {stem[word] for word in asked}
    }
    whole = sum(weights.values()) or 1.0
    return [sum(weight for word, weight in weights.items() if word in words) / whole for words in held]
