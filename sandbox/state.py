"""The data directory: tokens, the lock, who runs in it; keep it or forget it."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sandbox.errors import SandboxError

TOKEN, CONTROL_TOKEN, INSTANCE, LOCK = "token", "control-token", "instance.json", "lock"
_SAME_START = 1.0


@dataclass(frozen=True)
class Instance:
    """A gateway that runs, or ran; its process is told apart from a later one of the same pid by its start time."""

    pid: int
    started: float
    host: str
    port: int
    version: str
    data: str
    durable: bool
    tls_host: str | None = None

    def alive(self) -> bool:
        """Whether that very process still runs."""
        started = start_time(self.pid)
        return started is not None and abs(started - self.started) < _SAME_START


def start_time(pid: int) -> float | None:
    """When the process started, in seconds since the epoch, or nothing if there is none."""
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None


@dataclass(frozen=True)
class DataDirectory:
    """The folder of one sandbox; readable by its owner only, used by one gateway at a time."""

    home: Path
    ephemeral: bool = False
    temporary: bool = False

    @property
    def forgotten(self) -> Path | None:
        """What is removed when the sandbox stops."""
        return self.home if self.temporary else self.data if self.ephemeral else None

    @property
    def data(self) -> Path:
        """Where the workspaces lie: the folder itself, or a part of it that is forgotten."""
        return self.home / "ephemeral" if self.ephemeral else self.home

    @property
    def log(self) -> Path:
        """The gateway's log."""
        return self.data / "logs" / "gateway.log"

    @property
    def token_file(self) -> Path:
        """The file with the token of the default workspace."""
        return self.home / TOKEN

    @property
    def tls(self) -> Path:
        """The folder of the certificates."""
        return self.home / "tls"

    @property
    def client_config(self) -> Path:
        """A `.databrickscfg` that knows the sandbox only."""
        return self.home / "databrickscfg"

    def prepare(self, token: str | None = None, control_token: str | None = None) -> None:
        """Makes the folder and its tokens, if they are not there; a token that is given replaces the old one.

        Raises: SandboxError
        """
        if self.home.exists() and not self._ours() and any(self.home.iterdir()):
            raise SandboxError(f"{self.home} holds something else; the data directory must be new or empty.")
        try:
            self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.home.chmod(0o700)
        except OSError as error:
            raise SandboxError(f"The data directory {self.home} cannot be used: {error.strerror}.") from error
        # The control token comes first: it marks the folder as ours.
        for name, content in (
            (CONTROL_TOKEN, secrets.token_hex(32)),
            (TOKEN, f"dapi{secrets.token_hex(16)}"),
            (".gitignore", "*\n"),
        ):
            with contextlib.suppress(FileExistsError):
                _create_private(self.home / name, content)
        for name, given in ((TOKEN, token), (CONTROL_TOKEN, control_token)):
            if given is not None:
                write_private(self.home / name, given)

    def clear_leftovers(self) -> None:
        """Removes what an ephemeral sandbox that was killed could not."""
        if self.ephemeral:
            shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700, exist_ok=True)

    def token(self) -> str:
        """The token of the default workspace."""
        return self.token_file.read_text().strip()

    def control_token(self) -> str:
        """The token of the control API."""
        return (self.home / CONTROL_TOKEN).read_text().strip()

    def lock(self) -> int | None:
        """A descriptor that holds the folder as long as any process has it open, or nothing if it is held already."""
        descriptor = os.open(self.home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return descriptor

    def held(self) -> bool:
        """Whether a gateway holds the folder."""
        try:
            with self._looking() as descriptor:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:  # it took its folder with it
            return False
        return False

    def noted(self) -> Instance | None:
        """The instance that was noted last; it may be gone."""
        try:
            return Instance(**json.loads((self.home / INSTANCE).read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def running(self) -> Instance | None:
        """The instance that runs in the folder."""
        instance = self.noted()
        if instance is None or not (self.home / LOCK).exists() or not self.held() or not instance.alive():
            return None
        return instance

    def as_used_by(self, instance: Instance) -> "DataDirectory":
        """The same folder, with what of it the instance does not keep."""
        inside = Path(instance.data) != self.home
        return DataDirectory(
            self.home, ephemeral=not instance.durable and inside, temporary=not instance.durable and not inside
        )

    def note(self, instance: Instance) -> None:
        """Writes down who runs here."""
        write_private(self.home / INSTANCE, json.dumps(asdict(instance), indent=2) + "\n")

    def unnote(self) -> None:
        """Takes the note away, and what was to be forgotten."""
        (self.home / INSTANCE).unlink(missing_ok=True)
        if self.forgotten:
            shutil.rmtree(self.forgotten, ignore_errors=True)

    def forget(self) -> None:
        """Removes the folder with all that is in it.

        Raises: SandboxError
        """
        if self.home.exists() and not self._ours():
            raise SandboxError(f"{self.home} is not a data directory of the sandbox; nothing was removed.")
        if (self.home / LOCK).exists() and self.held():
            raise SandboxError(f"A sandbox runs in {self.home}; nothing was removed.", "sandbricks down")
        shutil.rmtree(self.home, ignore_errors=True)

    def _ours(self) -> bool:
        return (self.home / CONTROL_TOKEN).exists()

    @contextlib.contextmanager
    def _looking(self) -> Iterator[int]:
        descriptor = os.open(self.home / LOCK, os.O_RDONLY)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def write_private(path: Path, content: str | bytes) -> None:
    """Replaces a file by one that only its owner can read, at once and whole."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _create_private(aside, content)
    aside.replace(path)


def _create_private(path: Path, content: str | bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
