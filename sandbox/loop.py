"""`sandbricks loop`: a project's improvement loop, in a sandbox where chance repeats."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sandbox.config import Config
from sandbox.errors import SandboxError
from sandbox.run import run_in_sandbox
from sandbox.screen import Screen


def walk(config: Config, screen: Screen, module: str, python: str, arguments: Sequence[str], chance: int) -> int:
    """The exit code of `python -m module`; the seed beside it is loaded unless another was told.

    Raises: SandboxError
    """
    package = config.project.joinpath(*module.split("."))
    if not (package / "__main__.py").exists() and not package.with_suffix(".py").exists():
        raise SandboxError(f"There is no {module} in {config.project}; `python -m {module}` is what this runs.")
    beside = package.parent / "data"
    if config.seed is None and (beside / "seed.yaml").exists():
        config = replace(config, seed=beside)
    command = [_found(python), "-m", module, *arguments]
    return run_in_sandbox(config, command, screen, chance=chance, folder=config.project)


def _found(python: str) -> str:
    """A path as it is told from here; a name as the shell finds it."""
    return str(Path(python).absolute()) if "/" in python else python
