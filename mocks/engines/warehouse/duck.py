"""The DuckDB file of a workspace: locked down, one cursor per statement, every execution stoppable."""

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.names import literal
from mocks.engines.warehouse.blank import Blank
from mocks.engines.warehouse.sql_error import Cancelled, SqlError, timed_out

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

TICK = 0.05
DATABASE = "warehouse."
# From SQL nothing can be reached but the database itself: no path, no URL, no extension, no other database.
LOCKED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    "threads": "2",
}
PREPARE = (
    "LOAD icu",
    "SET TimeZone = 'UTC'",
    "SET allowed_configs = ['TimeZone']",
    "SET lock_configuration = true",
)


class Running:
    """An execution that another thread may stop."""

    def __init__(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self.seconds = seconds
        self.stopped: SqlError | None = None
        self.cursor: Cursor | None = None
        self.time_zone: str | None = None

    def cancel(self) -> None:
        """Stops it at the next moment DuckDB can be interrupted."""
        self._stop(Cancelled("The statement was canceled."))

    def check(self) -> None:
        """Raises: SqlError"""
        if self.stopped:
            raise self.stopped

    def press(self) -> None:
        """Called again and again by the watch, since DuckDB forgets an interrupt that comes before the query begins."""
        if time.monotonic() > self.deadline:
            self._stop(timed_out(self.seconds))
        if self.stopped and self.cursor is not None:
            self.cursor.interrupt()

    def limit(self, seconds: float) -> None:
        """Lets it run no longer than that from now, unless it may run shorter anyway."""
        if time.monotonic() + seconds < self.deadline:
            self.deadline, self.seconds = time.monotonic() + seconds, seconds

    def _stop(self, why: SqlError) -> None:
        self.stopped = self.stopped or why


@dataclass(frozen=True)
class Run:
    """What belongs to one run of a statement: the values of its parameters, the handle that stops it, its limits.

    `arrays` are fields that an earlier try found to be asked of arrays of structs.
    """

    values: Mapping[str, str | None]
    running: Running
    row_limit: int | None = None
    read_only: bool = False
    arrays: tuple[tuple[str, str], ...] = ()


class Watch:
    """One thread that looks after all executions."""

    def __init__(self) -> None:
        self._running: set[Running] = set()
        self._changed = threading.Condition()
        self._closed = False
        threading.Thread(target=self._loop, name="sql-watch", daemon=True).start()

    @contextlib.contextmanager
    def over(self, running: Running, cursor: "Cursor") -> Iterator[None]:
        """Watches while the block runs."""
        running.cursor = cursor
        with self._changed:
            self._running.add(running)
            self._changed.notify()
        try:
            running.check()
            yield
        finally:
            with self._changed:
                self._running.discard(running)
                running.cursor = None

    def close(self) -> None:
        """Ends the thread."""
        with self._changed:
            self._closed = True
            for running in self._running:
                running.cancel()
                running.press()
            self._changed.notify()

    def _loop(self) -> None:
        while not self._closed:
            with self._changed:
                if not self._running:
                    self._changed.wait()
                for running in self._running:
                    running.press()
            time.sleep(TICK)


class Duck:
    """The database of one workspace; statements of several threads read at once and write in turn."""

    def __init__(self, workspace: Workspace) -> None:
        import duckdb

        self._folder, self._blank = workspace.folder, workspace.shared(Blank)
        file = self._folder / f"{DATABASE}duckdb"
        self.is_new = not file.exists()
        if self.is_new:
            self._blank.begin(file)
        self._database = duckdb.connect(str(file), config=dict(LOCKED))
        for statement in PREPARE:
            self._database.execute(statement)
        self._writing, self._registering = threading.Lock(), threading.Lock()
        self._watch, self._open = Watch(), contextlib.ExitStack()

    @contextlib.contextmanager
    def reading(self, running: Running | None = None, read_only: bool = False) -> Iterator["Cursor"]:
        """A cursor of its own; in a read-only transaction DuckDB itself refuses every write."""
        with self._cursor(running) as cursor:
            if read_only:
                cursor.execute("BEGIN TRANSACTION READ ONLY")
            yield cursor

    @contextlib.contextmanager
    def writing(self, running: Running | None = None) -> Iterator["Cursor"]:
        """A transaction, committed if the block ends well; writers queue, so none ever meets a conflict."""
        with self._turn(running), self._cursor(running) as cursor:
            cursor.execute("BEGIN TRANSACTION")
            yield cursor
            cursor.execute("COMMIT")

    def copy_to(self, folder: Path) -> None:
        """Copies the database while nobody writes; DuckDB reads a file with its log as after a crash."""
        with self._turn(None):
            for suffix in ("duckdb", "duckdb.wal"):
                if (file := self._folder / f"{DATABASE}{suffix}").exists():
                    shutil.copyfile(file, folder / file.name)

    def keep_as_blank(self) -> None:
        """Lets the databases that are still to be made begin as this one is now."""
        with self._turn(None), self._cursor(None) as cursor:
            cursor.execute("CHECKPOINT")
            # Closed with the database only: a process that closes a file lets go of DuckDB's lock on it.
            file = self._open.enter_context((self._folder / f"{DATABASE}duckdb").open("rb"))
            self._blank.content = file.read()

    def register(self, name: str, compute: Callable[..., Any], parameters: Sequence[str], returned: str) -> None:
        """Makes a function of Python callable from SQL: it gets Arrow columns, or nothing, and gives one."""
        from duckdb import sqltype
        from duckdb.func import ARROW, NATIVE, SPECIAL

        def compute_one() -> Any:
            return compute()[0].as_py()

        told: Any = compute if parameters else compute_one
        if parameters:  # DuckDB counts the parameters of what it is given
            positions = [Parameter(f"p{at}", Parameter.POSITIONAL_ONLY) for at in range(len(parameters))]
            told.__signature__ = Signature(positions)
        kinds: list[Any] = [sqltype(kind) for kind in parameters]
        sort = ARROW if parameters else NATIVE
        with self._registering:
            self._database.create_function(name, told, kinds, sqltype(returned), type=sort, null_handling=SPECIAL)

    def close(self) -> None:
        """Stops what runs and closes the file."""
        self._watch.close()
        with self._writing, self._open:
            self._database.close()

    @contextlib.contextmanager
    def _cursor(self, running: Running | None) -> Iterator["Cursor"]:
        with contextlib.closing(self._database.cursor()) as cursor, contextlib.ExitStack() as stack:
            if running is not None:
                stack.enter_context(self._watch.over(running, cursor))
                if running.time_zone is not None:
                    cursor.execute(f"SET SESSION TimeZone = {literal(running.time_zone)}")
            yield cursor  # closing a cursor rolls back what it has not committed

    @contextlib.contextmanager
    def _turn(self, running: Running | None) -> Iterator[None]:
        while not self._writing.acquire(timeout=TICK):
            if running is not None:
                running.press()
                running.check()
        try:
            yield
        finally:
            self._writing.release()
