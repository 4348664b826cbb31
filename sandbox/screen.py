"""What a command prints: lines for people, one JSON envelope for programs."""

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from sandbox.errors import SandboxError


class Screen:
    """Prints in one of the two forms."""

    def __init__(self, command: str, *, as_json: bool) -> None:
        self.command, self.as_json = command, as_json

    def show(self, data: Mapping[str, Any], lines: Iterable[str]) -> None:
        """Prints a result."""
        if self.as_json:
            self._print("ok", data=data)
        else:
            for line in lines:
                click.echo(line)

    def show_variables(
        self, unset: Iterable[str], values: Mapping[str, str], form: str, github: str | None = None
    ) -> None:
        """Prints variables in the form that was asked for.

        Raises: SandboxError
        """
        if form == "github":
            if github is None:
                raise SandboxError("GITHUB_ENV is not set; --github is for a step of a GitHub job.")
            for line in as_github(unset, values, Path(github)):
                click.echo(line)
        elif form == "json":
            click.echo(json.dumps(dict(values)))
        else:
            self.show(values, as_shell(unset, values) if form == "shell" else as_dotenv(values))

    def note(self, line: str) -> None:
        """Prints what is for people only."""
        if not self.as_json:
            click.echo(line, err=True)

    def fail(self, error: SandboxError) -> None:
        """Prints a refusal and what mends it."""
        if self.as_json:
            actions = [{"id": "mend", "command": error.mend}] if error.mend else []
            told = {"code": type(error).__name__, "message": error.message, "actions": actions}
            self._print("error", error=told)
        else:
            click.echo(f"sandbricks: {error.message}", err=True)
            if error.mend:
                click.echo(f"  try: {error.mend}", err=True)

    def _print(self, status: str, **rest: Any) -> None:
        click.echo(json.dumps({"schemaVersion": 1, "command": self.command, "status": status, **rest}))


def as_shell(unset: Iterable[str], variables: Mapping[str, str]) -> Iterator[str]:
    """Lines for `eval`: foreign variables go, ours come."""
    names = sorted(set(unset) - set(variables))
    if names:
        yield f"unset {' '.join(names)}"
    for name, value in variables.items():
        yield f"export {name}={shlex.quote(value)}"


def as_github(unset: Iterable[str], variables: Mapping[str, str], file: Path) -> Iterator[str]:
    """Appends them to the file from which GitHub takes the variables of later steps; the token is to be masked."""
    told = dict.fromkeys(sorted(set(unset) - set(variables)), "") | dict(variables)
    with file.open("a") as lines:
        lines.writelines(f"{name}={value}\n" for name, value in told.items())
    yield f"::add-mask::{variables['DATABRICKS_TOKEN']}"


def as_dotenv(variables: Mapping[str, str]) -> Iterator[str]:
    """Lines of a `.env` file."""
    for name, value in variables.items():
        yield f"{name}={json.dumps(value)}"
