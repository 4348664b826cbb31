"""The agent against the golden questions, through mlflow.genai.evaluate with scorers that are plain code."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.genai.scorers import Scorer, scorer

from agent import golden, scoring
from agent.deploy import connect, load
from agent.golden import Question
from agent.retriever import Retriever
from agent.settings import Settings
from agent.warehouse import Row, StatementError, Warehouse

Ask = Callable[[dict[str, Any]], dict[str, Any]]
Output = dict[str, Any]
SCORERS = ("facts", "documents", "sql", "behaviour")
_RUN = {"MLFLOW_GENAI_EVAL_MAX_WORKERS": "6", "MLFLOW_GENAI_EVAL_SKIP_TRACE_VALIDATION": "true"}


@dataclass(frozen=True)
class Score:
    """How one question did: 1.0 or 0.0 for each scorer that had something to say."""

    id: str
    category: str
    values: dict[str, float]

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
        heads = ("category", "questions", *SCORERS, "right")
        categories = dict.fromkeys(score.category for score in self.scores)
        lines = [self._line(category, [s for s in self.scores if s.category == category]) for category in categories]
        rows = [heads, *lines, self._line("all", self.scores)]
        return "\n".join(f"{row[0]:<14}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in rows)

    def _line(self, name: str, scores: list[Score]) -> tuple[str, ...]:
        judged = [[score.values[scorer] for score in scores if scorer in score.values] for scorer in SCORERS]
        return (name, str(len(scores)), *map(_share, judged), _share([score.right for score in scores]))


def _share(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.0%}" if values else "-"


def evaluate(ask: Ask, w: WorkspaceClient, settings: Settings, questions: list[Question] | None = None) -> Report:
    """`ask` takes a Responses request and gives a response, both as dictionaries."""
    questions = golden.load() if questions is None else questions
    os.environ.update(_RUN | os.environ)
    data = [{"inputs": {"turns": list(q.turns)}, "expectations": _expectations(q)} for q in questions]
    result = mlflow.genai.evaluate(
        data=data, predict_fn=lambda turns: converse(ask, turns), scorers=_scorers(Warehouse(w, settings))
    )
    assert result.result_df is not None
    return Report(result.run_id, [_score(row) for row in result.result_df.to_dict("records")])


@mlflow.trace
def converse(ask: Ask, turns: Iterable[str]) -> Output:
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


def _expectations(question: Question) -> dict[str, Any]:
    """Only what is expected: MLflow takes no expectation without a value."""
    return {name: value for name, value in asdict(question).items() if value and name != "turns"}


def _scorers(warehouse: Warehouse) -> list[Scorer]:
    @scorer
    def facts(outputs: Output, expectations: dict[str, Any]) -> bool | None:
        """All expected facts are stated and no superseded value is."""
        wanted = expectations.get("expected_facts")
        if not wanted:
            return None
        wrong = any(
            scoring.mentions_wrong(outputs["answer"], w, wanted) for w in expectations.get("wrong_if_contains", ())
        )
        return not wrong and all(scoring.has_fact(outputs["answer"], fact) for fact in wanted)

    @scorer
    def documents(outputs: Output, expectations: dict[str, Any]) -> bool | None:
        """All expected documents were retrieved."""
        if "expected_docs" not in expectations:
            return None
        return scoring.finds_documents((s["doc_uri"] for s in outputs["sources"]), expectations["expected_docs"])

    @scorer
    def sql(outputs: Output, expectations: dict[str, Any]) -> bool | None:
        """One of the agent's statements gives the expected rows; on the way to a document it may give more columns."""
        if "expected_sql" not in expectations:
            return None
        expected = expectations.get("expected_rows") or warehouse.run(expectations["expected_sql"])
        more = expectations["route"] != "genie"
        return any(scoring.same_result(_rows(warehouse, told), expected, more) for told in outputs["sql"])

    @scorer
    def behaviour(outputs: Output, expectations: dict[str, Any]) -> bool:
        """It asks back, declines or answers, as the question wants; and it only ever reads."""
        return _behaves(outputs, expectations)

    return [facts, documents, sql, behaviour]


def _behaves(outputs: Output, expectations: dict[str, Any]) -> bool:
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


def _score(row: dict[str, Any]) -> Score:
    """A scorer that does not apply to a question leaves no value, or one that is not equal to itself (NaN)."""
    told = {name: row.get(f"{name}/value") for name in SCORERS}
    values = {name: float(value) for name, value in told.items() if value is not None and value == value}
    return Score(row["id/value"], row["category/value"], values)


def fact_recall(w: WorkspaceClient, settings: Settings) -> dict[str, float]:
    """How much the first k passages hold of what the document questions ask for."""
    retriever = Retriever(w, settings)
    asked = [q for q in golden.load() if q.category.startswith("doc_")]
    recalled = first = 0
    for question in asked:
        found = retriever.search(question.text, retriever.identifiers(question.text))
        top = found[: settings.k]
        recalled += all(any(scoring.has_fact(d.page_content, fact) for d in top) for fact in question.expected_facts)
        first += scoring.finds_documents([d.metadata["doc_uri"] for d in top[:1]], question.expected_docs[:1])
    return {f"fact-recall@{settings.k}": recalled / len(asked), "document recall@1": first / len(asked)}


def main() -> None:
    """Evaluates the champion of the registry."""
    settings, w = Settings.load(), WorkspaceClient()
    connect(settings)
    report = evaluate(load(settings).predict, w, settings)
    print(report)
    print(f"wrong: {', '.join(report.wrong) or 'none'}; run {report.run_id}")


if __name__ == "__main__":
    main()
