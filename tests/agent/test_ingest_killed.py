"""An ingest that is killed at any statement ends exact when it is run again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.ingest import ingest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def stalled(server, workspace):
    """Makes the client wait before a call, and says when it does."""

    def stall(operation, skip):
        match = {"workspace": workspace["name"], "operation": operation}
        told = {"match": match, "skip": skip, "times": 1, "error": {"status": 503, "retry_after": 3600}}
        made = server.control("POST", "/_sandbox/faults", told)["id"]
        return lambda: (
            [f["fired"] for f in server.control("GET", "/_sandbox/faults")["faults"] if f["id"] == made] == [1]
        )

    yield stall
    server.control("DELETE", f"/_sandbox/faults?workspace={workspace['name']}")


@pytest.fixture
def kill_an_ingest(server, workspace, stalled, tmp_path):
    def run(operation, skip):
        waits = stalled(operation, skip)
        names = {"DATABRICKS_HOST": server.host, "DATABRICKS_TOKEN": workspace["token"]}
        with (tmp_path / "log").open("w") as log:
            victim = subprocess.Popen(
                [sys.executable, "-m", "agent.ingest"], env=os.environ | names, cwd=ROOT, stderr=log
            )
            while not waits():
                assert victim.poll() is None, (tmp_path / "log").read_text()
            victim.kill()
            victim.wait()

    return run


@pytest.mark.parametrize(
    ("operation", "skip"),
    [
        ("execute_statement", 5),
        ("execute_statement", 7),
        ("execute_statement", 8),
        ("execute_statement", 9),
        ("sync_index", 0),
    ],
    ids=["removing", "between deleting and inserting chunks", "before the entries", "between entries", "sync"],
)
def test_a_killed_ingest_ends_exact_when_it_is_run_again(w, leases, kill_an_ingest, operation, skip):
    ingest(w, leases.settings)
    leases.put("AB-10.md", leases.lease(10, " And more."))
    leases.put("AB-12.md", leases.lease(12))
    leases.delete("AB-11.md")

    kill_an_ingest(operation, skip)

    report = ingest(w, leases.settings)
    expected = {"AB-10.md": "And more.", "AB-12.md": "$1012", "empty.md": "could not be read"}
    found = leases.contents()
    assert len(found) == report.chunks == 3
    assert all(any(p == path and words in content for p, content in found) for path, words in expected.items())
    assert w.vector_search_indexes.get_index(leases.settings.index_name).status.indexed_row_count == 3
