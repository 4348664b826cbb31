import json
import threading
from types import SimpleNamespace

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.genie.evals import EvalStore, EvalThreads, differences
from mocks.genie.store import GenieStore
from mocks.genie.understanding import Understanding
from mocks.genie.wire import EvalRun, NewSpace


@pytest.mark.parametrize(
    ("wanted", "got", "reasons"),
    [
        ([("a", "1"), ("b", "2")], [("2", "b"), ("1", "a")], []),
        ([], [], []),
        ([("a",)], [], ["EMPTY_RESULT"]),
        ([], [("a",)], ["RESULT_EXTRA_ROWS"]),
        ([("a", "1")], [("a",)], ["RESULT_MISSING_COLUMNS"]),
        ([("a",)], [("a", "1")], ["RESULT_EXTRA_COLUMNS"]),
        ([("a",), ("b",)], [("a",)], ["RESULT_MISSING_ROWS"]),
        ([("a",)], [("a",), ("a",)], ["RESULT_EXTRA_ROWS"]),
        ([("a", "1"), ("b", "2")], [("a", "1"), ("b", "3")], ["SINGLE_CELL_DIFFERENCE"]),
        ([("a",), ("b",), ("c",)], [("a",), ("x",), ("y",)], ["RESULT_MISSING_ROWS", "RESULT_EXTRA_ROWS"]),
    ],
)
def test_the_reasons_say_in_what_two_results_differ(wanted, got, reasons):
    assert differences(wanted, got) == reasons


class Slow:
    """An engine that answers when it is let go."""

    def __init__(self):
        self.go = threading.Event()

    def ask(self, *_):
        self.go.wait()
        return SimpleNamespace(sql="SELECT 1", text="", route="", bound=(), definite=None)


@pytest.fixture
def workspace(tmp_path):
    settings = Settings(data=tmp_path, host="http://127.0.0.1:1", token="t", control_token="c")
    workspaces = Workspaces(settings)
    yield workspaces.named("default")
    workspaces.close()


@pytest.fixture
def space_id(workspace):
    questions = [
        {"id": n * 32, "question": [f"{n}?"], "answer": [{"format": "SQL", "content": [sql]}]}
        for n, sql in (("a", "SELECT 1"), ("b", "SELECT 2"))
    ]
    told = json.dumps({"version": 2, "data_sources": {"tables": []}, "benchmarks": {"questions": questions}})
    return GenieStore(workspace).create_space(NewSpace(warehouse_id="w", serialized_space=told)).space_id


@pytest.fixture
def slow(workspace, monkeypatch):
    engine = Slow()
    monkeypatch.setattr(workspace.engine(Understanding), "engine", lambda *_: engine)
    yield engine
    engine.go.set()


def test_a_long_run_is_seen_running_and_then_done(workspace, space_id, slow):
    evals = EvalStore(workspace)
    begun = evals.create_run(space_id, None, patience=0)
    slow.go.set()
    workspace.engine(EvalThreads).wait(f"{space_id}/{begun.eval_run_id}", None)

    done = evals.get_run(space_id, begun.eval_run_id)
    assert (begun.eval_run_status, begun.num_done, begun.num_questions) == ("RUNNING", 0, 2)
    assert (done.eval_run_status, done.num_done, done.num_correct) == ("DONE", 2, 1)


def test_a_run_that_the_end_of_the_sandbox_cut_off_has_failed(workspace, space_id, slow):
    begun = EvalStore(workspace).create_run(space_id, None, patience=0)
    threads = workspace.engine(EvalThreads)
    threads.stopped.set()
    slow.go.set()
    threads.close()

    found = EvalStore(workspace).list_runs(space_id, None, None).eval_runs
    assert [(run.eval_run_id, run.eval_run_status) for run in found] == [(begun.eval_run_id, "EVALUATION_FAILED")]


def test_a_run_left_by_a_sandbox_that_was_killed_has_failed(workspace, space_id, slow):
    evals = EvalStore(workspace)
    begun = evals.create_run(space_id, None, patience=0)
    left = begun.model_copy(update={"eval_run_id": "left"})
    workspace.collection("genie_eval_runs", EvalRun, "Eval run").put(f"{space_id}/left", left)

    assert evals.get_run(space_id, "left").eval_run_status == "EVALUATION_FAILED"
    assert evals.get_run(space_id, begun.eval_run_id).eval_run_status == "RUNNING"
