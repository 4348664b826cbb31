"""The commands that change how a running sandbox behaves: workspaces, clock and ids, waiting, scripted answers."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sandbox.cli import Session

in_workspace = click.option(
    "--workspace", default="default", show_default=True, metavar="NAME", help="Which workspace."
)


@click.group()
def workspace() -> None:
    """Workspaces beside the default one, each with a token of its own."""


@workspace.command()
@click.argument("name", required=False)
@click.pass_obj
def create(session: "Session", /, name: str | None) -> None:
    """Make an empty one and print the token that opens it."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.create_workspace(session.config(), name))


@workspace.command("list")
@click.pass_obj
def list_workspaces(session: "Session") -> None:
    """List them."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.list_workspaces(session.config()))


@workspace.command("rm")
@click.argument("name")
@click.pass_obj
def remove_workspace(session: "Session", /, name: str) -> None:
    """Drop one with all that is in it."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.remove_workspace(session.config(), name))


@click.group()
def clock() -> None:
    """The clock of a workspace."""


@clock.command("show")
@in_workspace
@click.pass_obj
def show_clock(session: "Session", /, workspace: str) -> None:
    """Say what time it is there."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.show_clock(session.config(), workspace))


@clock.command()
@click.argument("time", required=False)
@in_workspace
@click.pass_obj
def freeze(session: "Session", /, time: str | None, workspace: str) -> None:
    """Stop it, now or at an ISO TIME."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.freeze_clock(session.config(), workspace, time))


@clock.command()
@click.argument("seconds", type=float)
@in_workspace
@click.pass_obj
def advance(session: "Session", /, seconds: float, workspace: str) -> None:
    """Turn it on."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.advance_clock(session.config(), workspace, seconds))


@clock.command()
@in_workspace
@click.pass_obj
def release(session: "Session", /, workspace: str) -> None:
    """Give it back to real time."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.release_clock(session.config(), workspace))


@click.command()
@click.argument("seed", type=click.IntRange(0))
@in_workspace
@click.pass_obj
def ids(session: "Session", /, seed: int, workspace: str) -> None:
    """Make the ids of this SEED from now on, the same each time."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.seed_ids(session.config(), workspace, seed))


@click.group()
def waiting() -> None:
    """Resources that take their time and reads that lag behind."""


@waiting.command("list")
@in_workspace
@click.pass_obj
def list_waiting(session: "Session", /, workspace: str) -> None:
    """Say what takes its time and what is under way."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.list_waiting(session.config(), workspace))


@waiting.command("set")
@click.argument("kind")
@click.option("--reads", type=int, help="There after so many looks.")
@click.option("--seconds", type=float, help="There so much later by the workspace's clock.")
@click.option("--manual", is_flag=True, help="There when `finish` says so. Without an option: there at once.")
@in_workspace
@click.pass_obj
def set_waiting(
    session: "Session", /, kind: str, reads: int | None, seconds: float | None, manual: bool, workspace: str
) -> None:
    """Say how resources of a KIND arrive from now on, such as serving.endpoint or genie.message."""
    from sandbox import steer_levers

    told = steer_levers.set_waiting(session.config(), workspace, kind, reads=reads, seconds=seconds, manual=manual)
    session.screen.show(*told)


@waiting.command()
@click.argument("kind")
@click.argument("name", required=False)
@in_workspace
@click.pass_obj
def finish(session: "Session", /, kind: str, name: str | None, workspace: str) -> None:
    """Let resources of a KIND arrive, all or the one of that NAME."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.finish_waiting(session.config(), workspace, kind, name))


@waiting.command("stale-reads")
@click.argument("reads", type=click.IntRange(0))
@in_workspace
@click.pass_obj
def stale_reads(session: "Session", /, reads: int, workspace: str) -> None:
    """After each write let so many READS still see the old record; 0 ends that."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.set_stale_reads(session.config(), workspace, reads))


@click.group()
def script() -> None:
    """Answers of models and of Genie as files tell them."""


@script.command("apply")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@in_workspace
@click.pass_obj
def apply_scripts(session: "Session", /, files: tuple[str, ...], workspace: str) -> None:
    """Add the rules of YAML FILES: `llm` with match and response, `genie` with question and sql or text."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.apply_scripts(session.config(), workspace, files))


@script.command("list")
@in_workspace
@click.pass_obj
def list_scripts(session: "Session", /, workspace: str) -> None:
    """List the rules, with how often each has answered."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.list_scripts(session.config(), workspace))


@script.command("clear")
@in_workspace
@click.pass_obj
def clear_scripts(session: "Session", /, workspace: str) -> None:
    """Forget all rules."""
    from sandbox import steer_levers

    session.screen.show(*steer_levers.clear_scripts(session.config(), workspace))


COMMANDS = (workspace, clock, ids, waiting, script)
