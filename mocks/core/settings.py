"""What the gateway was told when it was started."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the data lie, where the gateway listens and which secrets open it."""

    data: Path
    host: str
    token: str = field(repr=False)
    control_token: str = field(repr=False)
    llm_url: str | None = None
    llm_model: str | None = None
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
