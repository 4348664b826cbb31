"""What the gateway was told when it was started."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Where the data lie, where the gateway listens and which secrets open it."""

    data: Path
    host: str
    token: str = field(repr=False)
    control_token: str = field(repr=False)
    models: dict[str, dict[str, Any] | None] = field(default_factory=dict, repr=False)
    recordings: Path | None = None
    record_mode: str = "replay"
    env_manager: str = "local"
    judge: str = "model"
    mlflow_database: str | None = field(default=None, repr=False)
    allowed_hosts: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    tls_hosts: tuple[str, ...] = ()

    @property
    def authority(self) -> str:
        """Host and port as a client writes them into its Host header."""
        return self.host.removeprefix("http://").removeprefix("https://")

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.data / "logs"
