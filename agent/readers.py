"""Who reads the files: this machine, or the nodes of a Spark cluster; both with the same function."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound, PermissionDenied

from agent import volume
from agent.confined import Confined
from agent.reading import Reading, Recipe, unreadable
from agent.settings import Settings
from agent.volume import File

if TYPE_CHECKING:
    import pandas as pd

MAX_FILE_MB = 100
_SCHEMA = "reading string"
_FILES_PER_TASK, _TASKS_AT_ONCE = 20, 32


class Reader(Protocol):
    """Readings come in any order; a file that is gone by then gives none."""

    def read(self, files: Sequence[File]) -> Iterator[Reading]: ...


class Here:
    """Reads through the Files API, one file after the other."""

    def __init__(self, w: WorkspaceClient, settings: Settings) -> None:
        self._w, self._recipe = w, Recipe.of(settings)

    def read(self, files: Sequence[File]) -> Iterator[Reading]:
        with Confined(self._recipe) as confined:
            yield from _readings(
                ((f.path, f.size) for f in files), partial(volume.read, self._w), confined, self._recipe
            )


class OnSpark:
    """Reads where the volumes are mounted on each node, as on Databricks below /Volumes."""

    files_per_job = _FILES_PER_TASK * _TASKS_AT_ONCE

    def __init__(self, _: WorkspaceClient, settings: Settings) -> None:
        self._recipe, self._root = Recipe.of(settings), settings.volumes_root

    def read(self, files: Sequence[File]) -> Iterator[Reading]:
        """Job by job: the tasks of one read side by side, and the driver holds the readings of one and no more."""
        from pyspark.sql import SparkSession

        spark = SparkSession.builder.getOrCreate()
        task = partial(on_node, recipe=self._recipe.told(), root=self._root)
        for start in range(0, len(files), self.files_per_job):
            rows = [(file.path, file.size) for file in files[start : start + self.files_per_job]]
            frame = spark.createDataFrame(rows, "path string, size long").repartition(-(-len(rows) // _FILES_PER_TASK))
            for row in frame.mapInPandas(task, _SCHEMA).collect():
                yield Reading.heard(row["reading"])


READERS: dict[str, Callable[[WorkspaceClient, Settings], Reader]] = {"here": Here, "spark": OnSpark}


def reader(w: WorkspaceClient, settings: Settings) -> Reader:
    """The one of the settings.

    Raises: ValueError
    """
    if settings.reader not in READERS:
        raise ValueError(f"Unknown reader {settings.reader!r}; there are {', '.join(READERS)}.")
    return READERS[settings.reader](w, settings)


def on_node(frames: "Iterable[pd.DataFrame]", recipe: str, root: str) -> "Iterator[pd.DataFrame]":
    """A task of the Spark job: a frame of paths and sizes in, a frame of one reading out for each."""
    import pandas as pd

    how = Recipe.heard(recipe)
    with Confined(how) as confined:
        for frame in frames:
            files = zip(frame["path"], frame["size"], strict=True)
            for reading in _readings(files, lambda path: Path(f"{root}{path}").read_bytes(), confined, how):
                yield pd.DataFrame({"reading": [reading.told()]})


def _readings(
    files: Iterable[tuple[str, int]], fetch: Callable[[str], bytes], confined: Confined, recipe: Recipe
) -> Iterator[Reading]:
    for path, size in files:
        if size > MAX_FILE_MB * 1024 * 1024:
            yield unreadable(path, f"larger than {MAX_FILE_MB} MB", recipe)
            continue
        try:
            content = fetch(path)
        except (NotFound, FileNotFoundError):
            continue
        except (PermissionDenied, PermissionError):
            yield unreadable(path, "not allowed to read it", recipe, again=True)
            continue
        yield confined.read(path, content)
