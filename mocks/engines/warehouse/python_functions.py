"""Python functions of Unity Catalog: registered with DuckDB, computed by confined processes that are kept warm."""

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.warehouse import python_worker
from mocks.engines.warehouse.duck import Duck
from mocks.engines.warehouse.python_worker import SECONDS, decoded, encoded
from mocks.engines.warehouse.sql_error import SqlError

IDLE = 4
LARGEST_ANSWER = 64 * 1024 * 1024
# Nothing of our own environment; numerical libraries must not start threads under the limits of the worker.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}


class WorkerError(Exception):
    """The worker ended or took too long; the message says which."""


class Worker:
    """One confined process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", python_worker.__file__],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )

    def ask(self, call: dict[str, Any], seconds: float = SECONDS) -> dict[str, Any]:
        """The answer to one call.

        Raises: WorkerError
        """
        line, deadline = json.dumps(call).encode() + b"\n", time.monotonic() + seconds
        assert self._process.stdin is not None
        sending = threading.Thread(target=self._send, args=(line,), daemon=True)
        sending.start()
        answer: dict[str, Any] = json.loads(self._line(deadline, seconds))
        sending.join()
        return answer

    def close(self) -> None:
        """Kills the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _send(self, line: bytes) -> None:
        assert self._process.stdin is not None
        view = memoryview(line)
        try:
            while view:
                view = view[self._process.stdin.write(view) or 0 :]
        except (BrokenPipeError, ValueError):  # it ended or was killed; whoever reads its answer says so
            return

    def _line(self, deadline: float, seconds: float) -> bytes:
        assert self._process.stdout is not None
        out, found = self._process.stdout.fileno(), bytearray()
        while not found.endswith(b"\n"):
            ready, _, _ = select.select([out], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise WorkerError(f"TimeoutError: it ran longer than {seconds:g} seconds")
            block = os.read(out, 1024 * 1024)
            if not block:
                raise WorkerError("the process ended: it used too much memory or time, or stopped itself")
            found += block
            if len(found) > LARGEST_ANSWER:
                raise WorkerError(f"the answer exceeds {LARGEST_ANSWER} bytes")
        return bytes(found)


class PythonFunctions:
    """The functions of one workspace that DuckDB can call, and the processes that compute them."""

    def __init__(self, workspace: Workspace) -> None:
        self._duck = workspace.engine(Duck)
        self._idle: list[tuple[str, Worker]] = []
        self._lock = threading.Lock()

    def register(self, name: str, told: dict[str, Any]) -> None:
        """Lets DuckDB call the function under the name in its details."""
        from mocks.engines.translating import dialect

        parameters = [parameter["name"] for parameter in told["parameters"]]
        types = [dialect.type_for_duck(parameter["sql_type"]) for parameter in told["parameters"]]
        returned = dialect.type_for_duck(told["full_data_type"])
        compute = self._computing(name, told["routine_definition"], parameters, returned)
        self._duck.register(told["udf"], compute, types, returned)

    def execute(self, code: str) -> dict[str, Any]:
        """What a script prints, or its error; each script gets a process of its own.

        Raises: WorkerError
        """
        worker = Worker()
        try:
            return worker.ask({"code": code})
        finally:
            worker.close()

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            for _, worker in self._idle:
                worker.close()
            self._idle.clear()

    def _computing(self, name: str, body: str, parameters: Sequence[str], returned: str) -> Callable[..., Any]:
        def compute(*columns: Any) -> Any:  # DuckDB evaluates these annotations
            import pyarrow as pa

            from mocks.engines.metastore.tables import duck_type
            from mocks.engines.warehouse.cells import arrow_type

            rows = (
                list(zip(*(column.to_pylist(maps_as_pydicts="strict") for column in columns), strict=True))
                if columns
                else [()]
            )
            values = self._values(name, body, parameters, rows)
            try:
                return pa.array(values, arrow_type(duck_type(returned)))
            except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
                raise failed(name, f"the value does not fit the return type {returned}: {error}") from None

        return compute

    def _values(self, name: str, body: str, parameters: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Any]:
        call = {"source": body, "parameters": parameters, "rows": [[encoded(cell) for cell in row] for row in rows]}
        worker = self._taken(name)
        try:
            answer = worker.ask(call)
        except WorkerError as error:
            worker.close()
            raise failed(name, str(error)) from None
        self._give_back(name, worker)
        if "error" in answer:
            raise failed(name, answer["error"], answer["trace"])
        return [decoded(value) for value in answer["values"]]

    def _taken(self, name: str) -> Worker:
        """A warm worker that has computed only this function, or a new one."""
        with self._lock:
            for at, (owner, worker) in enumerate(self._idle):
                if owner == name:
                    del self._idle[at]
                    return worker
        return Worker()

    def _give_back(self, name: str, worker: Worker) -> None:
        with self._lock:
            self._idle.append((name, worker))
            surplus = self._idle.pop(0)[1] if len(self._idle) > IDLE else None
        if surplus is not None:
            surplus.close()


def failed(name: str, error: str, trace: str = "") -> SqlError:
    """A body raised, or its process was stopped; worded as the real service does."""
    text = f"Execution of function {name} failed.\n== Error ==\n{error}" + (
        f"\n== Stacktrace ==\n{trace}" * bool(trace)
    )
    return SqlError("UDF_USER_CODE_ERROR.GENERIC", text, "39000")
