"""`sandbricks up`: starts the sandbox, says where it is, and stays until it is told to stop."""

import os
import signal
import time
from collections.abc import Callable

from sandbox.config import Config
from sandbox.errors import SandboxError
from sandbox.ports import EVERYWHERE
from sandbox.screen import Screen
from sandbox.server import AlreadyRunningError, Sandbox, control_of
from sandbox.signals import Interrupted, interruptible
from sandbox.state import Instance
from sandbox.status import banner, describe

READY_SECONDS = 120.0
SEED = "up"
_LOOK_EVERY = 0.5


def up(config: Config, screen: Screen, *, detached: bool) -> None:
    """Starts it, or finds it running; in the foreground returns when it has stopped.

    Raises: SandboxError
    """
    sandbox = Sandbox(config)
    with interruptible(sandbox.hurry):
        try:
            _up(sandbox, screen, detached)
        except Interrupted as signalled:
            screen.note(f"  stopped ({signalled})")


def open_seeded(
    sandbox: Sandbox,
    screen: Screen,
    greet: Callable[[Instance], None] = lambda _: None,
    *,
    attached: bool = True,
) -> Instance:
    """The instance, started or found running; once it answers it is greeted, then filled with the seed asked for.

    Raises: SandboxError
    """
    folder = sandbox.config.seed
    try:
        instance = sandbox.start(attached=attached, seeds=(SEED,) if folder else ())
    except AlreadyRunningError as running:
        instance = running.instance
    greet(instance)
    if folder:
        from sandbox.seed import load, read_plan

        screen.note(f"  seeded  {load(read_plan(folder), instance.host, sandbox.directory.token())}")
        if sandbox.started:
            control_of(sandbox.directory, instance).mark_seeded(SEED)
    return instance


def _up(sandbox: Sandbox, screen: Screen, detached: bool) -> None:
    began, parent = time.monotonic(), os.getppid()

    def greet(instance: Instance) -> None:
        told = describe(sandbox.directory, instance)
        screen.show(told, banner(told))

    with sandbox:
        open_seeded(sandbox, screen, greet, attached=not detached)
        if not sandbox.started:
            return
        if detached:
            sandbox.release()
            return
        if sandbox.config.bind == EVERYWHERE:
            screen.note("  open    it listens on every address of this machine; only the token keeps others out")
        sandbox.wait_until_ready(READY_SECONDS)
        screen.note(f"  ready in {time.monotonic() - began:.1f} s; Ctrl-C stops it")
        _stay(sandbox, parent)


def _stay(sandbox: Sandbox, parent: int) -> None:
    """Returns when the gateway has ended or our parent has: an `up` in the foreground belongs to who started it.

    Raises: SandboxError, Interrupted
    """
    forever = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # started by nohup
    while (code := sandbox.child.wait(_LOOK_EVERY)) is None:
        if os.getppid() != parent and not forever:
            os.kill(os.getpid(), signal.SIGHUP)
    if code:
        raise SandboxError(f"The gateway ended with code {code}.\n{sandbox.child.tail()}", "sandbricks up")
