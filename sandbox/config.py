"""What the user asked for: options of the command line, then SANDBRICKS_* variables, then the defaults."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.errors import SandboxError
from sandbox.ports import EVERYWHERE, HOST

if TYPE_CHECKING:
    from mocks.engines.chat.model_address import Addresses

DEFAULT_PORT, DEFAULT_TLS_PORT = 8329, 8443
FOLDER = ".sandbricks"
RECORD_MODES = ("replay", "record", "record-missing", "off")
JUDGES = ("model", "rules", "both")
ENV_MANAGERS = ("local", "uv", "virtualenv")
_PROJECT_MARKS = (FOLDER, ".git", "pyproject.toml")
_NOT_FOR_THE_GATEWAY = ("DATABRICKS_", "ARM_", "GOOGLE_", "MLFLOW_", "SANDBRICKS_", "PYTHON")
_TOKEN = re.compile(r"dapi[0-9a-f]{32}")
_CONTROL_TOKEN = re.compile(r"[0-9a-f]{32,128}")
# No part of the sandbox calls home, looks for a newer version or fetches a model.
_QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "HF_HUB_OFFLINE": "1",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "ORT_DISABLE_TELEMETRY": "1",  # from 1.32 on, onnxruntime calls Microsoft as soon as it is imported
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True)
class Config:
    """One sandbox as it was asked for."""

    project: Path
    home: Path
    port: int = DEFAULT_PORT
    bind: str = HOST
    tls: int | None = None
    token: str | None = field(default=None, repr=False)
    control_token: str | None = field(default=None, repr=False)
    ephemeral: bool = False
    models: "Addresses" = field(default_factory=dict, repr=False)
    recordings: Path | None = None
    record_mode: str = "replay"
    env_manager: str = "local"
    judge: str = "model"
    mlflow_database: str | None = field(default=None, repr=False)
    seed: Path | None = None
    allowed_hosts: tuple[str, ...] = ()
    databrickscfg: Path = Path("~/.databrickscfg")
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def gateway_environment(self) -> dict[str, str]:
        """The environment of the gateway: nothing in it points at another workspace or at other code."""
        kept = {k: v for k, v in self.environment.items() if not k.startswith(_NOT_FOR_THE_GATEWAY)}
        return kept | _QUIET


def read_config(environment: Mapping[str, str] | None = None, **options: Any) -> Config:
    """The configuration from the options that were given and, for the others, from the environment.

    Raises: SandboxError
    """
    known = dict(os.environ if environment is None else environment)

    def asked(name: str) -> Any:
        given = options.get(name)
        return (known.get(f"SANDBRICKS_{name.upper()}") or None) if given in (None, False, ()) else given

    databrickscfg = Path(known.get("HOME", "~"), ".databrickscfg").expanduser()
    project = _folder(asked("project")) if asked("project") else find_project(Path.cwd())
    return Config(
        project=project,
        home=Path(asked("data") or project / FOLDER).expanduser().absolute(),
        port=_port(asked("port")),
        bind=_bind(asked("bind")),
        tls=_tls(asked("tls")),
        token=_token(asked("token")),
        control_token=_control_token(asked("control_token")),
        ephemeral=asked("ephemeral") not in (None, "0", "false"),
        models=_passed_through(asked("proxy"), databrickscfg) | _models(asked("llm"), known),
        recordings=Path(asked("recordings")).expanduser().absolute() if asked("recordings") else None,
        record_mode=_one_of(RECORD_MODES, asked("record_mode"), "mode of recordings"),
        env_manager=_one_of(ENV_MANAGERS, asked("env_manager"), "environment manager"),
        judge=_one_of(JUDGES, asked("judge"), "judge"),
        mlflow_database=_database(asked("mlflow_database")),
        seed=_folder(asked("seed")) if asked("seed") else None,
        allowed_hosts=tuple(filter(None, (asked("allowed_hosts") or "").split(","))),
        databrickscfg=databrickscfg,
        environment=known,
    )


def find_project(start: Path) -> Path:
    """The nearest folder upwards that looks like a project, else the folder itself."""
    for folder in (start, *start.parents):
        if any((folder / mark).exists() for mark in _PROJECT_MARKS):
            return folder
    return start


def _folder(path: str) -> Path:
    folder = Path(path).expanduser().absolute()
    if not folder.is_dir():
        raise SandboxError(f"{folder} is not a folder.")
    return folder


def _port(asked: str | int | None) -> int:
    if asked is None:
        return DEFAULT_PORT
    if asked == "auto":
        return 0
    if not str(asked).isdigit() or not 1024 <= int(asked) <= 65535:
        raise SandboxError(f"{asked!r} is no port; a number from 1024 to 65535 or 'auto' is.")
    return int(asked)


def _tls(asked: str | None) -> int | None:
    """The port of the TLS front; 443 is the one that drivers take without being told."""
    if asked in (None, "0", "false"):
        return None
    if asked in ("1", "true"):
        return DEFAULT_TLS_PORT
    return 443 if asked == "443" else _port(asked)


def _bind(asked: str | None) -> str:
    if asked not in (None, HOST, EVERYWHERE):
        raise SandboxError(f"The sandbox listens on {HOST} or, in a container, on {EVERYWHERE}; not on {asked}.")
    return asked or HOST


def _models(asked: str | Sequence[str] | None, environment: Mapping[str, str]) -> "Addresses":
    told = asked.split() if isinstance(asked, str) else asked or ()
    if not told:  # a test run reads this in a repository that may have a package `mocks` of its own
        return {}
    from mocks.engines.chat.model_address import AddressError, read_addresses

    try:
        return read_addresses(told, environment)
    except AddressError as error:
        raise SandboxError(str(error)) from None


def _passed_through(asked: str | Sequence[str] | None, databrickscfg: Path) -> "Addresses":
    from sandbox.passthrough import addresses

    return addresses(asked.split() if isinstance(asked, str) else asked or (), databrickscfg)


def _one_of(known: Sequence[str], asked: str | None, noun: str) -> str:
    """What was asked for, if it is known; the first one if nothing was."""
    if asked not in (None, *known):
        raise SandboxError(f"{asked!r} is no {noun}; {', '.join(known)} are.")
    return asked or known[0]


def _database(asked: str | None) -> str | None:
    """The address of MLflow's database with the driver that the extra `postgres` brings."""
    if asked is None:
        return None
    scheme, separator, address = asked.partition("://")
    if not separator or scheme not in ("postgres", "postgresql", "postgresql+pg8000"):
        raise SandboxError("SANDBRICKS_MLFLOW_DATABASE is postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    if find_spec("pg8000") is None:
        raise SandboxError("PostgreSQL wants a driver that is not installed.", "pip install 'sandbricks[postgres]'")
    return f"postgresql+pg8000://{address}"


def _token(asked: str | None) -> str | None:
    if asked is not None and not _TOKEN.fullmatch(asked):
        raise SandboxError("SANDBRICKS_TOKEN must be 'dapi' and 32 hexadecimal digits.")
    return asked


def _control_token(asked: str | None) -> str | None:
    if asked is not None and not _CONTROL_TOKEN.fullmatch(asked):
        raise SandboxError("SANDBRICKS_CONTROL_TOKEN must be 32 to 128 hexadecimal digits.")
    return asked
