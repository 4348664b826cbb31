"""The commands that steer a running sandbox, for tests and their authors."""

from typing import TYPE_CHECKING, Any

import click

from sandbox.signals import interruptible

if TYPE_CHECKING:
    from sandbox.cli import Session

_workspace = click.option("--workspace", default="default", show_default=True, metavar="NAME", help="Which workspace.")


@click.command()
@_workspace
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def reset(session: "Session", /, workspace: str, yes: bool) -> None:
    """Empty a workspace; its token stays."""
    from sandbox.steer import reset

    if yes or click.confirm(f"Remove all that is in the workspace {workspace}?", abort=True):
        session.screen.show(*reset(session.config(), workspace))


@click.group()
def snapshot() -> None:
    """States of a workspace, kept under names."""


@snapshot.command()
@click.argument("name")
@_workspace
@click.option("--overwrite", is_flag=True, help="Replace an older one of that name.")
@click.pass_obj
def save(session: "Session", /, name: str, workspace: str, overwrite: bool) -> None:
    """Keep the present state."""
    from sandbox.steer import save_snapshot

    session.screen.show(*save_snapshot(session.config(), name, workspace, overwrite=overwrite))


@snapshot.command()
@click.argument("name")
@_workspace
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.pass_obj
def load(session: "Session", /, name: str, workspace: str, dry_run: bool) -> None:
    """Replace what a workspace holds by a kept state."""
    from sandbox.steer import load_snapshot

    session.screen.show(*load_snapshot(session.config(), name, workspace, dry_run=dry_run))


@snapshot.command("list")
@click.pass_obj
def list_all(session: "Session") -> None:
    """List them."""
    from sandbox.steer import list_snapshots

    session.screen.show(*list_snapshots(session.config()))


@snapshot.command()
@click.argument("name")
@click.pass_obj
def show(session: "Session", /, name: str) -> None:
    """Say what is in one."""
    from sandbox.steer import show_snapshot

    session.screen.show(*show_snapshot(session.config(), name))


@snapshot.command()
@click.argument("name")
@_workspace
@click.pass_obj
def diff(session: "Session", /, name: str, workspace: str) -> None:
    """Say what loading one would change."""
    from sandbox.steer import diff_snapshot

    session.screen.show(*diff_snapshot(session.config(), name, workspace))


@snapshot.command()
@click.argument("name")
@click.pass_obj
def rm(session: "Session", /, name: str) -> None:
    """Remove one."""
    from sandbox.steer import remove_snapshot

    session.screen.show(*remove_snapshot(session.config(), name))


@click.group()
def fault() -> None:
    """Requests that fail because you say so."""


@fault.command()
@click.option("--service", help="Only of this service, as in the journal.")
@click.option("--operation", help="Only this operation, named as in the SDK.")
@click.option("--method", help="Only this method.")
@click.option("--path", help="Only these paths; * stands for anything.")
@click.option("--workspace", help="Only in this workspace.")
@click.option("--status", type=int, help="Answer with this status.")
@click.option("--error-code", help="And this error code.")
@click.option("--message", help="And this message.")
@click.option("--retry-after", type=int, help="And this many seconds to wait.")
@click.option("--delay", type=float, metavar="MS", help="Answer later.")
@click.option("--fault", type=click.Choice(["reset", "empty", "malformed", "truncate"]), help="Break the answer.")
@click.option("--after-chunks", type=int, help="Truncate after so many chunks of a stream.")
@click.option("--phase", type=click.Choice(["before", "after"]), help="after: the work is done, its answer lost.")
@click.option("--times", type=int, help="So often only.")
@click.option("--skip", type=int, help="Spare the first.")
@click.option("--probability", type=float, help="Hit only some.")
@click.pass_obj
def add(session: "Session", /, **told: Any) -> None:
    """Add one; the first that hits a request wins."""
    from sandbox.steer import add_fault

    session.screen.show(*add_fault(session.config(), **told))


@fault.command("list")
@click.pass_obj
def list_faults(session: "Session") -> None:
    """List them, with how often each has fired."""
    from sandbox.steer import list_faults

    session.screen.show(*list_faults(session.config()))


@fault.command()
@click.pass_obj
def clear(session: "Session") -> None:
    """End all of them."""
    from sandbox.steer import clear_faults

    session.screen.show(*clear_faults(session.config()))


@click.command()
@click.option("--workspace", help="Only of this workspace.")
@click.option("--service", help="Only of this service.")
@click.option("--operation", help="Only this operation.")
@click.option("--unmatched", is_flag=True, default=None, help="Only those that nothing here serves.")
@click.option("-n", "--limit", type=int, default=50, show_default=True, help="How many.")
@click.option("-f", "--follow", is_flag=True, help="Print new ones as they come.")
@click.option("--curl", "number", type=int, metavar="ID", help="Print the command that sends one again.")
@click.pass_obj
def requests(session: "Session", /, follow: bool, number: int | None, **match: Any) -> None:
    """Print the latest requests."""
    from sandbox import steer

    if number is not None:
        session.screen.show(*steer.curl(session.config(), number))
    elif follow:
        with interruptible():
            for line in steer.follow_requests(session.config()):
                click.echo(line)
    else:
        session.screen.show(*steer.requests(session.config(), **match))


@click.group()
def seed() -> None:
    """Folders with a seed.yaml: tables, documents, spaces, prompts, indexes."""


@seed.command()
@click.argument("folders", nargs=-1, required=True)
@click.pass_obj
def apply(session: "Session", /, folders: tuple[str, ...]) -> None:
    """Load them; what is there under the same names is replaced."""
    from sandbox.steer import apply_seeds

    session.screen.show(*apply_seeds(session.config(), folders))


@seed.command()
@click.argument("folders", nargs=-1, required=True)
@click.pass_obj
def check(session: "Session", /, folders: tuple[str, ...]) -> None:
    """Say what they would load, and what is wrong with them."""
    from sandbox.steer import check_seeds

    session.screen.show(*check_seeds(folders))


@click.command()
@click.option("--profile", required=True, metavar="P", help="The profile of the workspace in ~/.databrickscfg.")
@click.option("-k", "only", default="", metavar="EXPR", help="Only the checks whose names contain this.")
@click.option("--warehouse", metavar="ID", help="Also run two small statements there.")
@click.option("--endpoint", metavar="NAME", help="Also ask this chat endpoint for one word.")
@click.option("--report", default="validation.json", show_default=True, metavar="FILE", help="Where to write.")
@click.option("--even-if-local", "local", is_flag=True, help="Accept a profile that points at this machine.")
@click.pass_obj
def verify(session: "Session", /, profile: str, only: str, report: str, local: bool, **given: str | None) -> None:
    """Compare a workspace of yours with a fresh sandbox: the shapes of answers, nothing of their content."""
    from pathlib import Path

    from sandbox.verify import verify

    named = {name: value for name, value in given.items() if value}
    told = verify(session.config(), profile, only=only, given=named, report=Path(report), local=local)
    session.screen.show(*told)


@click.command()
@click.argument("name", required=False)
@click.pass_obj
def monitor(session: "Session", /, name: str | None) -> None:
    """Show how the versions of an ENDPOINT or EXPERIMENT do; without a name, what can be shown."""
    from sandbox.monitor import monitor

    session.screen.show(*monitor(session.config(), name))


@click.command()
@click.option("--user", metavar="NAME", help="For this user of the workspace, who is made if need be.")
@_workspace
@click.pass_obj
def link(session: "Session", /, user: str | None, workspace: str) -> None:
    """Print a link that opens the web pages, once."""
    from sandbox.steer import new_link

    session.screen.show(*new_link(session.config(), workspace, user))


COMMANDS = (link, monitor, reset, snapshot, fault, requests, seed, verify)
