"""The engines of a workspace, or of the sandbox: each built once, when it is first needed."""

import threading
from typing import Any, TypeVar, cast

from mocks.core.errors import ResourceDoesNotExist

E = TypeVar("E")


class Engines:
    """The engines built so far from one origin."""

    def __init__(self, origin: Any, building: threading.RLock) -> None:
        self._origin, self._building = origin, building
        self._built: dict[type[Any], Any] = {}
        self._ended = False
        self._closed: list[Any] = []

    def get(self, kind: type[E]) -> E:
        """The one engine of that kind.

        Raises: ResourceDoesNotExist
        """
        engine = self._built.get(kind)
        if engine is None:
            # One at a time in the whole process: numpy and its like cannot be imported by two threads at once.
            with self._building:
                engine = self._built.get(kind)
                if engine is None:
                    engine = self._build(kind)
        return cast(E, engine)

    def close(self) -> None:
        """Closes every engine that can be closed, the newest first; waits for none that is just being built."""
        self._ended = True
        while self._built:
            self._close(self._built.popitem()[1])

    def discard(self) -> None:
        """Lets every engine, closed before, forget what it keeps elsewhere."""
        for engine in self._closed:
            if hasattr(engine, "discard"):
                engine.discard()

    def _build(self, kind: type[Any]) -> Any:
        self._refuse_ended()
        self._built[kind] = engine = kind(self._origin)
        if self._ended and self._built.pop(kind, None) is engine:  # closed meanwhile, and this one not with the others
            self._close(engine)
            self._refuse_ended()
        return engine

    def _close(self, engine: Any) -> None:
        self._closed.append(engine)
        if hasattr(engine, "close"):
            engine.close()

    def _refuse_ended(self) -> None:
        if self._ended:
            raise ResourceDoesNotExist("The workspace was dropped or emptied meanwhile.")
