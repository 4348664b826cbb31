"""How long Genie takes in a large space: 50 tables, one million rows in the largest.

`python -m benchmarks.genie_large`
"""

import json
import statistics
import time
from collections.abc import Iterator

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

from benchmarks.running import Running

TABLES, ROWS, LARGEST = 50, 1_000, 1_000_000
QUESTIONS = (
    "How many events are there?",
    "total cost by event type",
    "average cost of events in 2024",
    "How many events by kind of machine?",
    "Which machine has the most events?",
    "Which machines have no events?",
)


def statements() -> Iterator[str]:
    """What makes the tables."""
    yield (
        f"CREATE TABLE main.default.machine AS SELECT id AS machine_id, concat('M', id) AS machine_name, "
        f"concat('kind ', id % 7) AS kind FROM range({ROWS})"
    )
    yield (
        "CREATE TABLE main.default.events AS SELECT id AS event_id, id % 990 AS machine_id, "
        "concat('Type ', id % 9) AS event_type, id * 0.5 AS cost, DATE'2024-01-01' AS happened_on "
        f"FROM range({LARGEST})"
    )
    for number in range(TABLES - 2):
        yield (
            f"CREATE TABLE main.default.thing_{number} AS SELECT id AS thing_{number}_id, concat('T', id) AS label, "
            f"id * 1.5 AS amount FROM range({ROWS})"
        )


def main() -> None:
    """Builds, asks, prints."""
    with Running() as running:
        running.seconds_to_first_answer()
        config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
        w = WorkspaceClient(config=config)
        warehouse = next(iter(w.warehouses.list())).id or ""
        names = [f"main.default.thing_{number}" for number in range(TABLES - 2)]
        for statement in statements():
            w.statement_execution.execute_statement(statement, warehouse, wait_timeout="50s")
        tables = [{"identifier": name} for name in (*names, "main.default.machine", "main.default.events")]
        space = w.genie.create_space(warehouse, json.dumps({"version": 2, "data_sources": {"tables": tables}}))
        seconds, answered = [], 0
        for question in ("How many events?", *QUESTIONS, *QUESTIONS):
            began = time.perf_counter()
            message = w.genie.start_conversation_and_wait(space.space_id, question)
            seconds.append(time.perf_counter() - began)
            answered += any(attachment.query for attachment in message.attachments or [])
    print(f"the first question, with understanding the space: {seconds[0]:.1f} s")
    print(f"the others: p50 {1000 * statistics.median(seconds[1:]):.0f} ms, {answered} of {len(seconds)} answered")


if __name__ == "__main__":
    main()
