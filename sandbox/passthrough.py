"""`--proxy serving=PROFILE`: the chat endpoints of a real workspace answer here, to be recorded once and replayed."""

import configparser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.errors import SandboxError

if TYPE_CHECKING:
    from mocks.engines.chat.model_address import Addresses

SERVICES = ("serving",)


def addresses(told: Sequence[str], databrickscfg: Path) -> "Addresses":
    """Where the chat endpoints of the profile's workspace answer; its token stays in memory.

    Raises: SandboxError
    """
    found: Addresses = {}
    for one in told:
        service, _, profile = one.partition("=")
        if service not in SERVICES or not profile:
            raise SandboxError(
                f"{one!r} passes nothing through; {', '.join(f'{name}=PROFILE' for name in SERVICES)} does."
            )
        from mocks.engines.chat.model_address import EVERY, SAME, ModelAddress

        host, token = _profile(profile, databrickscfg)
        found[EVERY] = ModelAddress(f"{host}/serving-endpoints", SAME, token)
    return found


def _profile(name: str, file: Path) -> tuple[str, str]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(file)
    if name not in parser and name != parser.default_section:
        raise SandboxError(f"{file} has no profile [{name}].", "databricks auth login")
    host, token = parser[name].get("host"), parser[name].get("token")
    if not host or not token:
        raise SandboxError(
            f"The profile [{name}] has no {'token' if host else 'host'}; a personal access token is what is passed on."
        )
    return host.rstrip("/"), token
