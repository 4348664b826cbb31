"""Artifacts of runs, of every kind that the client knows, and of any size."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import pytest
from mlflow.exceptions import MlflowException

LARGE = 60_000_000  # over the 50 MB from which the SDK uploads in parts


@pytest.fixture
def run(m):
    with m.start_run() as run:
        yield run.info.run_id


def test_texts_dictionaries_tables_images_and_figures_come_back(m, run):
    m.log_text("grüße", "notes/a.txt")
    m.log_dict({"a": [1, None]}, "d.json")
    m.log_table(pd.DataFrame({"q": ["x", "y"]}), "t.json")
    m.log_image(np.zeros((4, 4, 3), dtype=np.uint8), "i.png")

    root = f"runs:/{run}"
    assert m.artifacts.load_text(f"{root}/notes/a.txt") == "grüße"
    assert m.artifacts.load_dict(f"{root}/d.json") == {"a": [1, None]}
    assert m.artifacts.load_image(f"{root}/i.png").size == (4, 4)
    assert list(m.load_table("t.json", run_ids=[run])["q"]) == ["x", "y"]


def test_a_folder_keeps_its_structure(m, run, tmp_path):
    (tmp_path / "out" / "deep").mkdir(parents=True)
    (tmp_path / "out" / "deep" / "ä b.bin").write_bytes(bytes(range(256)))
    (tmp_path / "out" / "empty.txt").touch()

    m.log_artifacts(str(tmp_path / "out"), "kept")

    listed = {one.path: (one.is_dir, one.file_size) for one in m.MlflowClient().list_artifacts(run, "kept")}
    assert listed == {"kept/deep": (True, None), "kept/empty.txt": (False, 0)}
    back = m.artifacts.download_artifacts(run_id=run, artifact_path="kept", dst_path=str(tmp_path / "back"))
    assert (tmp_path / "back" / "kept" / "deep" / "ä b.bin").read_bytes() == bytes(range(256)), back


def test_a_file_over_fifty_megabytes_comes_back_unchanged(m, run, tmp_path):
    large = tmp_path / "large.bin"
    large.write_bytes(np.random.default_rng(1).bytes(LARGE))

    m.log_artifact(str(large))

    back = m.artifacts.download_artifacts(run_id=run, artifact_path="large.bin", dst_path=str(tmp_path / "back"))
    with open(back, "rb") as got, large.open("rb") as put:
        assert hashlib.file_digest(got, "sha256").digest() == hashlib.file_digest(put, "sha256").digest()


def test_a_gigabyte_goes_in_and_out_while_no_process_of_the_sandbox_holds_it(m, run, server, tmp_path):
    huge, processes = tmp_path / "huge.bin", [psutil.Process(server.pid)]
    processes += processes[0].children(recursive=True)
    with huge.open("wb") as file:
        file.truncate(1024**3)
    for process in processes:
        Path(f"/proc/{process.pid}/clear_refs").write_text("5")  # the peak counts from here
    before = [process.memory_info().rss for process in processes]

    m.log_artifact(str(huge))
    back = Path(m.artifacts.download_artifacts(run_id=run, artifact_path="huge.bin", dst_path=str(tmp_path / "back")))

    assert back.stat().st_size == 1024**3
    assert max(_peak(one) - was for one, was in zip(processes, before, strict=True)) < 200_000_000


def _peak(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def test_an_artifact_is_written_over_and_the_new_one_counts(m, run):
    m.log_text("old", "a.txt")

    m.log_text("new", "a.txt")

    assert m.artifacts.load_text(f"runs:/{run}/a.txt") == "new"


def test_a_missing_artifact_is_refused(m, run):
    with pytest.raises((MlflowException, OSError)):
        m.artifacts.download_artifacts(run_id=run, artifact_path="none.txt")


def test_the_client_without_the_sdk_reads_and_writes_the_same(m, run, monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_DB_SDK", "false")

    m.log_text("plain", "a.txt")
    m.log_metric("x", 1)

    assert m.artifacts.load_text(f"runs:/{run}/a.txt") == "plain"
    assert m.get_run(run).data.metrics == {"x": 1.0}
