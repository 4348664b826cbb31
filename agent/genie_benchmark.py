"""The benchmark of a Genie space: its eval run by category, against the run before, and as an MLflow evaluation.

`python -m agent.genie_benchmark SPACE [--questions FILE]`. The questions are the space's own `benchmarks`; a FILE (YAML
or JSON: a list of `kind`, `ask` with one wording or several, `sql`) replaces them and says of which kind each one is.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from databricks.sdk.errors.base import DatabricksError
from databricks.sdk.service.dashboards import (
    EvaluationStatusType,
    GenieEvalAssessment,
    GenieEvalResponseType,
    GenieEvalResult,
    GenieEvalResultDetails,
    GenieEvalRunResponse,
)
from mlflow.entities import Feedback
from mlflow.genai.scorers import scorer

from agent.deploy import connect
from agent.genie import GenieError, find_space
from agent.genie_questions import QuestionsError, form, publish, read
from agent.settings import Settings

# NO_QUERY: Genie asked back or declined. REVIEW: the service leaves the judgement to a person.
RIGHT, NO_QUERY, WRONG, REVIEW = OUTCOMES = ("right", "no query", "wrong", "review")
_RUNNING = (EvaluationStatusType.NOT_STARTED, EvaluationStatusType.RUNNING)
_PAUSE = 1.0
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Answered:
    """What came of one benchmark question; `reasons` are the service's own words for what differs."""

    question: str
    category: str
    outcome: str
    answer: str
    expected: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The answers of an eval run and, by question, the outcomes of the run before it."""

    answers: Sequence[Answered]
    before: Mapping[str, str]

    @property
    def accuracy(self) -> dict[str, float]:
        """The share of right answers in each category and in `all`; what a person must review is not counted."""
        return {name: share for name, answers in self._groups() if (share := _share(a.outcome for a in answers)) >= 0}

    def __str__(self) -> str:
        heads = ("category", "questions", *OUTCOMES, "accuracy", "change")
        rows = [heads, *(self._row(name, answers) for name, answers in self._groups())]
        table = [f"{row[0]:<20}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in rows]
        return "\n".join([*self._misses(), *self._changes(), *table])

    def _groups(self) -> Iterator[tuple[str, Sequence[Answered]]]:
        for category in sorted({answer.category for answer in self.answers}):
            yield category, [answer for answer in self.answers if answer.category == category]
        yield "all", self.answers

    def _row(self, name: str, answers: Sequence[Answered]) -> tuple[str, ...]:
        found = Counter(answer.outcome for answer in answers)
        share = _share(found.elements())
        told = f"{share:.0%}" if share >= 0 else "-"
        return (name, str(len(answers)), *(str(found[o]) for o in OUTCOMES), told, self._change(answers))

    def _change(self, answers: Sequence[Answered]) -> str:
        """In percentage points, over the questions that both runs asked."""
        both = [answer for answer in answers if answer.question in self.before]
        now, then = _share(a.outcome for a in both), _share(self.before[a.question] for a in both)
        return f"{100 * (now - then):+.0f}" if min(now, then) >= 0 else "-"

    def _changes(self) -> Iterator[str]:
        for answer in self.answers:
            then = self.before.get(answer.question, answer.outcome)
            if RIGHT in (then, answer.outcome) and then != answer.outcome:
                yield f"{'better' if answer.outcome == RIGHT else 'worse'}: {answer.question} ({then} before)"

    def _misses(self) -> Iterator[str]:
        for answer in self.answers:
            if answer.outcome != RIGHT:
                yield f"{answer.outcome}: {answer.question} {' '.join(answer.reasons)}".rstrip()
                yield f"    {' '.join(answer.answer.split())[:300]}"


def _share(outcomes: Iterable[str]) -> float:
    """Of right ones; -1 if there is nothing to judge."""
    judged = [outcome for outcome in outcomes if outcome != REVIEW]
    return judged.count(RIGHT) / len(judged) if judged else -1


def run(w: WorkspaceClient, space_id: str, kinds: Mapping[str, str]) -> tuple[str, Report]:
    """A new eval run, waited for: its id, and its answers beside those of the run before.

    Raises: GenieError, DatabricksError
    """
    earlier = max(_ended(w, space_id), key=lambda run: run.created_timestamp or 0, default=None)
    found = w.genie.genie_create_eval_run(space_id)
    while found.eval_run_status in _RUNNING:
        time.sleep(_PAUSE)
        found = w.genie.genie_get_eval_run(space_id, found.eval_run_id)
    if found.eval_run_status is not EvaluationStatusType.DONE:
        raise GenieError(f"The eval run {found.eval_run_id} ended as {found.eval_run_status}.")
    before = _answers(w, space_id, earlier.eval_run_id, kinds) if earlier else []
    answers = _answers(w, space_id, found.eval_run_id, kinds)
    return found.eval_run_id, Report(answers, {answer.question: answer.outcome for answer in before})


def _ended(w: WorkspaceClient, space_id: str) -> Iterator[GenieEvalRunResponse]:
    token = None
    while True:
        page = w.genie.genie_list_eval_runs(space_id, page_token=token)
        yield from (run for run in page.eval_runs or () if run.eval_run_status is EvaluationStatusType.DONE)
        token = page.next_page_token
        if not token:
            return


def _answers(w: WorkspaceClient, space_id: str, run_id: str, kinds: Mapping[str, str]) -> list[Answered]:
    found = []
    for result in _results(w, space_id, run_id):
        details = w.genie.genie_get_eval_result_details(space_id, run_id, result.result_id)
        found.append(_answered(result, details, kinds))
    return sorted(found, key=lambda answer: (answer.category, answer.question))


def _results(w: WorkspaceClient, space_id: str, run_id: str) -> Iterator[GenieEvalResult]:
    token = None
    while True:
        page = w.genie.genie_list_eval_results(space_id, run_id, page_token=token)
        yield from page.eval_results or ()
        token = page.next_page_token
        if not token:
            return


def _answered(result: GenieEvalResult, details: GenieEvalResultDetails, kinds: Mapping[str, str]) -> Answered:
    question = result.question or result.benchmark_question_id
    expected = result.benchmark_answer or ""
    return Answered(
        question=question,
        category=kinds.get(question) or form(expected),
        outcome=_outcome(details),
        answer=" ".join(response.response or "" for response in details.actual_response or ()),
        expected=expected,
        reasons=tuple(reason.value for reason in details.assessment_reasons or ()),
    )


def _outcome(details: GenieEvalResultDetails) -> str:
    if details.assessment is GenieEvalAssessment.GOOD:
        return RIGHT
    if details.assessment is not GenieEvalAssessment.BAD:
        return REVIEW
    asked = any(response.response_type is GenieEvalResponseType.SQL for response in details.actual_response or ())
    return WRONG if asked else NO_QUERY


@scorer
def execution_accuracy(outputs: dict[str, Any]) -> Feedback | None:
    """The query gives the rows of the SQL that is meant, as the space's eval run judged."""
    if outputs["outcome"] == REVIEW:
        return None
    return Feedback(value=outputs["outcome"] == RIGHT, rationale=" ".join([outputs["outcome"], *outputs["reasons"]]))


def log(report: Report, tags: Mapping[str, str]) -> str:
    """The id of an evaluation run in the experiment that is set: a row a question, a metric for each category."""
    data = [
        {
            "inputs": {"question": answer.question, "category": answer.category},
            "outputs": {"answer": answer.answer, "outcome": answer.outcome, "reasons": list(answer.reasons)},
            "expectations": {"expected_response": answer.expected},
        }
        for answer in report.answers
    ]
    with mlflow.start_run(run_name="genie benchmark", tags=dict(tags)) as started:
        mlflow.genai.evaluate(data=data, scorers=[execution_accuracy])
        mlflow.log_metrics({f"accuracy/{category}": share for category, share in report.accuracy.items()})
    run_id: str = started.info.run_id
    return run_id


def _space(w: WorkspaceClient, named: str) -> str:
    try:
        return find_space(w, named)
    except GenieError:
        if _ID.fullmatch(named):
            return named
        raise


def main() -> None:
    """Runs the benchmark of the space that is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("space", help="title or id of a Genie space")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="makes these the benchmark of the space")
    told = parser.parse_args()
    w = WorkspaceClient()
    try:
        space_id = _space(w, told.space)
        questions = read(told.questions) if told.questions else []
        if questions:
            publish(w, space_id, questions)
        connect(Settings.load())
        eval_run_id, report = run(w, space_id, {one.question: one.kind for one in questions})
    except (GenieError, QuestionsError, DatabricksError) as error:
        raise SystemExit(f"{told.space}: {error}") from error
    print(report)
    print(f"eval run {eval_run_id}, MLflow run", log(report, {"genie.space": space_id, "genie.eval_run": eval_run_id}))


if __name__ == "__main__":
    main()
