"""AI functions of SQL: `ai_query` asks the endpoints, the others a language model if one is behind theirs.

Without a language model `ai_classify` is the label nearest to the text, `ai_summarize` the sentences nearest to the
whole, in their order: real computations with the embedding model, as `ai_similarity` always is; `ai_gen` and its like
are refused.
"""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from mocks.core.errors import ApiError, NotImplementedYet
from mocks.core.workspace import Workspace
from mocks.engines.chat import ai_prompts
from mocks.engines.chat.backends import Backends
from mocks.engines.chat.foundation import BY_NAME, EMBEDDING_ENDPOINTS
from mocks.engines.chat.served_endpoints import ServedEndpoints
from mocks.engines.embedding.embedder import Embedder, pad
from mocks.engines.translating import ai_calls
from mocks.engines.warehouse.duck import Duck

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
Row = tuple[Any, ...]


class AiFunctions:
    """Makes the functions callable from the SQL of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._served = workspace, ServedEndpoints(workspace)
        duck = workspace.engine(Duck)
        text, error = "VARCHAR", "STRUCT(response VARCHAR, errorMessage VARCHAR)"
        functions: tuple[tuple[str, Callable[..., Any], tuple[str, ...], str], ...] = (
            (ai_calls.QUERY, self._query, (text,) * 5, text),
            (ai_calls.QUERY_OR_ERROR, self._query_or_error, (text,) * 5, error),
            (ai_calls.EMBED, self._embed, (text,) * 2, "FLOAT[]"),
            (ai_calls.CLASSIFY, self._classify, (text, "VARCHAR[]"), text),
            (ai_calls.SIMILARITY, self._similarity, (text,) * 2, "FLOAT"),
            (ai_calls.SUMMARIZE, self._summarize, (text, "INTEGER"), text),
            (ai_calls.WRITE, self._written, (text, text, text, "VARCHAR[]"), text),
        )
        for name, compute, parameters, returned in functions:
            duck.register(name, _by_rows(compute, returned), parameters, returned)

    def _query(self, endpoint: str, *asked: str) -> str:
        try:
            return self._answer(endpoint, *asked)
        except ApiError as error:
            raise _failed(error.message) from None

    def _query_or_error(self, endpoint: str, *asked: str) -> dict[str, Any]:
        try:
            return {"response": self._answer(endpoint, *asked), "errorMessage": None}
        except ApiError as error:
            return {"response": None, "errorMessage": error.message}

    def _answer(self, endpoint: str, request: str, is_struct: str, parameters: str, response_format: str) -> str:
        body: dict[str, Any] = json.loads(parameters or "{}")
        if response_format:
            body["response_format"] = json.loads(response_format)
        if endpoint in EMBEDDING_ENDPOINTS:
            raise _failed(f"The endpoint '{endpoint}' must be written as a literal: its answer is an array.")
        told = json.loads(request) if is_struct == "true" else {"messages": [{"role": "user", "content": request}]}
        if endpoint not in BY_NAME:
            return self._served.ask(endpoint, request if is_struct != "true" else told, body | told)
        if "messages" not in told:
            raise _failed(f"The endpoint '{endpoint}' takes a text, or a struct with the field messages.")
        asked = body | told
        return self._workspace.engine(Backends).behind(endpoint, asked).complete(asked).answers[0].reply.text

    def _written(self, task: str, text: str, language: str, labels: Sequence[str]) -> str | None:
        body = ai_prompts.request(task, text, language=language, labels=labels)
        answer = self._said(body)
        if answer is None:
            raise _failed(
                f"The sandbox does not support the function {task} without a language model, and behind "
                f"'{ai_prompts.ENDPOINT}' is none: start it with --llm, script the answer, or call ai_query.",
                "UNSUPPORTED_FEATURE",
                "0A000",
            )
        return ai_prompts.chosen(answer, ai_prompts.SENTIMENTS) if task == "ai_analyze_sentiment" else answer

    def _said(self, body: dict[str, Any]) -> str | None:
        """What the language model behind these functions answers; nothing if there is none."""
        try:
            model = self._workspace.engine(Backends).language_model(ai_prompts.ENDPOINT, body)
            return model.complete(body).answers[0].reply.text
        except NotImplementedYet:
            return None
        except ApiError as error:
            raise _failed(error.message) from None

    def _embed(self, endpoint: str, text: str) -> list[float]:
        vectors = self._workspace.shared(Embedder).encode([text])
        return [float(value) for value in pad(vectors, EMBEDDING_ENDPOINTS[endpoint])[0]]

    def _similarity(self, one: str, other: str) -> float:
        vectors = self._workspace.shared(Embedder).encode([one, other])
        return float(vectors[0] @ vectors[1])

    def _classify(self, text: str, labels: Sequence[str]) -> str | None:
        if not 2 <= len(labels) <= 500:
            raise _failed(f"ai_classify takes 2 to 500 labels, not {len(labels)}.", "INVALID_PARAMETER_VALUE", "22023")
        if (answer := self._said(ai_prompts.request("ai_classify", text, labels=labels))) is not None:
            return ai_prompts.chosen(answer, labels)
        vectors = self._workspace.shared(Embedder).encode([text, *labels])
        return labels[int((vectors[1:] @ vectors[0]).argmax())]

    def _summarize(self, text: str, words: int) -> str:
        """What a model says; without one the sentences that say most of the whole, as many as the words allow."""
        if (
            answer := self._said(ai_prompts.request("ai_summarize", text, words=words or len(text.split())))
        ) is not None:
            return answer
        sentences = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
        if words <= 0 or len(text.split()) <= words or len(sentences) < 2:
            return text
        vectors = self._workspace.shared(Embedder).encode([text, *sentences])
        order = (-(vectors[1:] @ vectors[0])).argsort()
        chosen, left = [int(order[0])], words - len(sentences[int(order[0])].split())
        for at in map(int, order[1:]):
            if (size := len(sentences[at].split())) <= left:
                chosen.append(at)
                left -= size
        return " ".join(sentences[at] for at in sorted(chosen))


def _by_rows(compute: Callable[..., Any], returned: str) -> Callable[..., Any]:
    """The function over columns, each different row computed once; a row with a null is null."""

    def over_columns(*columns: Any) -> Any:
        import pyarrow as pa

        from mocks.engines.metastore.tables import duck_type
        from mocks.engines.warehouse.cells import arrow_type

        rows = [_hashable(row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]
        known = {row: compute(*map(_listed, row)) for row in dict.fromkeys(rows) if None not in row}
        return pa.array([known.get(row) for row in rows], arrow_type(duck_type(returned)))

    return over_columns


def _hashable(row: Sequence[Any]) -> Row:
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _failed(text: str, condition: str = "AI_FUNCTION_HTTP_REQUEST_ERROR", state: str = "08000") -> ValueError:
    """As `duck_errors` reads a condition out of what a function raised."""
    return ValueError(f"[{condition}] {text} SQLSTATE: {state}")
