"""An aligned judge agrees with held-out labels better than before, with no model and no network."""

import pytest
from mlflow.genai.judges.optimizers import GEPAAlignmentOptimizer, MemAlignOptimizer, SIMBAAlignmentOptimizer

MODEL, EMBEDDINGS = "databricks:/databricks-claude-sonnet-4-5", "databricks:/databricks-gte-large-en"
OPTIMIZERS = {
    "memalign": MemAlignOptimizer(reflection_lm=MODEL, embedding_model=EMBEDDINGS, embedding_dim=1024),
    "simba": SIMBAAlignmentOptimizer(model=MODEL, simba_kwargs={"max_steps": 4, "num_candidates": 4}),
    "gepa": GEPAAlignmentOptimizer(model=MODEL, max_metric_calls=70),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_raises_the_agreement_with_labels_that_it_has_not_seen(judge, traces, agreement, name):
    before = agreement(judge)

    aligned = judge.align(traces, OPTIMIZERS[name])

    assert agreement(aligned) >= before + 0.15


def test_what_a_person_wants_becomes_a_guideline(judge, traces):
    aligned = judge.align(traces, OPTIMIZERS["memalign"])

    assert "cite its source" in aligned.instructions
