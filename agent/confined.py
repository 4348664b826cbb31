"""Files are read in a child process, because a parser is where a hostile file bites: time and memory are bounded."""

import json
import logging
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from agent.reading import Reading, Recipe, read, unreadable

SECONDS = 60.0
MEMORY_MB = 1024
_LENGTH = struct.Struct("!Q")
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from agent.confined import serve; serve()"


class Confined:
    """One child at a time, started when the first file comes and again after one that it did not survive."""

    def __init__(self, recipe: Recipe, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> None:
        self._recipe, self._seconds, self._memory_mb = recipe, seconds, memory_mb
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of the child, if there is one."""
        return self._child.pid if self._child else None

    def read(self, path: str, content: bytes) -> Reading:
        """Of a file that takes too long or too much memory, only that."""
        child = self._child = self._child or self._started()
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            return _asked(child, path, content)
        except (EOFError, BrokenPipeError):
            self.close()
            reason = f"takes longer than {self._seconds:g} s" if late.is_set() else "its parser broke down over it"
            return unreadable(path, reason, self._recipe, again=True)
        finally:
            timer.cancel()

    def close(self) -> None:
        """Ends the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        told = {"recipe": self._recipe.told(), "seconds": self._seconds, "memory_mb": self._memory_mb}
        words = [sys.executable, "-c", _START, json.dumps(sys.path), json.dumps(told)]
        return subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )


def _asked(child: subprocess.Popen[bytes], path: str, content: bytes) -> Reading:
    assert child.stdin is not None
    assert child.stdout is not None
    _send(child.stdin, path.encode(errors="surrogatepass"), content)
    return Reading.heard(_received(child.stdout).decode())


def serve() -> None:
    """The child: a path and a content in, a reading out, until there is no more."""
    told = json.loads(sys.argv[2])
    recipe = Recipe.heard(told["recipe"])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    logging.disable()
    _bound_memory(told["memory_mb"])
    with suppress(EOFError):
        while True:
            path, content = _received(sys.stdin.buffer).decode(errors="surrogatepass"), _received(sys.stdin.buffer)
            _bound_time(told["seconds"])
            _send(answers, _read(path, content, recipe, told["memory_mb"]).told().encode())


def _read(path: str, content: bytes, recipe: Recipe, memory_mb: int) -> Reading:
    try:
        return read(path, content, recipe)
    except MemoryError:
        return unreadable(path, f"needs more than {memory_mb} MB of memory", recipe)
    except Exception as error:  # noqa: BLE001  # whatever a library raises over a file is said of that file
        return unreadable(path, f"its parser failed: {type(error).__name__}: {error}"[:300], recipe)


def _bound_memory(megabytes: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows; macOS ignores it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)


def _bound_time(seconds: float) -> None:
    """The parent ends what is late; this ends it when the parent is gone."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _send(pipe: IO[bytes], *messages: bytes) -> None:
    for message in messages:
        pipe.write(_LENGTH.pack(len(message)))
        pipe.write(message)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes:
    """Raises: EOFError"""
    length = _exactly(pipe, _LENGTH.size)
    return _exactly(pipe, _LENGTH.unpack(length)[0])


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
