"""MLflow keeps its active run, experiment and URIs in the process; a test has them for itself."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

_STATE = (
    ("mlflow.tracking.fluent", "_active_experiment_id"),
    ("mlflow.tracking._tracking_service.utils", "_tracking_uri"),
    ("mlflow.tracking._model_registry.utils", "_registry_uri"),
)


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """Inside, MLflow has no run, experiment or URI but those of the environment; afterwards what it had."""
    before = {place: getattr(sys.modules[place[0]], place[1], None) for place in _STATE if place[0] in sys.modules}
    _put(dict.fromkeys(_STATE))
    try:
        yield
    finally:
        _settle(sys.modules.get("mlflow"))
        _put(dict.fromkeys(_STATE) | before)


def _settle(mlflow: Any) -> None:
    """Ends what the test left open while its workspace still answers."""
    if mlflow is None or "mlflow.tracking.fluent" not in sys.modules:
        return
    while mlflow.active_run():
        mlflow.end_run()
    if "mlflow.tracing.provider" in sys.modules:
        mlflow.flush_trace_async_logging()
        mlflow.tracing.reset()


def _put(values: dict[tuple[str, str], Any]) -> None:
    for (module, name), value in values.items():
        if hasattr(sys.modules.get(module), name):
            setattr(sys.modules[module], name, value)
