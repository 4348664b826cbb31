"""Runs bodies of Python functions in a process of its own: no network, no files, no children, little memory.

Started as `python -I python_worker.py` with an empty environment; reads one JSON line per call and answers with one.
"""

import ast
import base64
import contextlib
import ctypes
import io
import json
import os
import resource
import sys
import textwrap
import traceback
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

SECONDS = 30
MEMORY = 1024 * 1024 * 1024
FILE = "<udfbody>"
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_READABLE = (sys.prefix, sys.base_prefix, "/usr/share/zoneinfo", "/usr/lib", "/lib", "/dev/null", "/dev/urandom")
_REFUSED = ("socket.", "subprocess.", "ctypes.", "shutil.", "pty.", "ftplib.", "urllib.", "smtplib.", "webbrowser.")
_REFUSED_EXACTLY = {f"os.{name}" for name in ("system", "exec", "fork", "forkpty", "posix_spawn", "spawn", "kill")} | {
    *(f"os.{name}" for name in ("remove", "rename", "mkdir", "rmdir", "link", "symlink", "truncate", "chmod", "chown")),
    *("signal.pthread_kill"),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def encoded(value: Any) -> Any:
    """A value as JSON can carry it."""
    match value:
        case bytes() | bytearray():
            return {"bytes": base64.b64encode(value).decode()}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case dict():
            return {"map": [[encoded(key), encoded(item)] for key, item in value.items()]}
        case list() | tuple() | set() | frozenset():
            return [encoded(item) for item in value]
        case float() if value != value or value in (float("inf"), float("-inf")):
            return {"float": repr(value)}
        case None | bool() | int() | float() | str():
            return value
    return {"other": str(value)}


def decoded(value: Any) -> Any:
    """The value that was encoded."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    [(kind, told)] = value.items()
    decoders: dict[str, Callable[[Any], Any]] = {
        "bytes": base64.b64decode,
        "decimal": Decimal,
        "datetime": datetime.fromisoformat,
        "date": date.fromisoformat,
        "float": float,
        "map": lambda pairs: {decoded(key): decoded(item) for key, item in pairs},
    }
    return decoders.get(kind, str)(told)


def main() -> None:
    """Answers calls until the other side is gone."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    _confine()
    functions: dict[str, Callable[..., Any]] = {}
    for line in calls:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(spent.ru_utime + spent.ru_stime) + SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        answers.write(json.dumps(_run(json.loads(line), functions)).encode() + b"\n")
        answers.flush()


def _confine() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))
    if sys.platform == "linux":  # where the kernel allows it, the process is cut off from every network
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)
    sys.addaudithook(_hook())


def _hook() -> Callable[[str, tuple[Any, ...]], None]:
    readable = tuple({*_READABLE, *(os.path.realpath(path) for path in _READABLE)})

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "ctypes.dlopen" and arguments[0] is None:  # importing ctypes itself does this
            return
        if event.startswith(_REFUSED) or event in _REFUSED_EXACTLY:
            raise PermissionError(f"{event} is not allowed in a function")
        if event == "open":
            path, mode, flags = arguments
            _check_open(path, mode, flags, readable)
        elif event in ("os.listdir", "os.scandir"):
            _check_path(arguments[0], readable)

    return hook


def _check_open(path: Any, mode: Any, flags: Any, readable: tuple[str, ...]) -> None:
    if isinstance(path, int):
        return
    if path != os.devnull and ((isinstance(flags, int) and flags & _WRITING) or (mode and set(mode) & set("wax+"))):
        raise PermissionError(f"{path!r} cannot be written in a function")
    _check_path(path, readable)


def _check_path(path: Any, readable: tuple[str, ...]) -> None:
    text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    if not text or not os.path.realpath(text).startswith(readable):
        raise PermissionError(f"{text!r} cannot be read in a function")


def _run(call: dict[str, Any], functions: dict[str, Callable[..., Any]]) -> dict[str, Any]:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            if "code" in call:
                exec(compile(call["code"], FILE, "exec"), {"__name__": "__main__"})  # noqa: S102  # what we are here for
                return {"printed": printed.getvalue()}
            source = call["source"]
            function = functions.get(source) or functions.setdefault(source, _made(source, call["parameters"]))
            return {"values": [encoded(function(*(decoded(cell) for cell in row))) for row in call["rows"]]}
    except BaseException as error:  # noqa: BLE001  # whatever the body raises is its result, SystemExit too
        return {"error": f"{type(error).__name__}: {error}", "trace": _trace(error), "printed": printed.getvalue()}


def _made(body: str, parameters: list[str]) -> Callable[..., Any]:
    """The function whose body that is, without its `def`."""
    text = f"def main({', '.join(parameters)}):\n{textwrap.indent(textwrap.dedent(body).strip(chr(10)), '    ')}\n"
    tree = ast.increment_lineno(ast.parse(text, FILE), -1)
    scope: dict[str, Any] = {"__name__": "udf"}
    exec(compile(tree, FILE, "exec"), scope)  # noqa: S102  # what we are here for
    return scope["main"]  # type: ignore[no-any-return]  # made by exec


def _trace(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    return "\n".join(f'  File "{FILE}", line {frame.lineno}, in {frame.name}' for frame in frames)


if __name__ == "__main__":
    main()
