"""Where a model answers: `[ENDPOINT=]URL[#MODEL]`, the way in which `--llm` and the control API are told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from mocks.engines.foundation import EMBEDDING_ENDPOINTS

STAND_IN = "stand-in"
EVERY = ""  # the chat endpoints that nothing else was said of
_TOLD = re.compile(r"(?:(?P<endpoint>[\w.-]+)=)?(?P<url>https?://[^#\s]+|stand-in)(?:#(?P<model>\S+))?")


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
            raise AddressError(f"{one!r} names no model server: [ENDPOINT=]URL[#MODEL] does, or ENDPOINT={STAND_IN}.")
        endpoint = found["endpoint"] or EVERY
        if endpoint in EMBEDDING_ENDPOINTS:
            raise AddressError(f"'{endpoint}' embeds with the model that the indexes use, and with no other.")
        addresses[endpoint] = None if found["url"] == STAND_IN else _address(found["url"], found["model"], environment)
    return addresses


def _address(url: str, model: str | None, environment: Mapping[str, str]) -> ModelAddress:
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


def _key(told: str, environment: Mapping[str, str]) -> str:
    if not told.startswith("$"):
        return told
    if not (value := environment.get(told[1:])):
        raise AddressError(f"The variable {told[1:]}, which holds the key of a model server, is not set.")
    return value
