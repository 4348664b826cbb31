"""What can be asked of, and done to, the sandbox that runs in a project."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import sleep
from typing import Any

from sandbox import profile
from sandbox.config import Config
from sandbox.errors import NotRunningError, SandboxError
from sandbox.server import control_of, stop_running
from sandbox.state import DataDirectory, Instance
from sandbox.target import foreign, local_variables
from sandbox.tls import Certificates

Told = tuple[dict[str, Any], Iterable[str]]
_LOOK_EVERY = 0.2
_LAST_LINES = 200


def running(config: Config) -> tuple[DataDirectory, Instance]:
    """The instance of the project and its folder.

    Raises: NotRunningError
    """
    directory = DataDirectory(config.home)
    instance = directory.running()
    if instance is None:
        raise NotRunningError(f"No sandbox runs in {config.home}.", "sandbricks up")
    return directory.as_used_by(instance), instance


def describe(directory: DataDirectory, instance: Instance) -> dict[str, Any]:
    """What a user wants to know about it; with a new link to the web pages."""
    return {
        "version": instance.version,
        "host": instance.host,
        "tls_host": instance.tls_host,
        "pid": instance.pid,
        "token_file": str(directory.token_file),
        "data": instance.data,
        "durable": instance.durable,
        "pages": control_of(directory, instance).new_link(),
    }


def banner(told: dict[str, Any]) -> Iterator[str]:
    """The same in a few lines."""
    yield f"sandbricks {told['version']}"
    yield f"  host    {told['host']}"
    if told["tls_host"]:
        yield f"  tls     {told['tls_host']}"
    yield f"  token   {told['token_file']}"
    yield f"  data    {told['data']} ({'durable' if told['durable'] else 'ephemeral'})"
    yield f"  pages   {told['pages']} (opens once)"
    yield '  next    eval "$(sandbricks env)"'


def look(config: Config) -> Told:
    """Where it runs, and what it still waits for."""
    directory, instance = running(config)
    missing = control_of(directory, instance).waiting_for()
    told = describe(directory, instance)
    state = ", ".join(f"{name} ({state})" for name, state in missing.items())
    lines = [*banner(told), f"  ready   {'no: ' + state if missing else 'yes'}"]
    return {**told, "running": True, "ready": not missing, "waiting_for": list(missing)}, lines


def wait(config: Config, seconds: float) -> Told:
    """Waits until it is ready."""
    directory, instance = running(config)
    control_of(directory, instance).wait_until_ready(seconds)
    return {"ready": True, "host": instance.host}, [f"{instance.host} is ready"]


def stop(config: Config) -> Told:
    """Stops it, if it runs."""
    directory = DataDirectory(config.home)
    if directory.running() is None:
        if directory.noted():
            directory.unnote()
        return {"stopped": False}, ["Nothing runs here."]
    directory, instance = running(config)
    stop_running(directory, instance)
    return {"stopped": True, "host": instance.host}, [f"Stopped {instance.host}."]


def variables(config: Config) -> tuple[list[str], dict[str, str]]:
    """The variables to unset and those to set."""
    directory, instance = running(config)
    client_config = directory.client_config
    values = local_variables(config.environment, instance.host, directory.token(), client_config)
    values |= tls_variables(directory, instance)
    return foreign(config.environment), values


def tls_variables(directory: DataDirectory, instance: Instance) -> dict[str, str]:
    """What clients of the TLS front need: its address, and trust in its authority."""
    if instance.tls_host is None:
        return {}
    return {"SANDBRICKS_TLS_URL": instance.tls_host} | Certificates(directory.tls).trust()


def write_profile(config: Config, agreed: Callable[[str], bool]) -> Told:
    """Puts the running sandbox into the user's profiles.

    Raises: NotRunningError, SandboxError
    """
    directory, instance = running(config)
    file, token = config.databrickscfg, directory.token()
    there = profile.present(file)
    differs = there is not None and there != profile.section(profile.NAME, instance.host, token)
    if differs and not agreed(f"{file} has a section [{profile.NAME}] already. Overwrite it?"):
        raise SandboxError(f"{file} was left as it is.")
    profile.write_profile(file, instance.host, token)
    return {"file": str(file), "profile": profile.NAME}, [f"Wrote [{profile.NAME}] into {file}."]


def remove_profile(config: Config) -> Told:
    """Takes the sandbox out of the user's profiles."""
    removed = profile.remove_profile(config.databrickscfg)
    text = f"Removed [{profile.NAME}] from" if removed else f"There is no [{profile.NAME}] in"
    return {"removed": removed}, [f"{text} {config.databrickscfg}."]


def log_lines(config: Config, *, follow: bool) -> Iterator[str]:
    """The ends of all logs, then what is added to them.

    Raises: SandboxError
    """
    noted = DataDirectory(config.home).noted()
    folder = Path(noted.data if noted else config.home) / "logs"
    if not folder.exists():
        raise SandboxError(f"There are no logs in {folder}.", "sandbricks up")
    offsets: dict[Path, int] = {}
    yield from _added(folder, offsets)
    while follow:
        sleep(_LOOK_EVERY)
        yield from _added(folder, offsets)


def _added(folder: Path, offsets: dict[Path, int]) -> Iterator[str]:
    for log in sorted(log for log in folder.glob("*.log") if not log.name.endswith(".previous.log")):
        known = offsets.get(log)
        with log.open(errors="replace") as text:
            text.seek(known if known and known <= log.stat().st_size else 0)
            lines = text.read().splitlines()
            offsets[log] = text.tell()
        yield from (f"{log.stem}: {line}" for line in (lines[-_LAST_LINES:] if known is None else lines))
