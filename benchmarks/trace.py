"""The trace that benchmarks write."""

import mlflow

SPANS = 5


def write_trace() -> None:
    """One trace of some spans, there when this returns."""
    with mlflow.start_span("root", span_type="AGENT") as root:
        root.set_inputs({"question": "How long is the notice period?"})
        for number in range(SPANS - 1):
            with mlflow.start_span(f"step {number}", span_type="TOOL") as span:
                span.set_outputs({"text": "ninety days " * 20})
        root.set_outputs({"answer": "ninety days"})
