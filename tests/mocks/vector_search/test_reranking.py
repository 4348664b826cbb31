import numpy as np
import pytest

from mocks.vector_search.reranking import Reranker
from mocks.vector_search.wire import Query


@pytest.fixture
def first():
    """The key that the reranker puts first; no two texts are alike in meaning, so words alone tell."""

    class Meaningless:
        def shared(self, _):
            return self

        def encode(self, texts):
            return np.zeros((len(texts), 2), np.float32)

    def rerank(question, **texts):
        rows = {key: {"body": text} for key, text in texts.items()}
        found, _ = Reranker(Meaningless()).reranked(
            Query(query_text=question), ["body"], [(key, 1.0) for key in rows], rows
        )
        return found[0][0]

    return rerank


def test_a_passage_that_has_the_word_in_another_form_has_the_word(first):
    assert first("Where is my umbrella?", a="The harbour is deep.", b="Umbrellas lie at the kiosk.") == "b"


def test_a_rare_word_weighs_more_than_one_that_many_passages_have(first):
    texts = {"a": "The fee is ten.", "b": "The fee is two.", "c": "Pressure is low."}

    assert first("fee pressure", **texts) == "c"
