"""Files read by the tasks of a Spark job, as on a cluster: `make spark`.

The nodes see the volume below a folder, as those of Databricks see it below /Volumes.
"""

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.service.catalog import VolumeType
from pyspark.sql import SparkSession

from agent.ingest import ingest
from agent.readers import OnSpark
from agent.reading import Recipe, read
from agent.settings import Settings
from agent.volume import File
from agent.warehouse import Warehouse

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "agent/data/sharepoint"
SOME = sorted((DOCUMENTS / "Amendments").glob("GGA-01*"))


@pytest.fixture(scope="session", autouse=True)
def spark():
    os.environ |= {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}  # a cluster has the package installed
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }
    builder = SparkSession.builder.master("local[2]").appName("ingest")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def mounted(tmp_path):
    """Puts files where the nodes see the volume; gives the agent's settings."""
    settings = replace(Settings.load(), reader="spark", volumes_root=str(tmp_path))

    def mount(**files):
        folder = Path(f"{tmp_path}{settings.volume_path}")
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return settings, [File(f"{settings.volume_path}/{name}", len(content), 0) for name, content in files.items()]

    return mount


def test_the_nodes_make_the_same_chunks_of_all_reference_documents_as_one_machine(mounted):
    sources = [path for path in DOCUMENTS.rglob("*") if path.is_file()]
    settings, files = mounted(**{str(path.relative_to(DOCUMENTS)): path.read_bytes() for path in sources})

    made = {reading.path: reading for reading in OnSpark(None, settings).read(files)}

    recipe = Recipe.of(settings)
    expected = [read(file.path, Path(f"{settings.volumes_root}{file.path}").read_bytes(), recipe) for file in files]
    assert len(made) == 81
    assert made == {reading.path: reading for reading in expected}


def test_what_a_node_cannot_read_is_told_and_harms_no_other_file(mounted):
    settings, files = mounted(**{"a.docx": b"no zip", "b.txt": b"Fine."})

    made = {r.path.rpartition("/")[2]: r for r in OnSpark(None, settings).read([*files, File("/gone.txt", 1, 0)])}

    assert set(made) == {"a.docx", "b.txt"}
    assert "damaged DOCX" in made["a.docx"].reason
    assert made["b.txt"].status == "executed"


def test_the_driver_takes_the_readings_of_one_job_at_a_time(mounted, spark, monkeypatch):
    monkeypatch.setattr(OnSpark, "files_per_job", 2)
    settings, files = mounted(**{f"{number}.txt": b"Fine." for number in range(5)})
    jobs = spark.sparkContext.statusTracker().getJobIdsForGroup
    readings = OnSpark(None, settings).read(files)

    before, _, after_first = len(jobs()), next(readings), len(jobs())

    rest = list(readings)
    assert (len(rest), len({reading.path for reading in rest})) == (4, 4)
    assert before < after_first < len(jobs())


def test_the_same_entry_point_ingests_with_spark_what_it_ingests_without(mounted):
    w = WorkspaceClient()
    assert "127.0.0.1" in w.config.host, "this test writes; it runs against a sandbox only"
    settings, _ = mounted(**{path.name: path.read_bytes() for path in SOME})
    w.schemas.create(settings.schema, settings.catalog)
    w.volumes.create(settings.catalog, settings.schema, settings.volume, VolumeType.MANAGED)
    for path in SOME:
        w.files.upload(f"{settings.volume_path}/{path.name}", io.BytesIO(path.read_bytes()))

    with_spark = ingest(w, settings)
    again_without = ingest(w, replace(settings, reader="here"))

    rows = Warehouse(w, settings).run(f"SELECT count(DISTINCT doc_uri) FROM {settings.chunks_table}")
    assert (with_spark.read, with_spark.written, int(rows[0][0])) == (len(SOME),) * 3
    assert again_without.written == 0
