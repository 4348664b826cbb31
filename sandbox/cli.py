"""The command line: one command, one short function."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from sandbox import cli_levers, cli_run, cli_steer
from sandbox.cli_run import launch
from sandbox.errors import SandboxError
from sandbox.screen import Screen
from sandbox.signals import Interrupted, interruptible

if TYPE_CHECKING:
    from sandbox.config import Config

_FAILED, _SIGNALLED = 1, 128


class _Friendly(click.Group):
    """Prints refusals as sentences; a traceback is for our own faults only."""

    def invoke(self, context: click.Context) -> Any:
        screen = Screen(context.protected_args[0] if context.protected_args else "", as_json=context.params["as_json"])
        try:
            return super().invoke(context)
        except SandboxError as error:
            screen.fail(error)
            context.exit(_FAILED)
        except Interrupted as signal:
            context.exit(_SIGNALLED + signal.number)


class Session:
    """The options that all commands share."""

    def __init__(self, screen: Screen, options: dict[str, Any]) -> None:
        self.screen, self._options = screen, options

    def config(self, **options: Any) -> "Config":
        """The configuration; a command's own options come before the shared ones."""
        from sandbox.config import read_config

        return read_config(**self._options | {name: value for name, value in options.items() if value is not None})


_session = click.make_pass_decorator(Session)


def _data(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--data", metavar="DIR", help="Data directory instead of <project>/.sandbricks.")(command)


@click.group(
    cls=_Friendly,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each option can be set as a variable, SANDBRICKS_PORT for --port. Exit codes: 0 done, 1 failed, 2 usage.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("--project", metavar="DIR", help="Project folder instead of the nearest one upwards.")
@_data
@click.pass_context
def cli(context: click.Context, /, as_json: bool, **options: Any) -> None:
    """A Databricks workspace for GenAI work on this machine."""
    context.obj = Session(Screen(context.invoked_subcommand or "", as_json=as_json), options)


@cli.command()
@click.option("-d", "--detach", is_flag=True, help="Return when it answers, and leave it running.")
@click.option("--port", metavar="N|auto", help="Port on 127.0.0.1 instead of 8329; auto takes a free one.")
@click.option("--ephemeral", is_flag=True, default=None, help="Forget all data at the end.")
@_data
@launch
@_session
def up(session: Session, /, detach: bool, **options: Any) -> None:
    """Start the sandbox of this project, or find it running."""
    from sandbox.up import up

    up(session.config(**options), session.screen, detached=detach)


@cli.command()
@_session
def down(session: Session) -> None:
    """Stop it."""
    from sandbox.status import stop

    session.screen.show(*stop(session.config()))


@cli.command()
@_session
def status(session: Session) -> None:
    """Say where it runs and whether it is ready; exit 1 if it does not run."""
    from sandbox.status import look

    session.screen.show(*look(session.config()))


@cli.command()
@click.option("--timeout", type=float, default=60, show_default=True, help="Seconds to wait.")
@_session
def ready(session: Session, timeout: float) -> None:
    """Wait until it is ready."""
    from sandbox.status import wait

    session.screen.show(*wait(session.config(), timeout))


@cli.command()
@click.option("--shell", "form", flag_value="shell", default="shell", help='Lines for eval "$(sandbricks env)".')
@click.option("--dotenv", "form", flag_value="dotenv", help="Lines of a .env file.")
@click.option("--json", "form", flag_value="json", help="A JSON object.")
@click.option("--github", "form", flag_value="github", help="Set them for the next steps of a GitHub job.")
@_session
def env(session: Session, form: str) -> None:
    """Print the variables that point every client at it."""
    from sandbox.status import variables

    config = session.config()
    unset, values = variables(config)
    session.screen.show_variables(unset, values, form, config.environment.get("GITHUB_ENV"))


@cli.command()
@click.option("--require", "side", type=click.Choice(["local", "real"]), help="Exit 1 unless all of it is that side.")
@_session
def target(session: Session, side: str | None) -> None:
    """Say which workspace this shell points at, and why."""
    from sandbox.target import describe, examine

    told = examine(session.config().environment, side)
    session.screen.show(*describe(told))


@cli.command()
@click.option("--port", metavar="N|auto", help="The port to examine.")
@_session
@click.pass_context
def doctor(context: click.Context, session: Session, port: str | None) -> None:
    """Say what will not work on this machine, and what mends it; exit 1 if something will not."""
    from sandbox.doctor import describe, examine

    findings = examine(session.config(port=port))
    session.screen.show(*describe(findings))
    context.exit(_FAILED if any(finding.broken for finding in findings) else 0)


@cli.command()
@click.option("-f", "--follow", is_flag=True, help="Go on with what is added.")
@_session
def logs(session: Session, follow: bool) -> None:
    """Print the ends of the logs."""
    from sandbox.status import log_lines

    with interruptible():
        for line in log_lines(session.config(), follow=follow):
            click.echo(line)


@cli.command()
@_session
def version(session: Session) -> None:
    """Print the version."""
    from importlib.metadata import version

    session.screen.show({"version": version("sandbricks")}, [f"sandbricks {version('sandbricks')}"])


@cli.group()
def recordings() -> None:
    """Recorded answers of models, as the running sandbox used them."""


@recordings.command()
@_session
@click.pass_context
def check(context: click.Context, session: Session, /) -> None:
    """Say what was played; exit 1 if a recording was missed or not used."""
    from sandbox.recorded import check

    told, lines, whole = check(session.config())
    session.screen.show(told, lines)
    context.exit(0 if whole else _FAILED)


@recordings.command()
@_session
def prune(session: Session) -> None:
    """Delete the recordings that were not used."""
    from sandbox.recorded import prune

    session.screen.show(*prune(session.config()))


@cli.group()
def profile() -> None:
    """The section [sandbricks] of ~/.databrickscfg."""


@profile.command()
@click.option("-y", "--yes", is_flag=True, help="Overwrite an older section without asking.")
@_session
def write(session: Session, yes: bool) -> None:
    """Write it, pointing at the running sandbox."""
    from sandbox.status import write_profile

    def agreed(question: str) -> bool:
        return yes or click.confirm(question)

    session.screen.show(*write_profile(session.config(), agreed))


@profile.command()
@_session
def remove(session: Session) -> None:
    """Remove it."""
    from sandbox.status import remove_profile

    session.screen.show(*remove_profile(session.config()))


for command in (*cli_run.COMMANDS, *cli_steer.COMMANDS, *cli_levers.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """The entry point."""
    cli(prog_name="sandbricks")
