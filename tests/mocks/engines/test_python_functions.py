"""Functions in Python across a restart, and the processes that compute them."""

import psutil
import pytest

from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.python_functions import IDLE, PythonFunctions, Worker, WorkerError
from mocks.engines.warehouse.sql_warehouse import Warehouse

MAKE = "CREATE FUNCTION {0}(x INT) RETURNS INT LANGUAGE PYTHON AS $$ return x + 1 $$"


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


def workers():
    children = psutil.Process().children(recursive=True)
    return [child for child in children if any("python_worker" in word for word in child.cmdline())]


def test_functions_and_what_calls_them_work_after_a_restart(settings):
    first = Workspaces(settings)
    for statement in (MAKE.format("f"), "CREATE VIEW v AS SELECT f(1) AS n"):
        first.named(DEFAULT).engine(Warehouse).run(statement)
    first.close()

    second = Workspaces(settings)
    warehouse = second.named(DEFAULT).engine(Warehouse)
    found = warehouse.run("SELECT n, f(41) FROM v").rows()
    second.close()

    assert found == [["2", "42"]]


def test_only_a_few_processes_are_kept_and_none_outlives_the_workspace(settings):
    workspaces = Workspaces(settings)
    warehouse = workspaces.named(DEFAULT).engine(Warehouse)
    for number in range(IDLE + 2):
        warehouse.run(MAKE.format(f"f{number}"))
        assert warehouse.run(f"SELECT f{number}(1)").rows() == [["2"]]
    kept = len(workers())

    workspaces.close()

    assert kept == IDLE
    assert workers() == []


def test_a_body_that_does_not_end_is_stopped(worker):
    with pytest.raises(WorkerError, match="ran longer"):
        worker.ask({"source": "while True: pass", "parameters": [], "rows": [[]]}, seconds=0.5)


def test_a_worker_ends_when_nobody_can_ask_it_any_more():
    worker = Worker()
    process = psutil.Process(worker._process.pid)

    worker._process.stdin.close()

    assert process.wait(10) is not None
    worker.close()


def test_a_failed_call_leaves_the_next_one_unharmed(worker):
    failing = worker.ask({"source": "return 1 / 0", "parameters": [], "rows": [[]]})
    working = worker.ask({"source": "return 1", "parameters": [], "rows": [[]]})

    assert failing["error"] == "ZeroDivisionError: division by zero"
    assert working["values"] == [1]


def test_scripts_share_nothing(engines):
    functions = engines.engine(PythonFunctions)
    functions.execute("import builtins; builtins.left = 1")

    assert "NameError" in functions.execute("print(left)")["error"]
