"""What must be there before the sandbox is ready, and what is still missing."""

import logging
import threading
from collections.abc import Callable, Mapping

from mocks.core.errors import ResourceDoesNotExist
from mocks.core.memory import return_memory

log = logging.getLogger("sandbricks.ready")
STARTING, READY = "starting", "ready"


class Readiness:
    """The state of every part that is built in the background, and of the seeds that somebody promised to load."""

    def __init__(self, parts: Mapping[str, Callable[[], object]], seeds: tuple[str, ...] = ()) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._states = dict.fromkeys(parts, STARTING) | {f"seed:{name}": STARTING for name in seeds}

    def start(self) -> None:
        """Builds every part, each in a thread of its own."""
        for name, build in self._parts.items():
            threading.Thread(target=self._build, args=(name, build), name=f"start-{name}", daemon=True).start()

    def states(self) -> dict[str, str]:
        """The state of each part."""
        with self._lock:
            return dict(self._states)

    def waiting_for(self) -> list[str]:
        """The parts that are not ready."""
        return [name for name, state in self.states().items() if state != READY]

    def seeded(self, name: str) -> None:
        """Notes that a promised seed is in.

        Raises: ResourceDoesNotExist
        """
        with self._lock:
            if f"seed:{name}" not in self._states:
                raise ResourceDoesNotExist(f"No seed '{name}' was announced when the sandbox was started.")
            self._states[f"seed:{name}"] = READY

    def _build(self, name: str, build: Callable[[], object]) -> None:
        try:
            build()
            return_memory()
            state = READY
        except Exception as error:  # whatever it is, /ready must tell it
            log.exception("%s could not be started", name)
            state = f"failed: {error}"
        with self._lock:
            self._states[name] = state
