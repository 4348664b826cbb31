"""The process that runs scorers, when it does not do what it should."""

import socket

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.scorers import bench
from mocks.scorers.bench import Bench, BenchError

TASK = {"trace_id": "tr-1", "experiment_id": "1", "scorers": []}


@pytest.fixture
def silent(tmp_path):
    """A bench whose gateway takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"http://127.0.0.1:{listening.getsockname()[1]}"
        workspaces = Workspaces(Settings(data=tmp_path, host=host, token="dapi0", control_token="c"))
        made = Bench(workspaces.named(DEFAULT))
        yield made
        made.stop()
        workspaces.close()


def test_a_process_that_does_not_answer_in_time_is_killed(silent, monkeypatch):
    monkeypatch.setattr(bench, "_GRACE", 0.2)

    with pytest.raises(BenchError, match=r"did not answer within 0\.3 s"):
        silent.score(TASK, limit=0.1)

    assert not silent.running


def test_a_process_that_cannot_start_says_why(silent, monkeypatch):
    monkeypatch.setattr(bench, "_environment", lambda *_: {"PYTHONHOME": "/nowhere"})

    with pytest.raises(BenchError, match="does not start"):
        silent.score(TASK)

    assert not silent.running
