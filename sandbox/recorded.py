"""`sandbricks recordings`: what a run did with the recorded answers of models."""

from typing import Any

from sandbox.config import Config
from sandbox.server import control_of
from sandbox.status import running

_COUNTED = ("played", "repeated", "recorded", "missed")


def check(config: Config) -> tuple[dict[str, Any], list[str], bool]:
    """What was done, as data and as lines, and whether nothing was missed and nothing is left over.

    Raises: NotRunningError, SandboxError
    """
    directory, instance = running(config)
    state = control_of(directory, instance).recordings()
    unused = state.get("unused", [])
    lines = [f"  {summary(state)}", *(f"  not used  {file}" for file in unused)]
    return state, lines, not unused and not state.get("missed")


def prune(config: Config) -> tuple[dict[str, Any], list[str]]:
    """Deletes what was not used.

    Raises: NotRunningError, SandboxError
    """
    directory, instance = running(config)
    deleted = control_of(directory, instance).prune_recordings()
    return {"deleted": deleted}, [f"  deleted  {file}" for file in deleted] or ["  nothing to delete"]


def summary(state: dict[str, Any]) -> str:
    """The counts in a line."""
    counts = [f"{state.get(name, 0)} {name}" for name in _COUNTED]
    return ", ".join([*counts, f"{len(state.get('unused', []))} not used"])
