"""Scorers that the tests register: one that judges and one that fails."""

from mlflow.genai.scorers import ScorerSamplingConfig, scorer

ALWAYS = ScorerSamplingConfig(sample_rate=1.0)


@scorer
def is_long(outputs):
    return len(outputs) > 3


@scorer
def raises(outputs):
    raise ValueError("there is no answer to this")
