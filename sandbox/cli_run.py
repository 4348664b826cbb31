"""The commands that run something in a sandbox of its own, and the options that start one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sandbox.cli import Session


def launch(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that starts a sandbox."""
    seed = click.option("--seed", metavar="FOLDER", help="Load the tables and documents of a folder with a seed.yaml.")
    llm = click.option(
        "--llm",
        metavar="[ENDPOINT=]URL[#MODEL]",
        multiple=True,
        help="An OpenAI-compatible server behind the chat endpoints, or behind one; $NAME@ before its host is the key.",
    )
    proxy = click.option(
        "--proxy",
        metavar="serving=PROFILE",
        multiple=True,
        help="Pass chat requests to the workspace of a profile, to record them.",
    )
    recordings = click.option("--recordings", metavar="DIR", help="Answer with the recordings in this folder.")
    mode = click.option(
        "--record-mode", metavar="MODE", help="replay, record, record-missing or off; replay unless told otherwise."
    )
    tls = click.option(
        "--tls", metavar="[PORT]", is_flag=False, flag_value="8443", help="Answer over TLS too, on 8443 or this port."
    )
    managed = click.option(
        "--env-manager",
        metavar="NAME",
        help="Serve models in ours (local) or in the environment that they were logged with (uv, virtualenv).",
    )
    judge = click.option(
        "--judge",
        metavar="NAME",
        help="With --llm: the model judges, or rules, or both and their disagreement is told.",
    )
    return seed(llm(proxy(recordings(mode(judge(managed(tls(command))))))))


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("--data", metavar="DIR", help="Keep the data in this folder.")
@launch
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_context
def exec(  # noqa: A001
    context: click.Context, /, command: tuple[str, ...], data: str | None, **options: Any
) -> None:
    """Run a command against a sandbox of its own; nothing of it stays, unless --data keeps it."""
    from sandbox.run import run_in_sandbox

    session: Session = context.obj
    config = session.config(data=data, **options)
    context.exit(run_in_sandbox(config, command, session.screen, keep=data is not None))


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option(
    "--module", metavar="NAME", default="agent.loop", show_default=True, help="The project's improvement loop."
)
@click.option("--python", metavar="FILE", default="python", show_default=True, help="The interpreter that runs it.")
@click.option("--chance", metavar="N", type=int, default=0, show_default=True, help="The seed of ids and traffic.")
@launch
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def loop(
    context: click.Context,
    /,
    module: str,
    python: str,
    chance: int,
    arguments: tuple[str, ...],
    **options: Any,
) -> None:
    """Walk a project's improvement loop in a sandbox of its own; exit 1 if the candidate is not better.

    The project has a package that `python -m agent.loop` runs, and in agent/data a seed.yaml, if it needs one.
    """
    from sandbox.loop import walk

    session: Session = context.obj
    config = session.config(**options)
    context.exit(walk(config, session.screen, module, python, arguments, chance))


COMMANDS = (exec, loop)
