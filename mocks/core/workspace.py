"""Workspaces: a token opens one; its records, engines, ids and clock belong to it alone."""

import base64
import copy
import hashlib
import hmac
import re
import secrets
import shutil
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar, cast
from urllib.parse import quote

from fastapi import Depends, Request

from mocks.core.built import Engines
from mocks.core.clock import Clock, Ids
from mocks.core.collection import Collection, Records
from mocks.core.errors import AlreadyExists, InvalidParameterValue, ResourceDoesNotExist
from mocks.core.principals import ADMINS, EVERYBODY, Policy, Principal, policies, principals
from mocks.core.settings import Settings
from mocks.core.transitions import Transitions
from mocks.core.wire import Wire

DEFAULT = "default"
RECORDS = "records.sqlite"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_OWNER_GROUPS: tuple[str, ...] = (ADMINS, EVERYBODY)
E = TypeVar("E")
S = TypeVar("S")
W = TypeVar("W", bound=Wire)


class Profile(Wire):
    """What is kept about a workspace."""

    name: str
    token: str
    user_name: str
    workspace_id: int


class Workspace:
    """One workspace, as seen by the holder of its token."""

    def __init__(self, profile: Profile, settings: Settings, shared: Engines, building: threading.RLock) -> None:
        self.name, self.token, self.user_name = profile.name, profile.token, profile.user_name
        self.owner, self.groups = profile.user_name, _OWNER_GROUPS
        self.id, self.settings, self.host = profile.workspace_id, settings, settings.host
        self.folder = settings.data / "workspaces" / profile.name
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._engines, self._shared = Engines(self, building), shared
        self._records = Records(self.folder / RECORDS)
        self.lock = self._records.lock
        self.clock, self.ids = Clock(), Ids()
        self.transitions, self.staleness = Transitions(self.clock), self._records.staleness
        self.principals, self.policies = principals(self._records), policies(self._records)

    @property
    def policy(self) -> Policy:
        """How strictly grants are taken here."""
        return self.policies.find("") or Policy()

    @property
    def user_id(self) -> int:
        """The caller's number; the owner has that of the workspace."""
        if self.user_name == self.owner:
            return self.id
        return int.from_bytes(hashlib.sha256(f"{self.id} {self.user_name}".encode()).digest()[:6]) + 10**15

    def seen_by(self, principal: Principal) -> "Workspace":
        """The same workspace with the same engines, as the holder of another token comes to it."""
        view = copy.copy(self)
        view.token, view.user_name = principal.token, principal.user_name
        view.groups = (*principal.groups, EVERYBODY)
        return view

    def collection(self, name: str, model: type[W], noun: str) -> Collection[W]:
        """The records of one kind."""
        return Collection(self._records, name, model, noun)

    def all_records(self) -> list[tuple[str, str, str]]:
        """Collection, key and body of every record."""
        return self._records.rows()

    def engine(self, kind: type[E]) -> E:
        """This workspace's own engine of that kind."""
        return self._engines.get(kind)

    def shared(self, kind: type[E]) -> E:
        """The engine of that kind that all workspaces share."""
        return self._shared.get(kind)

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return self.ids.uuid().hex

    def new_uuid(self) -> str:
        """A UUID with dashes."""
        return str(self.ids.uuid())

    def now_ms(self) -> int:
        """The workspace's clock, in milliseconds since the epoch."""
        return self.clock.now_ms()

    def signed_url(self, path: str, seconds: int = 3600) -> str:
        """A URL that works for a while without a token, as the real service's presigned ones do."""
        expires = int(time.time()) + seconds  # the guard's clock is real
        signature = sign(self.settings.control_token, path, self.name, expires)
        return f"{self.host}{quote(path)}?workspace={self.name}&expires={expires}&signature={signature}"

    def discard(self) -> None:
        """Lets the engines forget what they keep outside the folder."""
        self._engines.discard()

    def close(self) -> None:
        """Closes the engines and the records."""
        self._engines.close()
        self._records.close()


def sign(secret: str, path: str, workspace: str, expires: int) -> str:
    """The signature of a presigned URL."""
    digest = hmac.new(secret.encode(), f"{path}\n{workspace}\n{expires}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Workspaces:
    """All workspaces of the sandbox."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.started = time.monotonic()
        self._building = threading.RLock()
        self._shared = Engines(settings, self._building)
        self._records = Records(_folder(settings.data) / "workspaces.sqlite")
        self._profiles = Collection(self._records, "workspaces", Profile, "Workspace")
        self._by_name: dict[str, Workspace] = {}
        self._by_token: dict[bytes, tuple[str, str | None]] = {}
        default = self._profiles.find(DEFAULT) or _profile(DEFAULT, settings.token, None)
        self._profiles.put(DEFAULT, default.model_copy(update={"token": settings.token}))
        for profile in self._profiles.all():
            self._admit(profile)

    def create(self, name: str | None, user_name: str | None = None) -> Workspace:
        """A fresh, empty workspace.

        Raises: AlreadyExists, InvalidParameterValue
        """
        name = name or f"w{secrets.token_hex(6)}"
        if not _NAME.fullmatch(name):
            raise InvalidParameterValue("A workspace name has 1 to 63 of a-z, 0-9, _ and -, the first no _ or -.")
        with self._records.lock:
            self._profiles.create(name, _profile(name, f"dapi{secrets.token_hex(16)}", user_name))
            return self._admit(self._profiles.get(name))

    def drop(self, name: str) -> None:
        """Forgets the workspace and all that was in it.

        Raises: ResourceDoesNotExist, InvalidParameterValue
        """
        if name == DEFAULT:
            raise InvalidParameterValue("The default workspace cannot be dropped; reset it instead.")
        with self._records.lock:
            self._profiles.delete(name)
            workspace = self._by_name.pop(name)
            self._forget_tokens(name)
        self._discard(workspace)

    def reset(self, name: str) -> Workspace:
        """Empties the workspace; its own token stays, further principals go.

        Raises: ResourceDoesNotExist
        """
        return self.replace(name, None)

    def replace(self, name: str, folder: Path | None) -> Workspace:
        """Puts what lies in the folder in the place of what the workspace holds; its own token stays.

        Raises: ResourceDoesNotExist
        """
        with self._records.lock:
            profile = self._profiles.get(name)
            self._forget_tokens(name)
            old = self._by_name.pop(name)
            self._discard(old)
            if folder is not None:
                folder.rename(old.folder)
            return self._admit(profile)

    def named(self, name: str) -> Workspace:
        """The workspace of that name.

        Raises: ResourceDoesNotExist
        """
        if name not in self._by_name:
            raise ResourceDoesNotExist(f"Workspace '{name}' does not exist.")
        return self._by_name[name]

    def opened_by(self, token: str) -> Workspace | None:
        """The workspace that the token opens; looked up by digest, so its time tells nothing."""
        name, user = self._by_token.get(_fingerprint(token), ("", None))
        workspace = self._by_name.get(name)
        principal = workspace.principals.find(user) if workspace and user else None
        return workspace.seen_by(principal) if workspace and principal else workspace

    def create_principal(self, name: str, user_name: str, groups: list[str]) -> Principal:
        """A further user of the workspace, with a token of its own.

        Raises: ResourceDoesNotExist, AlreadyExists
        """
        workspace = self.named(name)
        if user_name == workspace.owner:
            raise AlreadyExists(f"'{user_name}' owns the workspace '{name}'.")
        made = Principal(user_name=user_name, token=f"dapi{secrets.token_hex(16)}", groups=groups)
        with self._records.lock:
            workspace.principals.create(user_name, made)
            self._by_token[_fingerprint(made.token)] = name, user_name
        return made

    def names(self) -> list[str]:
        """The names of all workspaces."""
        return sorted(self._by_name)

    def shared(self, kind: type[E]) -> E:
        """The engine of that kind that all workspaces share."""
        return self._shared.get(kind)

    def close(self) -> None:
        """Closes everything, the workspaces first."""
        for workspace in self._by_name.values():
            workspace.close()
        self._shared.close()
        self._records.close()

    def _admit(self, profile: Profile) -> Workspace:
        workspace = Workspace(profile, self.settings, self._shared, self._building)
        self._by_name[profile.name] = workspace
        self._by_token[_fingerprint(profile.token)] = profile.name, None
        for principal in workspace.principals.all():
            self._by_token[_fingerprint(principal.token)] = profile.name, principal.user_name
        return workspace

    def _forget_tokens(self, name: str) -> None:
        for token in [token for token, (workspace, _) in self._by_token.items() if workspace == name]:
            del self._by_token[token]

    def _discard(self, workspace: Workspace) -> None:
        """Takes the folder away at once; what the engines keep elsewhere goes in the background."""
        workspace.close()
        grave = self.settings.data / "workspaces" / f".dropped-{uuid.uuid4().hex}"
        workspace.folder.rename(grave)
        threading.Thread(target=_bury, args=(workspace, grave), daemon=True).start()


def _bury(workspace: Workspace, grave: Path) -> None:
    workspace.discard()
    shutil.rmtree(grave, ignore_errors=True)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _profile(name: str, token: str, user_name: str | None) -> Profile:
    number = int.from_bytes(hashlib.sha256(token.encode()).digest()[:6]) % 10**15 + 10**15
    return Profile(name=name, token=token, user_name=user_name or f"{name}@sandbricks.local", workspace_id=number)


def _fingerprint(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def current_workspace(request: Request) -> Workspace:
    """The workspace that the guard found for this request."""
    return cast(Workspace, request.scope["workspace"])


def in_workspace(store: Callable[[Workspace], S]) -> Callable[[Request], S]:
    """A dependency that builds the store for the caller's workspace."""

    def build(request: Request) -> S:
        return store(current_workspace(request))

    return build


Here = Annotated[Workspace, Depends(current_workspace)]
