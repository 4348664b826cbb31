"""What the control API does to how a running sandbox behaves: workspaces, clock and ids, waiting, scripted answers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sandbox.config import Config
from sandbox.control import Control
from sandbox.errors import SandboxError
from sandbox.server import control_of
from sandbox.status import Told, running

_SCRIPTS = {"llm": "/_sandbox/llm/script", "genie": "/_sandbox/genie/script"}


def create_workspace(config: Config, name: str | None) -> Told:
    """An empty workspace and its token."""
    told = _control(config).ask("POST", "/_sandbox/workspaces", {"name": name} if name else {})
    return told, [f"Made {told['name']} of {told['user_name']}; DATABRICKS_TOKEN={told['token']}"]


def list_workspaces(config: Config) -> Told:
    """The names of all workspaces."""
    names = _control(config).ask("GET", "/_sandbox/info")["workspaces"]
    return {"workspaces": names}, names


def remove_workspace(config: Config, name: str) -> Told:
    """Drops a workspace."""
    _control(config).ask("DELETE", f"/_sandbox/workspaces/{name}")
    return {"removed": name}, [f"Removed {name}."]


def show_clock(config: Config, workspace: str) -> Told:
    """What time it is."""
    return _time(_control(config).ask("GET", f"/_sandbox/clock?{urlencode({'workspace': workspace})}"))


def freeze_clock(config: Config, workspace: str, time: str | None) -> Told:
    """Stops it."""
    body = {"workspace": workspace, "mode": "frozen"} | ({"now": time} if time else {})
    return _time(_control(config).ask("PUT", "/_sandbox/clock", body))


def advance_clock(config: Config, workspace: str, seconds: float) -> Told:
    """Turns it on."""
    return _time(_control(config).ask("POST", "/_sandbox/clock/advance", {"workspace": workspace, "seconds": seconds}))


def release_clock(config: Config, workspace: str) -> Told:
    """Back to real time."""
    return _time(_control(config).ask("PUT", "/_sandbox/clock", {"workspace": workspace, "mode": "real"}))


def seed_ids(config: Config, workspace: str, seed: int) -> Told:
    """From now on the ids of this seed."""
    told = _control(config).ask("POST", "/_sandbox/seed", {"workspace": workspace, "seed": seed})
    return told, [f"The ids of {workspace} are those of seed {seed}."]


def list_waiting(config: Config, workspace: str) -> Told:
    """What takes its time, and what is under way."""
    told = _control(config).ask("GET", f"/_sandbox/transitions?{urlencode({'workspace': workspace})}")
    lines = [f"{one['kind']}  {_how(one)}" for one in told["transitions"]]
    lines += [f"under way: {one['kind']} {one['name']}" for one in told["under_way"]]
    return told, lines or ["All is there at once."]


def set_waiting(
    config: Config, workspace: str, kind: str, *, reads: int | None, seconds: float | None, manual: bool
) -> Told:
    """How resources of a kind arrive from now on.

    Raises: SandboxError
    """
    asked = {"reads": reads, "seconds": seconds, "manual": manual or None}
    given = {name: value for name, value in asked.items() if value is not None}
    if len(given) > 1:
        raise SandboxError("Only one of --reads, --seconds and --manual can be told.")
    told = {name: value for name, value in given.items() if name != "manual"}
    body = {"workspace": workspace, "kind": kind, "progression": next(iter(given), "immediate"), **told}
    made = _control(config).ask("PUT", "/_sandbox/transitions", body)
    return made, [f"{kind}  {_how(made)}"]


def finish_waiting(config: Config, workspace: str, kind: str, name: str | None) -> Told:
    """Lets resources arrive."""
    body = {"workspace": workspace, "kind": kind} | ({"name": name} if name else {})
    told = _control(config).ask("POST", "/_sandbox/transitions/finish", body)
    return told, [f"{told['finished']} arrived."]


def set_stale_reads(config: Config, workspace: str, reads: int) -> Told:
    """How many reads lag behind each write."""
    told = _control(config).ask("PUT", "/_sandbox/consistency", {"workspace": workspace, "stale_reads": reads})
    return told, [f"After each write {reads} reads see the old record."]


def apply_scripts(config: Config, workspace: str, files: Sequence[str]) -> Told:
    """Adds the rules of files.

    Raises: SandboxError
    """
    rules = [(kind, rule) for file in files for kind, told in _read(file).items() for rule in told]
    control = _control(config)
    added = [control.ask("POST", _SCRIPTS[kind], {"workspace": workspace, **rule}) for kind, rule in rules]
    return {"added": added}, [f"Added {len(added)} rules."]


def list_scripts(config: Config, workspace: str) -> Told:
    """The rules and how often each has answered."""
    query, control = urlencode({"workspace": workspace}), _control(config)
    told = {kind: control.ask("GET", f"{path}?{query}")["scripts"] for kind, path in _SCRIPTS.items()}
    lines = [f"{kind}  {json.dumps(rule, ensure_ascii=False)}" for kind, rules in told.items() for rule in rules]
    return told, lines or ["There are no rules."]


def clear_scripts(config: Config, workspace: str) -> Told:
    """Forgets all rules."""
    query, control = urlencode({"workspace": workspace}), _control(config)
    for path in _SCRIPTS.values():
        control.ask("DELETE", f"{path}?{query}")
    return {"cleared": workspace}, [f"Forgot all rules of {workspace}."]


def _read(file: str) -> dict[str, list[dict[str, Any]]]:
    import yaml

    try:
        told = yaml.safe_load(Path(file).read_text())
    except yaml.YAMLError as error:
        raise SandboxError(f"{file} is no YAML: {error}") from None
    lists = isinstance(told, dict) and all(isinstance(rules, list) for rules in told.values())
    if not lists or not told or set(told) - set(_SCRIPTS):
        raise SandboxError(f"{file} must have lists under {' and '.join(_SCRIPTS)}, and nothing else.")
    return dict(told)


def _time(told: dict[str, Any]) -> Told:
    return told, [f"{told['workspace']}: {told['now']} ({told['mode']})"]


def _how(told: dict[str, Any]) -> str:
    ways = {"reads": f"after {told.get('reads')} reads", "seconds": f"after {told.get('seconds')} s"}
    return ways.get(told["progression"], {"manual": "when told"}.get(told["progression"], "at once"))


def _control(config: Config) -> Control:
    return control_of(*running(config))
