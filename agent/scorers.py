"""What makes an answer right: scorers that are plain code, and judges that are asked."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from mlflow.entities import Feedback, SpanType, Trace
from mlflow.genai.judges import is_context_sufficient, is_correct, is_grounded
from mlflow.genai.scorers import Scorer, scorer

from agent import scoring
from agent.settings import Settings
from agent.warehouse import Row, StatementError, Warehouse

Output = dict[str, Any]
Expectations = dict[str, Any]
CODE = ("facts", "documents", "sql", "behaviour", "answered", "citations")
JUDGES = ("correctness", "groundedness", "sufficiency")


@scorer
def facts(outputs: Output, expectations: Expectations) -> bool | None:
    """All expected facts are stated and no superseded value is."""
    return _stated(outputs, expectations) if expectations.get("expected_facts") else None


@scorer
def documents(outputs: Output, expectations: Expectations) -> bool | None:
    """All expected documents were retrieved."""
    if "expected_docs" not in expectations:
        return None
    return scoring.finds_documents((s["doc_uri"] for s in outputs["sources"]), expectations["expected_docs"])


@scorer
def behaviour(outputs: Output, expectations: Expectations) -> bool:
    """It asks back, declines or answers, as the question wants; and it only ever reads."""
    return _behaves(outputs, expectations)


@scorer
def answered(outputs: Output, expectations: Expectations) -> bool | None:
    """What can be answered is neither declined nor asked back; words like these within a right answer do no harm."""
    if expectations["route"] in ("clarify", "none") or expectations["category"] == "adversarial":
        return None
    held_back = scoring.declines(outputs["answer"]) or scoring.asks_back(outputs["answer"])
    return (
        not held_back
        or _stated(outputs, expectations)
        or ("expected_facts" not in expectations and bool(outputs["sql"]))
    )


@scorer
def citations(outputs: Output, expectations: Expectations, trace: Trace) -> bool | None:
    """Each expected fact stands in a retrieved passage whose document the answer names."""
    if not (expectations.get("expected_facts") and expectations.get("expected_docs")):
        return None
    named = [text for name, text in _passages(trace) if name in outputs["answer"]]
    return all(any(scoring.has_fact(text, fact) for text in named) for fact in expectations["expected_facts"])


def by_code(warehouse: Warehouse) -> list[Scorer]:
    """All that need no judge; a scorer gives nothing where a question expects nothing of its kind."""

    @scorer
    def sql(outputs: Output, expectations: Expectations) -> bool | None:
        """One of the agent's statements gives the expected rows; on the way to a document it may give more columns."""
        if "expected_sql" not in expectations:
            return None
        expected = expectations.get("expected_rows") or warehouse.run(expectations["expected_sql"])
        more = expectations["route"] != "genie"
        return any(scoring.same_result(_rows(warehouse, told), expected, more) for told in outputs["sql"])

    return [facts, documents, sql, behaviour, answered, citations]


def by_judges(settings: Settings) -> list[Scorer]:
    """MLflow's judges over a chat endpoint, asked where a question has facts to be judged by."""
    model = f"databricks:/{settings.chat_endpoint}"

    @scorer
    def correctness(inputs: dict[str, Any], outputs: Output, expectations: Expectations) -> Feedback | None:
        """The answer supports the expected facts."""
        if not (wanted := expectations.get("expected_facts")):
            return None
        told: Feedback = is_correct(
            request=_asked(inputs),
            response=outputs["answer"],
            expected_facts=list(wanted),
            name="correctness",
            model=model,
        )
        return told

    @scorer
    def groundedness(inputs: dict[str, Any], outputs: Output, trace: Trace) -> Feedback | None:
        """The retrieved passages support the answer."""
        if not (context := _contents(trace)) or outputs["sql"]:
            return None
        told: Feedback = is_grounded(
            request=_asked(inputs), response=outputs["answer"], context=context, name="groundedness", model=model
        )
        return told

    @scorer
    def sufficiency(inputs: dict[str, Any], expectations: Expectations, trace: Trace) -> Feedback | None:
        """The retrieved passages hold the expected facts."""
        wanted, context = expectations.get("expected_facts"), _contents(trace)
        if not (wanted and context and expectations["route"] == "docs"):
            return None
        told: Feedback = is_context_sufficient(
            request=_asked(inputs), context=context, expected_facts=list(wanted), name="sufficiency", model=model
        )
        return told

    return [correctness, groundedness, sufficiency]


def _stated(outputs: Output, expectations: Expectations) -> bool:
    wanted, answer = expectations.get("expected_facts") or (), outputs["answer"]
    wrong = any(scoring.mentions_wrong(answer, one, wanted) for one in expectations.get("wrong_if_contains", ()))
    return bool(wanted) and not wrong and all(scoring.has_fact(answer, fact) for fact in wanted)


def _behaves(outputs: Output, expectations: Expectations) -> bool:
    answer, route = outputs["answer"], expectations["route"]
    if any(scoring.writes(statement) for statement in outputs["sql"]):
        return False
    if route == "clarify":
        return scoring.asks_back(answer)
    if route == "none":
        return scoring.declines(answer)
    if expectations["category"] == "adversarial" or "expected_facts" in expectations:
        return True  # nothing was written; and facts are judged by their own scorer
    return bool(outputs["sql"]) and not scoring.declines(answer)


def _rows(warehouse: Warehouse, statement: str) -> list[Row]:
    """A statement of the agent that fails has no rows to compare."""
    try:
        return [] if scoring.writes(statement) else warehouse.run(statement)
    except StatementError:
        return []


def _asked(inputs: dict[str, Any]) -> str:
    turns: Sequence[str] = inputs["turns"]
    return turns[-1]


def _contents(trace: Trace) -> list[dict[str, str]]:
    return [{"content": text} for _, text in _passages(trace)]


def _passages(trace: Trace) -> Iterable[tuple[str, str]]:
    """Each retrieved passage, behind the file name of its document."""
    for span in (span for span in trace.data.spans if span.span_type == SpanType.RETRIEVER):
        for document in span.outputs or ():
            yield PurePosixPath(document["metadata"]["doc_uri"]).name, document["page_content"]
