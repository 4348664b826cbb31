"""Runs a command against a sandbox of its own and passes on its signals and its exit code."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

from sandbox.config import Config
from sandbox.errors import SandboxError
from sandbox.recorded import summary
from sandbox.screen import Screen
from sandbox.server import Sandbox, control_of, throwaway
from sandbox.signals import interruptible
from sandbox.status import tls_variables
from sandbox.target import local_environment
from sandbox.up import READY_SECONDS, open_seeded

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
_TERMINAL = (signal.SIGINT, signal.SIGQUIT)
# Becomes the command, after asking Linux for SIGTERM (15) at the death of the starter (argv[1]).
_BECOME = (
    "import ctypes,os,sys; ctypes.CDLL(None).prctl(1,15); "
    "os.getppid()==int(sys.argv[1]) or sys.exit(143); os.execvp(sys.argv[2],sys.argv[2:])"
)


def run_in_sandbox(
    config: Config,
    command: Sequence[str],
    screen: Screen,
    *,
    keep: bool = False,
    chance: int | None = None,
    folder: Path | None = None,
) -> int:
    """The command's exit code, 128+n if signal n ended it; the sandbox is gone when this returns.

    To keep is to use the data directory that was configured; a sandbox that runs there is used and left running.
    The command runs in `folder`, or where we are.
    With a seed of chance, ids and the traffic's draws are the same each time.

    Raises: SandboxError
    """
    if shutil.which(command[0], path=config.environment.get("PATH")) is None:
        raise SandboxError(f"There is no command {command[0]!r}.")
    sandbox = Sandbox(replace(config, port=0)) if keep else throwaway(config)
    with interruptible(sandbox.hurry), sandbox:
        instance = open_seeded(sandbox, screen)
        control_of(sandbox.directory, instance).wait_until_ready(READY_SECONDS)
        if chance is not None:
            control_of(sandbox.directory, instance).ask("POST", "/_sandbox/seed", {"seed": chance})
        client_config = sandbox.directory.client_config
        variables = local_environment(config.environment, instance.host, sandbox.directory.token(), client_config)
        code = run(command, variables | tls_variables(sandbox.directory, instance), folder)
        if config.recordings:
            screen.note(f"  recordings  {summary(control_of(sandbox.directory, instance).recordings())}")
        return code


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
    """Runs the command in our terminal; it does not outlive us."""
    become = [sys.executable, "-IS", "-c", _BECOME, str(os.getpid())] if sys.platform == "linux" else []
    process = subprocess.Popen([*become, *command], env=environment, cwd=folder)

    def forward(number: int, _: FrameType | None) -> None:
        if not (number in _TERMINAL and _in_foreground()):
            process.send_signal(number)

    try:
        before = {number: signal.signal(number, forward) for number in _FORWARDED}
        code = process.wait()
    except BaseException:
        process.terminate()
        raise
    for number, handler in before.items():
        signal.signal(number, handler)
    return 128 - code if code < 0 else code


def _in_foreground() -> bool:
    """Whether a terminal sends its signals to us; the command, in the same group, has them already."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    finally:
        os.close(terminal)
