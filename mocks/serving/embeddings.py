"""Embedding endpoints: a real model answers under the name of the foundation model."""

import base64
from typing import TYPE_CHECKING

from starlette.responses import Response

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Json
from mocks.core.workspace import Workspace
from mocks.engines.chat.backends import Backends
from mocks.engines.chat.foundation import EMBEDDING_ENDPOINTS
from mocks.engines.chat.tokens import count
from mocks.engines.embedding.embedder import MODEL, Embedder, pad
from mocks.serving.chat import headers
from mocks.serving.wire import Embedding, EmbeddingCall, Embeddings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TEXTS = 150  # the limit of the foundation model endpoints


def embed(workspace: Workspace, endpoint: str, call: EmbeddingCall) -> Response:
    """A vector for each text, from the model here or, for an external endpoint, from the server that it is mapped to.

    Raises: InvalidParameterValue, NotImplementedYet
    """
    texts = _texts(call)
    dimension = EMBEDDING_ENDPOINTS.get(endpoint)
    if dimension is None:
        model = workspace.engine(Backends).required(endpoint)
        told = model.embed(call.model_dump(exclude_unset=True, exclude_none=True))
        return Json(told | {"model": endpoint}, headers=headers(endpoint, model.answered_by))
    if call.dimensions not in (None, dimension):
        raise InvalidParameterValue(f"{endpoint} gives vectors of {dimension} numbers.")
    vectors = pad(workspace.shared(Embedder).encode(texts), dimension)
    tokens = sum(map(count, texts))
    made = Embeddings(
        model=endpoint,
        data=[Embedding(index=at, embedding=_encoded(vector, call)) for at, vector in enumerate(vectors)],
        usage={"prompt_tokens": tokens, "total_tokens": tokens},
        sandbricks_output={"answered_by": MODEL},
    )
    return Json(made.body(), headers=headers(endpoint, MODEL))


def _texts(call: EmbeddingCall) -> list[str]:
    texts = [call.input] if isinstance(call.input, str) else call.input
    if not texts or not all(isinstance(text, str) for text in texts):
        raise InvalidParameterValue("input must be a text or a list of texts.")
    if len(texts) > MOST_TEXTS:
        raise InvalidParameterValue(f"At most {MOST_TEXTS} texts are embedded in one call.")
    return texts


def _encoded(vector: "NDArray[np.float32]", call: EmbeddingCall) -> list[float] | str:
    if call.encoding_format == "base64":
        return base64.b64encode(vector.astype("<f4").tobytes()).decode()
    return [float(number) for number in vector]
