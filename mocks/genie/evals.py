"""Eval runs: the benchmark questions of a space are asked and the results compared with those that are meant."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from mocks.core.errors import InvalidParameterValue, ResourceDoesNotExist
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.executions import Execution, Executions
from mocks.engines.warehouse.result_format import manifest
from mocks.engines.warehouse.sql_warehouse import Parameter
from mocks.genie.access import EDIT, Access
from mocks.genie.knowledge.serialized import parse
from mocks.genie.knowledge.texts import text_of
from mocks.genie.store import GenieStore
from mocks.genie.understanding import Understanding
from mocks.genie.wire import EvalResult, EvalResultDetails, EvalResults, EvalRun, EvalRuns, Space

if TYPE_CHECKING:
    from mocks.genie.answer import Answer

GOOD, BAD, REVIEW = "GOOD", "BAD", "NEEDS_REVIEW"
RUNNING, DONE, FAILED = "RUNNING", "DONE", "EVALUATION_FAILED"
_PATIENCE = 20.0  # seconds that the call itself waits for a run; who sees it running polls
_WIDEST = 6  # columns whose orders are all tried

Row = tuple[str | None, ...]


class EvalThreads:
    """The eval runs of a workspace that are under way; they end with it."""

    def __init__(self, workspace: Workspace) -> None:
        workspace.engine(Executions)  # built before, hence closed after
        self._threads: dict[str, threading.Thread] = {}
        self.stopped = threading.Event()

    def start(self, key: str, work: Callable[[], None]) -> None:
        """Does the work of a run in a thread of its own."""
        self._threads[key] = threading.Thread(target=work, name=f"eval-{key[-8:]}", daemon=True)
        self._threads[key].start()

    def wait(self, key: str, seconds: float | None) -> bool:
        """Whether the run has ended by then, or was never begun here."""
        thread = self._threads.get(key)
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def close(self) -> None:
        """Lets each run come to the end of its question."""
        self.stopped.set()
        for key in list(self._threads):
            self.wait(key, None)


class EvalStore:
    """The eval runs of a workspace's spaces."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._genie, self._threads = workspace, GenieStore(workspace), workspace.engine(EvalThreads)
        self._access = Access(workspace)
        self._runs = workspace.collection("genie_eval_runs", EvalRun, "Eval run")
        self._results = workspace.collection("genie_eval_results", EvalResultDetails, "Eval result")

    def create_run(self, space_id: str, wanted: Sequence[str] | None, patience: float = _PATIENCE) -> EvalRun:
        """Asks the benchmark questions of the space, or those that are wanted.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        space = self._genie.get_space(space_id, EDIT)
        questions = (parse(space.serialized_space or "{}").get("benchmarks") or {}).get("questions") or []
        if not questions:
            raise InvalidParameterValue("The space has no benchmark questions.")
        chosen = [q for q in questions if wanted is None or q.get("id") in wanted]
        if not chosen or (wanted is not None and len(chosen) < len(set(wanted))):
            raise InvalidParameterValue("The space has no such benchmark questions.")
        run_id, now = self._workspace.new_id(), self._workspace.now_ms()
        run = EvalRun(
            eval_run_id=run_id,
            eval_run_status=RUNNING,
            created_timestamp=now,
            last_updated_timestamp=now,
            num_questions=len(chosen),
            num_done=0,
            num_correct=0,
            num_needs_review=0,
            run_by_user=self._workspace.user_id,
        )
        key = f"{space_id}/{run_id}"
        self._runs.create(key, run)
        self._threads.start(key, lambda: self._ask_all(space, run_id, chosen))
        self._threads.wait(key, patience)
        return self._run(key)

    def get_run(self, space_id: str, run_id: str) -> EvalRun:
        """The run.

        Raises: ResourceDoesNotExist
        """
        self._genie.get_space(space_id, EDIT)
        return self._run(f"{space_id}/{run_id}")

    def _run(self, key: str) -> EvalRun:
        """A run that nobody works on any more, because the sandbox was stopped, has failed."""
        left = self._threads.wait(key, 0)
        run = self._runs.get(key)
        return run.model_copy(update={"eval_run_status": FAILED}) if left and run.eval_run_status == RUNNING else run

    def _ask_all(self, space: Space, run_id: str, questions: Sequence[dict[str, Any]]) -> None:
        understanding, key, ended = self._workspace.engine(Understanding), f"{space.space_id}/{run_id}", FAILED
        try:
            for question in questions:
                if self._threads.stopped.is_set():
                    return
                told = self._access.asked(space, text_of(question.get("question")))
                result = self._result(space.space_id, question, understanding.understood(told))
                self._results.create(f"{key}/{result.result_id}", result)
                self._update(key, RUNNING, result.assessment)
            ended = DONE
        finally:
            self._update(key, ended)

    def _update(self, key: str, status: str, assessment: str | None = None) -> None:
        def changed(run: EvalRun) -> EvalRun:
            return run.model_copy(
                update={
                    "eval_run_status": status,
                    "last_updated_timestamp": self._workspace.now_ms(),
                    "num_done": run.num_done + (assessment is not None),
                    "num_correct": run.num_correct + (assessment == GOOD),
                    "num_needs_review": run.num_needs_review + (assessment == REVIEW),
                }
            )

        self._runs.update(key, changed)

    def list_runs(self, space_id: str, size: int | None, token: str | None) -> EvalRuns:
        """The runs, the newest first."""
        self._genie.get_space(space_id, EDIT)
        kept = (self._run(f"{space_id}/{run.eval_run_id}") for run in self._runs.all(f"{space_id}/"))
        found = sorted(kept, key=lambda run: -run.created_timestamp)
        chosen, following = page(found, size, token)
        return EvalRuns(eval_runs=chosen, next_page_token=following)

    def list_results(self, space_id: str, run_id: str, size: int | None, token: str | None) -> EvalResults:
        """The results of a run."""
        self.get_run(space_id, run_id)
        chosen, following = page(self._results.all(f"{space_id}/{run_id}/"), size, token)
        shown = [
            EvalResult(
                result_id=one.result_id,
                space_id=space_id,
                benchmark_question_id=one.benchmark_question_id,
                question=one.question,
                benchmark_answer=one.expected_response[0]["response"] if one.expected_response else None,
                status="DONE",
                created_by_user=self._workspace.user_id,
            )
            for one in chosen
        ]
        return EvalResults(eval_results=shown, next_page_token=following)

    def get_result(self, space_id: str, run_id: str, result_id: str) -> EvalResultDetails:
        """One result with both answers; the rows of somebody else's run only for who may read all tables himself.

        Raises: ResourceDoesNotExist
        """
        run = self.get_run(space_id, run_id)
        found = self._results.find(f"{space_id}/{run_id}/{result_id}")
        if found is None:
            raise ResourceDoesNotExist(f"Eval result '{result_id}' does not exist.")
        if run.run_by_user == self._workspace.user_id or not self._access.asked(self._genie.get_space(space_id)).hidden:
            return found
        answers = {"actual_response": found.actual_response, "expected_response": found.expected_response}
        return found.model_copy(update={name: _without_rows(told) for name, told in answers.items()})

    def _result(self, space_id: str, question: dict[str, Any], answer: "Answer") -> EvalResultDetails:
        meant = next(
            (text_of(a.get("content")) for a in question.get("answer") or [] if a.get("format") == "SQL"), None
        )
        wanted, got = self._rows(meant), self._rows(answer.sql, answer.bound)
        if meant is None or wanted is None:
            assessment, reasons = REVIEW, []
        else:
            reasons = differences(_rows_of(wanted), _rows_of(got)) if got is not None else ["EMPTY_RESULT"]
            assessment = BAD if reasons else GOOD
        return EvalResultDetails(
            result_id=self._workspace.new_id(),
            space_id=space_id,
            benchmark_question_id=str(question.get("id", "")),
            question=text_of(question.get("question")),
            eval_run_status="DONE",
            assessment=assessment,
            assessment_reasons=reasons,
            manual_assessment=False,
            actual_response=[_response(answer.sql or answer.text, got)],
            expected_response=[_response(meant, wanted)] if meant else [],
        )

    def _rows(self, sql: str | None, parameters: tuple[Parameter, ...] = ()) -> Execution | None:
        if sql is None:
            return None
        try:
            return self._genie.results.run(sql, parameters)
        except InvalidParameterValue:  # a query that fails has no rows to compare
            return None


def differences(wanted: Sequence[Row], got: Sequence[Row]) -> list[str]:
    """Why two results differ, in the words of the real service; nothing if they hold the same rows in any order."""
    if not wanted and not got:
        return []
    if not got:
        return ["EMPTY_RESULT"]
    if not wanted:
        return ["RESULT_EXTRA_ROWS"]
    width, other = len(wanted[0]), len(got[0])
    if width != other:
        return ["RESULT_MISSING_COLUMNS" if other < width else "RESULT_EXTRA_COLUMNS"]
    best = min((_missing(wanted, got, order) for order in _orders(width)), key=lambda found: sum(map(len, found)))
    missing, extra = best
    if len(missing) == len(extra) == 1 and sum(a != b for a, b in zip(missing[0], extra[0], strict=True)) == 1:
        return ["SINGLE_CELL_DIFFERENCE"]
    return [*(["RESULT_MISSING_ROWS"] if missing else []), *(["RESULT_EXTRA_ROWS"] if extra else [])]


def _orders(width: int) -> list[tuple[int, ...]]:
    return list(itertools.permutations(range(width))) if width <= _WIDEST else [tuple(range(width))]


def _missing(wanted: Sequence[Row], got: Sequence[Row], order: tuple[int, ...]) -> tuple[list[Row], list[Row]]:
    meant, found = Counter(wanted), Counter(tuple(row[at] for at in order) for row in got)
    return list((meant - found).elements()), list((found - meant).elements())


def _rows_of(execution: Execution) -> list[Row]:
    assert execution.result is not None
    return [tuple(_cell(cell) for cell in row) for row in execution.result.rows()]


def _cell(cell: str | None) -> str | None:
    """Numbers alike however they are written."""
    try:
        return None if cell is None else f"{float(cell):.10g}"
    except ValueError:
        return cell


def _without_rows(answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in one.items() if name != "sql_execution_result"} for one in answers]


def _response(text: str, execution: Execution | None) -> dict[str, Any]:
    if execution is None or execution.result is None:
        return {"response": text, "response_type": "TEXT"}
    rows = execution.result.rows()
    result = {"row_count": len(rows), "data_array": rows} if rows else {}
    statement = {
        "statement_id": execution.id,
        "status": {"state": execution.state.value},
        "manifest": manifest(execution.result),
        "result": result,
    }
    return {"response": text, "response_type": "SQL", "sql_execution_result": statement}
