"""Which side a shell is on: the sandbox or a real workspace, as the official clients would find out."""

import configparser
import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import TargetError

LOCAL, REAL, NOWHERE = "local", "real", "nowhere"
_FOREIGN = ("DATABRICKS_", "ARM_", "GOOGLE_", "MLFLOW_TRACKING_", "MLFLOW_REGISTRY_")
PROXIES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_LOOPBACK_NAMES = "127.0.0.1,localhost"
# What makes the SDK leave ~/.databrickscfg alone when no profile is named (Config._known_file_config_loader).
_CREDENTIALS = {
    "token": "DATABRICKS_TOKEN",
    "username": "DATABRICKS_USERNAME",
    "client_id": "DATABRICKS_CLIENT_ID",
    "client_secret": "DATABRICKS_CLIENT_SECRET",
    "google_service_account": "DATABRICKS_GOOGLE_SERVICE_ACCOUNT",
    "google_credentials": "GOOGLE_CREDENTIALS",
    "azure_workspace_resource_id": "DATABRICKS_AZURE_RESOURCE_ID",
    "azure_client_id": "ARM_CLIENT_ID",
    "azure_client_secret": "ARM_CLIENT_SECRET",
    "metadata_service_url": "DATABRICKS_METADATA_SERVICE_URL",
}


@dataclass(frozen=True)
class Value:
    """A setting and where it came from."""

    text: str = field(repr=False)
    source: str


@dataclass(frozen=True)
class Target:
    """Where the clients of a shell would go, and what is mixed up about it."""

    host: Value | None
    credentials: tuple[tuple[str, Value], ...]
    tracking: Value
    registry: Value
    warnings: tuple[str, ...]

    @property
    def side(self) -> str:
        """local, real or nowhere."""
        if self.host is None:
            return NOWHERE
        return LOCAL if is_loopback(self.host.text) else REAL


def is_loopback(host: str) -> bool:
    """Whether the address is this machine's own."""
    name = urlsplit(host if "//" in host else f"//{host}").hostname or ""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def resolve(environment: Mapping[str, str]) -> Target:
    """What databricks-sdk and MLflow make of these variables; variables outrank the profile, value by value.

    Raises: TargetError
    """
    profile, values = _profile(environment)
    host = _first(environment, "DATABRICKS_HOST", values.get("host"))
    pairs = ((name, _first(environment, variable, values.get(name))) for name, variable in _CREDENTIALS.items())
    target = Target(
        host=host,
        credentials=tuple((name, value) for name, value in pairs if value),
        tracking=_first(environment, "MLFLOW_TRACKING_URI") or Value("a local file", "MLflow's default"),
        registry=_first(environment, "MLFLOW_REGISTRY_URI") or Value("as tracking", "MLflow's default"),
        warnings=(),
    )
    warnings = (*_mixtures(environment, target, profile, values), *_pitfalls(environment, target))
    return replace(target, warnings=warnings)


def examine(environment: Mapping[str, str], side: str | None) -> Target:
    """The target; only if all of it is that side, where one is asked for.

    Raises: TargetError
    """
    required = {LOCAL: require_local, REAL: require_real, None: resolve}
    return required[side](environment)


def describe(target: Target) -> tuple[dict[str, Any], list[str]]:
    """The target for programs and for people; no secret is told."""
    shown = {"host": target.host, "tracking": target.tracking, "registry": target.registry}
    sources = {name: {"value": value.text, "from": value.source} for name, value in shown.items() if value}
    credentials = {name: value.source for name, value in target.credentials}
    lines = [f"side         {target.side}"]
    lines += [f"{name:12} {told['value']}  (from {told['from']})" for name, told in sources.items()]
    lines += [f"{name:12} set  (from {source})" for name, source in credentials.items()]
    lines += [f"warning: {warning}" for warning in target.warnings]
    data = {"side": target.side, **sources, "credentials": credentials, "warnings": list(target.warnings)}
    return data, lines


def require_local(environment: Mapping[str, str]) -> Target:
    """The target, if all of it is the sandbox.

    Raises: TargetError
    """
    return _required(environment, LOCAL, 'eval "$(sandbricks env)"')


def require_real(environment: Mapping[str, str]) -> Target:
    """The target, if all of it is a real workspace.

    Raises: TargetError
    """
    return _required(environment, REAL, "unset DATABRICKS_HOST DATABRICKS_TOKEN; export DATABRICKS_CONFIG_PROFILE=…")


def foreign(environment: Mapping[str, str]) -> list[str]:
    """The variables that point a client at some workspace or give it credentials."""
    return sorted(name for name in environment if name.startswith(_FOREIGN))


def local_environment(environment: Mapping[str, str], host: str, token: str, client_config: Path) -> dict[str, str]:
    """The environment with the sandbox as its only workspace."""
    kept = {name: value for name, value in environment.items() if name not in foreign(environment)}
    return kept | local_variables(environment, host, token, client_config)


def local_variables(environment: Mapping[str, str], host: str, token: str, client_config: Path) -> dict[str, str]:
    """The variables that point every official client at the sandbox."""
    past_proxies = {name: _with_loopback(environment.get(name, "")) for name in ("NO_PROXY", "no_proxy")}
    return {
        "DATABRICKS_HOST": host,
        "DATABRICKS_TOKEN": token,
        "DATABRICKS_AUTH_TYPE": "pat",
        "DATABRICKS_CONFIG_FILE": str(client_config),
        "MLFLOW_TRACKING_URI": "databricks",
        "MLFLOW_REGISTRY_URI": "databricks-uc",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        # Else MLflow fetches prices from GitHub on the first traced chat call: 7 s offline (mlflow/utils/providers.py).
        "MLFLOW_MODEL_CATALOG_URI": "",
        "SANDBRICKS_URL": host,
        **past_proxies,
    }


def real_environment(environment: Mapping[str, str], profile: str) -> dict[str, str]:
    """The environment with a real workspace, named by its profile, as the only one.

    Raises: TargetError
    """
    kept = {name: value for name, value in environment.items() if name not in foreign(environment)}
    kept.pop("SANDBRICKS_URL", None)
    kept |= {name: environment[name] for name in ("DATABRICKS_CONFIG_FILE",) if environment.get(name)}
    kept |= {
        "DATABRICKS_CONFIG_PROFILE": profile,
        "MLFLOW_TRACKING_URI": "databricks",
        "MLFLOW_REGISTRY_URI": "databricks-uc",
    }
    require_real(kept)
    return kept


def _profile(environment: Mapping[str, str]) -> tuple[str | None, dict[str, Value]]:
    """The profile that the SDK would read, and its values."""
    asked = environment.get("DATABRICKS_CONFIG_PROFILE") or None
    direct = any(environment.get(variable) for variable in ("DATABRICKS_HOST", *_CREDENTIALS.values()))
    if not asked and direct:
        return None, {}
    home = environment.get("HOME", "~")
    file = Path(environment.get("DATABRICKS_CONFIG_FILE") or f"{home}/.databrickscfg").expanduser()
    parser = configparser.ConfigParser(interpolation=None, default_section="\0")
    try:
        parser.read(file)
    except configparser.Error as error:
        raise TargetError(f"{file} cannot be read: {error}") from error
    name = asked or parser.get("__settings__", "default_profile", fallback="").strip() or "DEFAULT"
    if not parser.has_section(name):
        if asked:
            raise TargetError(f"DATABRICKS_CONFIG_PROFILE is {name!r}, but {file} has no such profile.")
        return None, {}
    return name, {key: Value(value, f"profile {name} in {file}") for key, value in parser[name].items() if value}


def _first(environment: Mapping[str, str], variable: str, otherwise: Value | None = None) -> Value | None:
    text = environment.get(variable)
    return Value(text, variable) if text else otherwise


def _mixtures(
    environment: Mapping[str, str], target: Target, profile: str | None, values: dict[str, Value]
) -> Iterator[str]:
    host, written = target.host, values.get("host")
    if host and written and host is not written and host.text.rstrip("/") != written.text.rstrip("/"):
        yield f"DATABRICKS_HOST ({host.text}) outranks the profile {profile} ({written.text}), which is not used."
    for name, value in target.credentials:
        if profile and host and (value.source in _CREDENTIALS.values()) != (host.source == "DATABRICKS_HOST"):
            yield f"{name} comes from {value.source}, but the host from {host.source}."
    if len(target.credentials) > 1 and target.side == LOCAL and any(n != "token" for n, _ in target.credentials):
        others = ", ".join(value.source for name, value in target.credentials if name != "token")
        yield f"The shell points at the sandbox, but carries credentials of another workspace: {others}."
    for uri in (target.tracking, target.registry):
        yield from _uri_mixture(environment, target, uri)


def _uri_mixture(environment: Mapping[str, str], target: Target, uri: Value) -> Iterator[str]:
    """An MLflow URI may name a profile, or a server, of the other side."""
    scheme, _, rest = uri.text.partition("://")
    if scheme in ("databricks", "databricks-uc") and rest:
        other = resolve({**_without_target(environment), "DATABRICKS_CONFIG_PROFILE": rest.partition("/")[0]})
        side = other.side
    elif scheme in ("http", "https"):
        side = LOCAL if is_loopback(uri.text) else REAL
    else:
        return
    if side != target.side:
        yield f"{uri.source} ({uri.text}) is {side}, but the host is {target.side}."


def _without_target(environment: Mapping[str, str]) -> dict[str, str]:
    kept = ("HOME", "DATABRICKS_CONFIG_FILE")
    return {name: environment[name] for name in kept if name in environment}


def _pitfalls(environment: Mapping[str, str], target: Target) -> Iterator[str]:
    if target.side == LOCAL and any(map(environment.get, PROXIES)) and not past_proxy(environment):
        yield f"A proxy is set, and NO_PROXY does not name {_LOOPBACK_NAMES}: calls to the sandbox may go to the proxy."
    if target.side != NOWHERE and not target.tracking.text.startswith("databricks"):
        yield f"MLflow records to {target.tracking.text} ({target.tracking.source}), not to the workspace."


def past_proxy(environment: Mapping[str, str]) -> bool:
    """Whether calls to loopback go past the proxy."""
    return any("127.0.0.1" in environment.get(name, "") for name in ("NO_PROXY", "no_proxy"))


def _with_loopback(hosts: str) -> str:
    missing = [name for name in _LOOPBACK_NAMES.split(",") if name not in hosts.split(",")]
    return ",".join([*filter(None, hosts.split(",")), *missing])


def _required(environment: Mapping[str, str], side: str, mend: str) -> Target:
    target = resolve(environment)
    if target.side != side:
        told = f"{target.host.text} (from {target.host.source})" if target.host else "no workspace at all"
        raise TargetError(f"This needs the {side} side, but the shell points at {told}.", mend)
    crossed = [warning for warning in target.warnings if f"but the host is {side}" in warning]
    if crossed:
        raise TargetError(crossed[0], mend)
    return target
