"""The engines of a workspace's spaces, rebuilt when a space or one of its tables has changed."""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mocks.core.errors import ApiError
from mocks.core.workspace import Workspace
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse
from mocks.genie.asked import Asked
from mocks.genie.knowledge.concealing import concealed
from mocks.genie.knowledge.sampling import Samples
from mocks.genie.knowledge.serialized import parse, read_space
from mocks.genie.language.writes import is_write
from mocks.genie.proposing import Proposer
from mocks.genie.reading.definite import which
from mocks.genie.scripts import SCRIPTED, GenieScripts

if TYPE_CHECKING:
    from mocks.engines.embedding.embedder import Vectors
    from mocks.genie.answer import Answer
    from mocks.genie.engine import Engine

_THINGS = 100


class Understanding:
    """One engine for each space."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._warehouse = workspace, workspace.engine(Warehouse)
        self._proposer, self._lock = workspace.engine(Proposer), threading.Lock()
        self._samples = Samples(self._warehouse)
        self._threads: list[threading.Thread] = []
        self._engines: dict[tuple[str, frozenset[str]], tuple[object, Engine]] = {}

    def engine(self, space_id: str, serialized: str, hidden: frozenset[str] = frozenset()) -> "Engine":
        """The engine of a space as it and its tables are now, which knows nothing that is in the hidden tables."""
        from mocks.genie.engine import Engine

        today = datetime.fromtimestamp(self._workspace.now_ms() / 1000, UTC).date()
        state = (serialized, today, self._versions(serialized))
        with self._lock:
            known, engine = self._engines.get((space_id, hidden), (None, None))
            if engine is None or known != state:
                space = concealed(read_space(serialized, self._warehouse, self._samples), hidden)
                engine = Engine(space, today, self._encode)
                self._engines[space_id, hidden] = (state, engine)
            return engine

    def prepare(self, space_id: str, serialized: str) -> None:
        """Begins to understand a space in the background, so that its first question need not wait for that."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._prepare, args=(space_id, serialized), name="genie", daemon=True)
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """Ends what is done in the background."""
        self._samples.ended = True
        for thread in self._threads:
            thread.join()

    def _encode(self, texts: Sequence[str]) -> "Vectors":
        return self._workspace.shared(Embedder).encode(texts)

    def _prepare(self, space_id: str, serialized: str) -> None:
        with contextlib.suppress(SqlError, ApiError, OSError):  # the first question tells what is wrong
            self.engine(space_id, serialized)

    @property
    def asks_model(self) -> bool:
        """Whether a language model is asked, which may take long."""
        return self._proposer.asks

    def ask(self, asked: Asked) -> "Answer":
        """The answer to a question: as a script says, or as the engine understands it."""
        scripted = self._workspace.engine(GenieScripts).taken(asked.space_id, asked.question)
        return scripted or self.understood(asked)

    def understood(self, asked: Asked) -> "Answer":
        """The engine's answer, or a language model's where there is one and no example query answers."""
        from mocks.genie.engine import CURATED, TRUSTED

        engine = self.engine(asked.space_id, asked.serialized, asked.hidden)
        answer = self._answer(engine, asked)
        if answer.route in (CURATED, TRUSTED) or is_write(asked.question) or not self._proposer.asks:
            return answer
        return self._proposer.answer(asked, engine) or answer

    def route(self, asked: Asked) -> str | None:
        """By which route a space would answer; nothing if it would ask back. No script counts it as given."""
        if self._workspace.engine(GenieScripts).find(asked.space_id, asked.question) is not None:
            return SCRIPTED
        answer = self._answer(self.engine(asked.space_id, asked.serialized, asked.hidden), asked)
        return answer.route if answer.sql is not None else None

    def _answer(self, engine: "Engine", asked: Asked) -> "Answer":
        """The engine's answer; a question back where it speaks of one thing and there are several."""
        answer = engine.ask(asked.question, asked.earlier)
        if answer.definite is None:
            return answer
        with contextlib.suppress(SqlError):  # a query that fails says so when it is run for its rows
            found = [self._things(sql, asked.user) for sql in answer.definite.queries]
            if all(len(things) > 1 for things in found):
                return replace(answer, text=which(answer.definite.words, found[0]), sql=None, route="")
        return answer

    def _things(self, sql: str, user: str) -> list[str]:
        """The different names in the first column of what a query finds for the user."""
        rows = self._warehouse.run(sql, read_only=True, row_limit=_THINGS, user=user).rows()
        return list(dict.fromkeys(str(row[0]) for row in rows))

    def _versions(self, serialized: str) -> tuple[object, ...]:
        """What tells whether a table or a function of a space has changed."""
        told = parse(serialized)
        tables = (told.get("data_sources") or {}).get("tables") or []
        functions = (told.get("instructions") or {}).get("sql_functions") or []
        return (
            *self._warehouse.table_versions([str(table.get("identifier", "")) for table in tables]),
            *map(self._function, functions),
        )

    def _function(self, told: dict[str, Any]) -> object:
        try:
            return self._warehouse.function(str(told.get("identifier", "")))
        except SqlError:
            return None
