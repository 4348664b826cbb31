"""How long Genie takes: 8 tables of 1,000 rows, and 50 tables with one million rows in the largest.

`python -m benchmarks.genie_large`
"""

import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

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


def measured(w: WorkspaceClient, size: Size) -> str:
    """The first question, the median of the others, and how many were answered."""
    warehouse = next(iter(w.warehouses.list())).id or ""
    for statement in size.statements():
        w.statement_execution.execute_statement(statement, warehouse, wait_timeout="50s")
    tables = [{"identifier": name} for name in size.names]
    space = w.genie.create_space(warehouse, json.dumps({"version": 2, "data_sources": {"tables": tables}}))
    seconds, answered = [], 0
    for question in ("How many events?", *QUESTIONS, *QUESTIONS, *QUESTIONS):
        began = time.perf_counter()
        message = w.genie.start_conversation_and_wait(space.space_id, question)
        seconds.append(time.perf_counter() - began)
        answered += any(attachment.query for attachment in message.attachments or [])
    return (
        f"{size.tables} tables, {size.largest:,} rows in the largest: first question {seconds[0]:.2f} s with "
        f"understanding the space; then p50 {1000 * statistics.median(seconds[1:]):.0f} ms "
        f"(wanted: {size.wanted} ms); {answered} of {len(seconds)} answered"
    )


def main() -> None:
    """Builds, asks, prints."""
    with Running() as running:
        running.seconds_to_ready()
        config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
        w = WorkspaceClient(config=config)
        for size in SIZES:
            print(measured(w, size))


if __name__ == "__main__":
    main()
