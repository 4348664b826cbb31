"""`sandbricks loop` on a project that follows the layout."""

import sys

import pytest

LOOP = """
import sys
from databricks.sdk import WorkspaceClient
w = WorkspaceClient()
print("tables", [table.name for table in w.tables.list("main", "shop")])
print("told", sys.argv[1:])
sys.exit(3)
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
    (data / "orders.csv").write_text("id\n1\n")
    (data.parent / "seed.yaml").write_text("catalog: main\nschema: shop\nvolume: raw\n")
    return shell


def test_it_runs_the_projects_loop_with_its_seed_and_gives_its_exit_code(project):
    told = project.run("loop", "--python", sys.executable, "--questions", "Q1")

    assert "tables ['orders']" in told.stdout, told.stderr
    assert "told ['--questions', 'Q1']" in told.stdout
    assert told.returncode == 3


def test_a_project_without_a_loop_is_told_what_is_missing(shell):
    told = shell.run("loop")

    assert told.returncode == 1
    assert "There is no agent.loop" in told.stderr
