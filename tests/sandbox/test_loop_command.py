"""`sandbricks loop` on a project that follows the layout."""

import sys

import pytest

LOOP = """
import sys
from databricks.sdk import WorkspaceClient
w = WorkspaceClient()
warehouse = next(iter(w.warehouses.list())).id
def answered(sql):
    return w.statement_execution.execute_statement(sql, warehouse).result.data_array[0][0]
baseline = answered("SELECT COUNT(*) FROM main.shop.orders")
candidate = answered(f"SELECT SUM({sys.argv[1]}) FROM main.shop.orders")
print("baseline", baseline, "candidate", candidate)
sys.exit(0 if baseline != "7" == candidate else 1)
"""


@pytest.fixture
def project(shell):
    package = shell.project / "agent" / "loop"
    data = shell.project / "agent" / "data" / "tables"
    for folder in (package, data):
        folder.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (package / "__main__.py").write_text(LOOP)
    (data / "orders.csv").write_text("id,amount\n1,3\n2,4\n")
    (data.parent / "seed.yaml").write_text("catalog: main\nschema: shop\nvolume: raw\n")
    return shell


@pytest.mark.parametrize(("column", "told", "code"), [("amount", "candidate 7", 0), ("id", "candidate 3", 1)])
def test_a_foreign_projects_loop_runs_on_its_own_tables_and_decides_the_exit_code(project, column, told, code):
    walked = project.run("loop", "--python", sys.executable, column)

    assert f"baseline 2 {told}" in walked.stdout, walked.stderr
    assert walked.returncode == code


def test_it_is_the_projects_loop_from_wherever_in_the_project(project):
    (project.project / "pyproject.toml").touch()
    below = project.project / "agent" / "data"
    walked = project.run("--project", str(project.project), "loop", "--python", sys.executable, "amount", cwd=below)

    assert walked.returncode == 0, walked.stderr


def test_a_project_without_a_loop_is_told_what_is_missing(shell):
    told = shell.run("loop")

    assert told.returncode == 1
    assert "There is no agent.loop" in told.stderr


def test_an_interpreter_that_is_not_there_is_named(project):
    told = project.run("loop", "--python", "no/such/python")

    assert told.returncode == 1
    assert "no/such/python" in told.stderr
