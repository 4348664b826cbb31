"""Which scorers are run on a trace: told by a hash, so that the answer never changes."""

import hashlib
from collections.abc import Sequence

from mocks.scorers.wire import ScorerConfig


def sampled(trace_id: str, scorers: Sequence[ScorerConfig]) -> list[ScorerConfig]:
    """Those of one filter that take this trace.

    As in MLflow's online scoring, a trace that a rare scorer takes is taken by the frequent ones too, so that their
    judgements can be compared (mlflow/genai/scorers/online/sampler.py).
    """
    chosen: list[ScorerConfig] = []
    before = 1.0
    for scorer in sorted(scorers, key=lambda one: (-(one.sample_rate or 0), one.name)):
        rate = scorer.sample_rate or 0.0
        if rate <= 0 or _share(f"{trace_id}:{scorer.name}") > rate / before:
            break
        chosen.append(scorer)
        before = rate
    return chosen


def _share(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()) / 2**256
