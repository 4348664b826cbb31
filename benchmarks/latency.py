"""How long the official SDK waits for an answer."""

import time
from collections.abc import Callable, Iterator

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

from benchmarks.figures import Figure, percentiles
from benchmarks.running import Running

WARM_UP, CALLS = 50, 500


def measure(running: Running) -> Iterator[Figure]:
    """Two calls that do next to nothing."""
    running.seconds_to_ready()
    config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
    w = WorkspaceClient(config=config)
    warehouse = next(iter(w.warehouses.list())).id or ""
    yield from percentiles("SDK current_user.me()", _times(w.current_user.me), "ms", 2)
    select = _times(lambda: w.statement_execution.execute_statement("SELECT 1", warehouse))
    yield from percentiles("SDK SELECT 1", select, "ms", 4)


def _times(call: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(WARM_UP + CALLS):
        began = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - began))
    return taken[WARM_UP:]
