"""How long Genie takes: 8 tables of 1,000 rows, and 50 tables with one million rows in the largest."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

from benchmarks.figures import Figure, median
from benchmarks.running import Running

ROWS = 1_000
QUESTIONS = (
    "How many events are there?",
    "total cost by event type",
    "average cost of events in 2024",
    "How many events by kind of machine?",
    "Which machine has the most events?",
    "Which machines have no events?",
)


@dataclass(frozen=True)
class Size:
    """How many tables, and how many rows the largest has; the median that is wanted, in milliseconds."""

    tables: int
    largest: int
    wanted: int

    @property
    def schema(self) -> str:
        return f"main.size_{self.tables}"

    @property
    def names(self) -> list[str]:
        return [f"{self.schema}.{name}" for name in (*self._things, "machine", "events")]

    @property
    def _things(self) -> list[str]:
        return [f"thing_{number}" for number in range(self.tables - 2)]

    def statements(self) -> Iterator[str]:
        """What makes the tables."""
        yield f"CREATE SCHEMA {self.schema}"
        yield (
            f"CREATE TABLE {self.schema}.machine AS SELECT id AS machine_id, concat('M', id) AS machine_name, "
            f"concat('kind ', id % 7) AS kind FROM range({ROWS})"
        )
        yield (
            f"CREATE TABLE {self.schema}.events AS SELECT id AS event_id, id % 990 AS machine_id, "
            "concat('Type ', id % 9) AS event_type, id * 0.5 AS cost, DATE'2024-01-01' AS happened_on "
            f"FROM range({self.largest})"
        )
        for name in self._things:
            yield (
                f"CREATE TABLE {self.schema}.{name} AS SELECT id AS {name}_id, concat('T', id) AS label, "
                f"id * 1.5 AS amount FROM range({ROWS})"
            )


SIZES = (Size(8, ROWS, 50), Size(50, 1_000_000, 300))


def measure(running: Running) -> Iterator[Figure]:
    """The first question, the others, and how many were not answered, for either size."""
    running.seconds_to_ready()
    config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
    for size in SIZES:
        yield from _of_size(WorkspaceClient(config=config), size)


def _of_size(w: WorkspaceClient, size: Size) -> Iterator[Figure]:
    warehouse = next(iter(w.warehouses.list())).id or ""
    for statement in size.statements():
        w.statement_execution.execute_statement(statement, warehouse, wait_timeout="50s")
    tables = [{"identifier": name} for name in size.names]
    space = w.genie.create_space(warehouse, json.dumps({"version": 2, "data_sources": {"tables": tables}}))
    milliseconds, answered = [], 0
    for question in ("How many events?", *QUESTIONS, *QUESTIONS, *QUESTIONS):
        began = time.perf_counter()
        message = w.genie.start_conversation_and_wait(space.space_id, question)
        milliseconds.append(1000 * (time.perf_counter() - began))
        answered += any(attachment.query for attachment in message.attachments or [])
    of = f"Genie, {size.tables} tables, {size.largest:,} rows in the largest"
    yield Figure(f"{of}, first question with understanding the space", milliseconds[0], "ms")
    yield median(f"{of}, a question", milliseconds[1:], "ms", size.wanted)
    yield Figure(f"{of}, not answered", len(milliseconds) - answered, "", 0)
