"""What the control API does to the sandbox of a project: reset, snapshots, faults, the journal, seeds."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sandbox.config import Config
from sandbox.control import Control
from sandbox.server import control_of
from sandbox.status import Told, running
from sandbox.testing.calls import shown

_MATCH = ("service", "operation", "method", "path", "workspace")
_ERROR = ("status", "error_code", "message", "retry_after")


def reset(config: Config, workspace: str) -> Told:
    """Empties a workspace."""
    told = _control(config).ask("POST", "/_sandbox/reset", {"workspace": workspace})
    return told, [f"Emptied the workspace {workspace}."]


def new_link(config: Config, workspace: str, user: str | None) -> Told:
    """A link into the pages of a workspace, for its owner or for a user, who is made if need be."""
    control, told = _control(config), {"workspace": workspace, "user_name": user}
    if user:
        control.ensure_principal(workspace, user)
    link = control.ask("POST", "/_sandbox/login-links", told)
    return link, [link["url"]]


def save_snapshot(config: Config, name: str, workspace: str, *, overwrite: bool) -> Told:
    """Keeps the state of a workspace."""
    body = {"name": name, "workspace": workspace, "overwrite": overwrite}
    told = _control(config).ask("POST", "/_sandbox/snapshots", body)
    return told, [f"Saved {name}: {_counts(told)}."]


def load_snapshot(config: Config, name: str, workspace: str, *, dry_run: bool) -> Told:
    """Puts a kept state into a workspace, or says what that would change."""
    body = {"workspace": workspace, "dry_run": dry_run}
    told = _control(config).ask("POST", f"/_sandbox/snapshots/{name}/load", body)
    done = "Would change" if dry_run else "Changed"
    return told, [f"{done} {sum(map(len, told.values()))} things in {workspace}:", *_differences(told)]


def diff_snapshot(config: Config, name: str, workspace: str) -> Told:
    """How a kept state differs from that of a workspace."""
    told = _control(config).ask("GET", f"/_sandbox/snapshots/{name}/diff?{urlencode({'workspace': workspace})}")
    return told, list(_differences(told)) or [f"{name} and {workspace} are the same."]


def list_snapshots(config: Config) -> Told:
    """All kept states."""
    told = _control(config).ask("GET", "/_sandbox/snapshots")
    lines = [
        f"{one['name']:24} {one['created_at']}  of {one['workspace']}: {_counts(one)}" for one in told["snapshots"]
    ]
    return told, lines or ["There are no snapshots."]


def show_snapshot(config: Config, name: str) -> Told:
    """One kept state with all that is in it."""
    told = _control(config).ask("GET", f"/_sandbox/snapshots/{name}")
    return told, [f"{name}: {_counts(told)}", *(f"  {thing}" for thing in told.get("inventory", {}))]


def remove_snapshot(config: Config, name: str) -> Told:
    """Forgets a kept state."""
    _control(config).ask("DELETE", f"/_sandbox/snapshots/{name}")
    return {"removed": name}, [f"Removed {name}."]


def add_fault(config: Config, **told: Any) -> Told:
    """Lets requests fail from now on."""
    given = {name: value for name, value in told.items() if value is not None}
    delay = {"delay": {"type": "fixed", "ms": given.pop("delay")}} if "delay" in given else {}
    match = {name: given.pop(name) for name in _MATCH if name in given}
    error = {name: given.pop(name) for name in _ERROR if name in given}
    body = {"match": match, **given, **delay} | ({"error": error} if error else {})
    made = _control(config).ask("POST", "/_sandbox/faults", body)
    return made, [f"Added {made['id']}."]


def list_faults(config: Config) -> Told:
    """The faults and how often each has fired."""
    told = _control(config).ask("GET", "/_sandbox/faults")
    lines = [f"{one['id']}  fired {one['fired']} of {one['seen']}  {_fault(one)}" for one in told["faults"]]
    return told, lines or ["There are no faults."]


def clear_faults(config: Config) -> Told:
    """Ends all faults."""
    told = _control(config).ask("DELETE", "/_sandbox/faults")
    return told, [f"Removed {told['removed']} faults."]


def requests(config: Config, **match: Any) -> Told:
    """The latest requests."""
    query = urlencode({name: value for name, value in match.items() if value is not None})
    told = _control(config).ask("GET", f"/_sandbox/requests?{query}")
    return told, [f"{entry['id']:>6}  {shown(entry)}" for entry in told["requests"]] or ["No request yet."]


def follow_requests(config: Config) -> Iterator[str]:
    """A line for each request from now on."""
    return map(shown, _control(config).follow())


def curl(config: Config, number: int) -> Told:
    """The command that sends a request again."""
    told = _control(config).ask("GET", f"/_sandbox/requests/{number}/curl")
    return told, [told["curl"]]


def apply_seeds(config: Config, folders: Sequence[str]) -> Told:
    """Loads folders into the default workspace."""
    from sandbox.seed import load, read_plan

    directory, instance = running(config)
    reports = {folder: load(read_plan(Path(folder)), instance.host, directory.token()) for folder in folders}
    told = {folder: {"rows": report.rows, "files": report.files} for folder, report in reports.items()}
    return {"seeded": told}, [f"{folder}: {report}" for folder, report in reports.items()]


def check_seeds(folders: Sequence[str]) -> Told:
    """Says what folders would load, without loading it.

    Raises: SandboxError
    """
    from sandbox.seed import check, read_plan

    found = {folder: check(read_plan(Path(folder))) for folder in folders}
    return {"checked": found}, [f"{folder}: {', '.join(told)}" for folder, told in found.items()]


def _control(config: Config) -> Control:
    return control_of(*running(config))


def _counts(told: dict[str, Any]) -> str:
    return ", ".join(f"{count} {name}" for name, count in told.get("counts", {}).items())


def _differences(told: dict[str, list[str]]) -> Iterator[str]:
    for sign, kind in (("+", "added"), ("~", "modified"), ("-", "removed")):
        yield from (f"  {sign} {name}" for name in told.get(kind, ()))


def _fault(told: dict[str, Any]) -> str:
    what = [f"{name}={told[name]}" for name in ("error", "fault", "delay", "phase") if told.get(name)]
    return " ".join([*(f"{name}={value}" for name, value in told.get("match", {}).items()), *what])
