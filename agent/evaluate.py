"""The agent against the golden questions, through mlflow.genai.evaluate with scorers that are plain code."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.genai.scorers import Scorer

from agent import golden, scoring
from agent.deploy import connect, load
from agent.golden import Question
from agent.retriever import Retriever
from agent.scorers import CODE, JUDGES, Output, by_code
from agent.settings import Settings
from agent.warehouse import Warehouse

Ask = Callable[[dict[str, Any]], dict[str, Any]]
_RUN = {"MLFLOW_GENAI_EVAL_MAX_WORKERS": "6", "MLFLOW_GENAI_EVAL_SKIP_TRACE_VALIDATION": "true"}


@dataclass(frozen=True)
class Score:
    """How one question did: 1.0 or 0.0 for each scorer and each judge that had something to say."""

    id: str
    category: str
    values: dict[str, float]
    judged: dict[str, float] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return bool(self.values) and all(self.values.values())


@dataclass(frozen=True)
class Report:
    """The scores of all questions, and the id of the run that holds every answer."""

    run_id: str
    scores: list[Score]

    @property
    def wrong(self) -> list[str]:
        return [score.id for score in self.scores if not score.right]

    def __str__(self) -> str:
        heads = ("category", "questions", *CODE, "right")
        categories = dict.fromkeys(score.category for score in self.scores)
        lines = [self._line(category, [s for s in self.scores if s.category == category]) for category in categories]
        rows = [heads, *lines, self._line("all", self.scores)]
        return "\n".join(f"{row[0]:<14}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in rows)

    def _line(self, name: str, scores: list[Score]) -> tuple[str, ...]:
        judged = [[score.values[scorer] for score in scores if scorer in score.values] for scorer in CODE]
        return (name, str(len(scores)), *map(_share, judged), _share([score.right for score in scores]))


def _share(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.0%}" if values else "-"


def evaluate(
    ask: Ask,
    w: WorkspaceClient,
    settings: Settings,
    questions: list[Question] | None = None,
    *,
    judges: Sequence[Scorer] = (),
    model_id: str | None = None,
) -> Report:
    """`ask` takes a Responses request and gives a response, both as dictionaries; the traces carry `model_id`."""
    questions = golden.load() if questions is None else questions
    os.environ.update(_RUN | os.environ)
    data = [{"inputs": {"turns": list(q.turns)}, "expectations": expectations(q)} for q in questions]
    # MLflow 3.17 imports both in the threads that log traces and in evaluate, and the two can wait for each other.
    mlflow.flush_trace_async_logging()
    result = mlflow.genai.evaluate(
        data=data,
        predict_fn=lambda turns: converse(ask, turns),
        scorers=[*by_code(Warehouse(w, settings)), *judges],
        model_id=model_id,
    )
    assert result.result_df is not None
    return Report(result.run_id, [_score(row) for row in result.result_df.to_dict("records")])


@mlflow.trace
def converse(ask: Ask, turns: Iterable[str]) -> Output:
    """A talk that is one trace."""
    return talk(ask, turns)


def talk(ask: Ask, turns: Iterable[str]) -> Output:
    """Asks turn after turn, each with all that was said before, and gives the last answer."""
    said: list[dict[str, Any]] = []
    answer: dict[str, Any] = {}
    for turn in turns:
        said.append({"role": "user", "content": turn})
        answer = ask({"input": said})
        said += answer["output"]
    found = answer.get("custom_outputs") or {}
    return {"answer": text(answer), "sql": found.get("sql", []), "sources": found.get("sources", [])}


def text(answer: dict[str, Any]) -> str:
    """The words of the last message of a response."""
    messages = [item for item in answer["output"] if item["type"] == "message"]
    return "".join(str(part["text"]) for part in messages[-1]["content"]) if messages else ""


def expectations(question: Question) -> dict[str, Any]:
    """Only what is expected: MLflow takes no expectation without a value."""
    return {name: value for name, value in asdict(question).items() if value and name != "turns"}


def _score(row: dict[str, Any]) -> Score:
    return Score(row["id/value"], row["category/value"], _told(row, CODE), _told(row, JUDGES))


def _told(row: dict[str, Any], names: Iterable[str]) -> dict[str, float]:
    """A scorer that does not apply to a question leaves no value, or one that is not equal to itself (NaN)."""
    values = ((name, row.get(f"{name}/value")) for name in names)
    return {name: _number(value) for name, value in values if value is not None and value == value}


def _number(value: Any) -> float:
    """Scorers say true or false, judges yes or no."""
    return float(value == "yes") if isinstance(value, str) else float(value)


@dataclass(frozen=True)
class Recall:
    """By document question: do the first k passages hold all its facts, and is the first of its first document."""

    facts: dict[str, float]
    document: dict[str, float]


def recall(w: WorkspaceClient, settings: Settings, questions: list[Question]) -> Recall:
    """Of retrieval alone, without a model."""
    retriever = Retriever(w, settings)
    found = Recall({}, {})
    for question in (q for q in questions if q.category.startswith("doc_")):
        top = retriever.search(question.text, retriever.identifiers(question.text))[: settings.k]
        held = (any(scoring.has_fact(d.page_content, fact) for d in top) for fact in question.expected_facts)
        found.facts[question.id] = float(all(held))
        first = [d.metadata["doc_uri"] for d in top[:1]]
        found.document[question.id] = float(scoring.finds_documents(first, question.expected_docs[:1]))
    return found


def fact_recall(w: WorkspaceClient, settings: Settings) -> dict[str, float]:
    """The means over the golden document questions."""
    found = recall(w, settings, golden.load())
    return {
        f"fact-recall@{settings.k}": sum(found.facts.values()) / len(found.facts),
        "document recall@1": sum(found.document.values()) / len(found.document),
    }


def main() -> None:
    """Evaluates the champion of the registry."""
    settings, w = Settings.load(), WorkspaceClient()
    connect(settings)
    report = evaluate(load(settings).predict, w, settings)
    print(report)
    print(f"wrong: {', '.join(report.wrong) or 'none'}; run {report.run_id}")


if __name__ == "__main__":
    main()
