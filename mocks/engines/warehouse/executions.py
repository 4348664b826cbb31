"""Statements under way: run by threads, waited for, polled, canceled, and kept for a while with their results."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from mocks.core.errors import ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.statements.session_state import NEW, SessionState
from mocks.engines.warehouse.sql_warehouse import LONGEST, Cancelled, Parameter, Result, Running, SqlError, Warehouse

log = logging.getLogger("sandbricks.sql")
THREADS = 16
# The real service forgets a result an hour after its end; memory is dearer here, so the oldest go first.
KEPT, KEPT_BYTES = 1000, 512 * 1024 * 1024


class State(StrEnum):
    """The states of a statement."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELED = "CANCELED"
    CLOSED = "CLOSED"


@dataclass(frozen=True)
class Asked:
    """A statement, its setting, and the way in which its caller wants the result."""

    statement: str
    parameters: tuple[Parameter, ...] = ()
    catalog: str | None = None
    schema: str | None = None
    row_limit: int | None = None
    byte_limit: int | None = None
    read_only: bool = False
    disposition: str = "INLINE"
    format: str = "JSON_ARRAY"
    user: str | None = None
    warehouse_id: str | None = None
    ended: Callable[[Result], None] | None = None
    state: SessionState = NEW


class Execution:
    """One statement: its state, and in the end its result or its error."""

    def __init__(self, statement_id: str, asked: Asked, seconds: float = LONGEST) -> None:
        self.id, self.asked = statement_id, asked
        self.state = State.PENDING
        self.result: Result | None = None
        self.error: SqlError | None = None
        self.running = Running(seconds)
        self.fetched = 0
        self.started_ms, self.ended_ms = now_ms(), cast("int | None", None)
        self.driver: dict[str, Any] = {}
        self._ended = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Whether it ended in time."""
        return self._ended.wait(seconds)

    @property
    def size(self) -> int:
        """The bytes of the result."""
        return int(self.result.table.nbytes) if self.result else 0

    def end(self, found: Result | SqlError) -> None:
        """Ends it with what was found otherwise than by running a statement."""
        if isinstance(found, SqlError):
            self.error, self.state = found, State.FAILED
        else:
            self.result, self.state = found, State.SUCCEEDED
        self._ended.set()

    def run(self, warehouse: Warehouse) -> None:
        """Runs it to its end."""
        self.state = State.RUNNING
        try:
            self.running.check()
            asked = self.asked
            result = warehouse.run(
                asked.statement,
                parameters=asked.parameters,
                catalog=asked.catalog,
                schema=asked.schema,
                row_limit=asked.row_limit,
                read_only=asked.read_only,
                running=self.running,
                user=asked.user,
                state=asked.state,
            )
            if asked.ended is not None:
                asked.ended(result)
            self.result = _cut(result, asked.byte_limit)
            self.state = State.SUCCEEDED
        except Cancelled as why:
            self.error, self.state = why, State.CANCELED
        except SqlError as error:
            self.error, self.state = error, State.FAILED
        except Exception:
            log.exception("A statement failed by a fault of the sandbox.")
            self.error = SqlError("INTERNAL_ERROR", "The sandbox failed on this statement; its log says why.", "XX000")
            self.state = State.FAILED
            raise
        finally:
            self.ended_ms = now_ms()
            self._ended.set()


def now_ms() -> int:
    """The clock of the history."""
    return time.time_ns() // 1_000_000


def _cut(result: Result, limit: int | None) -> Result:
    """The rows that fit into the limit, all taken to be of the same length."""
    size = result.table.nbytes
    if limit is None or size <= limit:
        return result
    return replace(result, table=result.table.slice(0, result.table.num_rows * limit // size), truncated=True)


class Executions:
    """The statements of one workspace, from whichever API they come."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._warehouse = workspace, workspace.engine(Warehouse)
        self._threads = ThreadPoolExecutor(THREADS, "sql")
        self._kept: OrderedDict[str, Execution] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def ended(self, asked: Asked, found: Result | SqlError) -> Execution:
        """An operation that is no statement, with its result."""
        execution = Execution(self._workspace.new_uuid(), asked)
        execution.end(found)
        with self._lock:
            self._kept[execution.id] = execution
        return execution

    def submit(self, asked: Asked, seconds: float | None = None) -> Execution:
        """Starts a statement, or queues it behind those that run."""
        execution = Execution(self._workspace.new_uuid(), asked, min(seconds or LONGEST, LONGEST))
        with self._lock:
            self._kept[execution.id] = execution
        self._threads.submit(self._run, execution)
        return execution

    def get(self, statement_id: str) -> Execution:
        """The statement.

        Raises: ResourceDoesNotExist
        """
        with self._lock:
            found = self._kept.get(statement_id)
        if found is None:
            raise ResourceDoesNotExist(f"The statement {statement_id} was not found.")
        return found

    def all(self) -> list[Execution]:
        """Those that are kept, the oldest first."""
        with self._lock:
            return list(self._kept.values())

    def forget(self, statement_id: str) -> None:
        """Cancels the statement if it runs, and drops its result.

        Raises: ResourceDoesNotExist
        """
        self.get(statement_id).running.cancel()
        with self._lock:
            self._drop(statement_id)

    def close(self) -> None:
        """Stops what runs and waits for its threads."""
        with self._lock:
            for execution in self._kept.values():
                execution.running.cancel()
        self._threads.shutdown(cancel_futures=True)

    def _run(self, execution: Execution) -> None:
        execution.run(self._warehouse)
        with self._lock:
            if execution.id in self._kept:
                self._bytes += execution.size
                self._forget_oldest()

    def _forget_oldest(self) -> None:
        """Drops ended statements, the oldest first, until few enough are left."""
        for execution in list(self._kept.values()) if self._is_full() else ():
            if not self._is_full():
                return
            if execution.wait(0):
                self._drop(execution.id)

    def _is_full(self) -> bool:
        return len(self._kept) > KEPT or self._bytes > KEPT_BYTES

    def _drop(self, statement_id: str) -> None:
        dropped = self._kept.pop(statement_id, None)
        self._bytes -= dropped.size if dropped else 0
