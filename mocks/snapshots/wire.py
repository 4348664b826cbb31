"""Bodies of the control API for snapshots."""

from pydantic import ConfigDict, Field

from mocks.core.wire import Wire
from mocks.core.workspace import DEFAULT

SCHEMA = 1
NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"


class Manifest(Wire):
    """What lies in a snapshot; the inventory has a digest of each thing."""

    schema_version: int = SCHEMA
    name: str
    sandbricks: str
    created_at: str
    workspace: str
    mlflow_workspace: str
    counts: dict[str, int] = {}
    vectors: dict[str, str] = {}
    inventory: dict[str, str] = {}

    def shown(self) -> "Manifest":
        """The manifest without the digests."""
        return self.model_copy(update={"inventory": {}, "vectors": {}})


class NewSnapshot(Wire):
    """A snapshot to be taken."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(pattern=NAME)
    workspace: str = DEFAULT
    overwrite: bool = False


class Loading(Wire):
    """Which workspace a snapshot is put into."""

    model_config = ConfigDict(extra="forbid")
    workspace: str = DEFAULT
    dry_run: bool = False


class Difference(Wire):
    """What is in the one and not in the other, by kind and name; as loading the snapshot would change it."""

    added: list[str] = []
    modified: list[str] = []
    removed: list[str] = []
