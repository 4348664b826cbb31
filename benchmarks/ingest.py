"""How long the agent's documents take from a volume to a searchable index, against embedding their chunks alone."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.service.catalog import VolumeType

from agent.ingest import ingest
from agent.settings import Settings
from agent.warehouse import Warehouse
from benchmarks.figures import Figure
from benchmarks.running import Running
from mocks.core.settings import Settings as Sandbox
from mocks.engines.embedding.embedder import Embedder

DOCUMENTS = Path(__file__).parents[1] / "agent" / "data" / "sharepoint"
RUNS = 3


def measure(running: Running) -> Iterator[Figure]:
    """Each run in a schema of its own, with the pure embedding of the same chunks right after it."""
    running.seconds_to_ready()
    w = WorkspaceClient(config=Config(host=running.host, token=running.token, auth_type="pat"))
    embedder = Embedder(Sandbox(data=running.home, host=running.host, token="", control_token=""))
    pairs = [_pair(w, embedder, replace(Settings.load(), schema=f"bench_{number}")) for number in range(RUNS)]
    whole, alone, again = zip(*pairs, strict=True)
    yield Figure(f"ingest of 81 files, median of {RUNS}", median(whole), "s")
    yield Figure(f"pure embedding of their chunks, median of {RUNS}", median(alone), "s")
    ratios = [one / other for one, other in zip(whole, alone, strict=True)]
    yield Figure(f"ingest to pure embedding, median of {RUNS}", median(ratios), "times", 1.2)
    yield Figure(f"ingest of 81 unchanged files, median of {RUNS}", median(again), "s")


def _pair(w: WorkspaceClient, embedder: Embedder, settings: Settings) -> tuple[float, float, float]:
    """Seconds of an ingest, of embedding its chunks, and of an ingest of the same files again."""
    _upload(w, settings)
    whole = _seconds(lambda: ingest(w, settings))
    rows = Warehouse(w, settings).run(f"SELECT content FROM {settings.chunks_table}")
    alone = _seconds(lambda: embedder.encode([str(row[0]) for row in rows]))
    ingest(w, settings)  # what was uploaded within two seconds of the first is read once more
    return whole, alone, _seconds(lambda: ingest(w, settings))


def _upload(w: WorkspaceClient, settings: Settings) -> None:
    w.schemas.create(settings.schema, settings.catalog)
    w.volumes.create(settings.catalog, settings.schema, settings.volume, VolumeType.MANAGED)
    for path in DOCUMENTS.rglob("*"):
        if path.is_file():
            name = path.relative_to(DOCUMENTS)
            w.files.upload(f"{settings.volume_path}/{name}", io.BytesIO(path.read_bytes()))


def _seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
