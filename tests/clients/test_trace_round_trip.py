"""Whatever a trace holds comes back as it was."""

import random
import secrets

import mlflow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mlflow.entities import SpanEvent

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
NAMES = TEXT.filter(str.strip)
KEYS = st.from_regex(r"[a-zA-Z0-9_ :-]{1,20}", fullmatch=True).filter(str.strip)  # what MLflow takes as a tag's key
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
SPANS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "type": st.sampled_from(["AGENT", "TOOL", "RETRIEVER", "CHAT_MODEL", "own type"]),
            "inputs": VALUES,
            "outputs": VALUES,
            "attributes": st.dictionaries(NAMES, VALUES, max_size=3),
            "failed": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)


def write(spans):
    """Nested spans, each within the one before."""
    first, *rest = spans
    with mlflow.start_span(first["name"], span_type=first["type"], attributes=first["attributes"]) as span:
        span.set_inputs(first["inputs"])
        if first["failed"]:
            span.add_event(SpanEvent("exception", attributes={"exception.message": "no", "exception.type": "E"}))
            span.set_status("ERROR")
        below = write(rest) if rest else []
        span.set_outputs(first["outputs"])
    return [span, *below]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS, st.dictionaries(KEYS, TEXT, max_size=3))
def test_a_trace_comes_back_without_a_difference_in_any_field(m, spans, tags):
    random.seed(secrets.randbits(64))  # OpenTelemetry draws ids from it, and Hypothesis makes it repeat itself
    written = write(spans)
    trace = written[0].trace_id
    for key, value in tags.items():
        mlflow.set_trace_tag(trace, key, value)

    read = mlflow.get_trace(trace)

    assert {span.span_id: span.to_dict() for span in read.data.spans} == {
        span.span_id: span.to_dict() for span in written
    }
    assert {key: read.info.tags.get(key) for key in tags} == tags


def test_a_trace_of_a_thousand_spans_comes_back_whole_and_in_order(m):
    with mlflow.start_span("root") as root:
        for number in range(999):
            with mlflow.start_span(f"step {number}") as span:
                span.set_outputs({"n": number})

    spans = mlflow.get_trace(root.trace_id).data.spans

    assert [span.name for span in spans] == ["root", *(f"step {number}" for number in range(999))]
    assert spans[-1].outputs == {"n": 998}


def test_token_usage_is_summed_on_the_trace(m):
    with mlflow.start_span("root") as root, mlflow.start_span("llm", span_type="CHAT_MODEL") as span:
        span.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 3, "output_tokens": 4, "total_tokens": 7})

    assert mlflow.get_trace(root.trace_id).info.token_usage == {
        "input_tokens": 3,
        "output_tokens": 4,
        "total_tokens": 7,
    }


@pytest.mark.parametrize("size", [3_000_000])
def test_a_span_with_a_large_output_comes_back(m, size):
    with mlflow.start_span("root") as root:
        root.set_outputs("x" * size)

    assert len(mlflow.get_trace(root.trace_id).data.spans[0].outputs) == size
