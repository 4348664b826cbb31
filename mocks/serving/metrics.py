"""Figures of the served models of a workspace, in Prometheus' text format."""

import threading
from collections import defaultdict
from collections.abc import Iterator

from mocks.core.workspace import Workspace

BUCKETS = (10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 60_000)


class Metrics:
    """Requests since the sandbox was started, by endpoint and served entity."""

    def __init__(self, _: Workspace) -> None:
        self._lock = threading.Lock()
        self._took: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._failed: dict[tuple[str, str, str], int] = defaultdict(int)

    def add(self, endpoint: str, entity: str, status: int, took_ms: int) -> None:
        """Counts a request."""
        with self._lock:
            self._took[endpoint, entity].append(took_ms)
            if status >= 400:
                self._failed[endpoint, entity, f"{status // 100}xx"] += 1

    def text(self, endpoint: str) -> str:
        """The figures of one endpoint; the names are those that Databricks exports."""
        with self._lock:
            return "\n".join(self._lines(endpoint)) + "\n"

    def _lines(self, endpoint: str) -> Iterator[str]:
        yield "# TYPE request_count_total counter"
        for (name, entity), took in self._took.items():
            if name == endpoint:
                yield f"request_count_total{{{_labels(endpoint, entity)}}} {len(took)}"
        for group, metric in (("4xx", "request_4xx_count_total"), ("5xx", "request_5xx_count_total")):
            yield f"# TYPE {metric} counter"
            for (name, entity, failed), count in self._failed.items():
                if (name, failed) == (endpoint, group):
                    yield f"{metric}{{{_labels(endpoint, entity)}}} {count}"
        yield "# TYPE request_latency_ms histogram"
        for (name, entity), took in self._took.items():
            if name != endpoint:
                continue
            labels = _labels(endpoint, entity)
            for bound in BUCKETS:
                yield f'request_latency_ms_bucket{{{labels},le="{bound}"}} {sum(ms <= bound for ms in took)}'
            yield f'request_latency_ms_bucket{{{labels},le="+Inf"}} {len(took)}'
            yield f"request_latency_ms_sum{{{labels}}} {sum(took)}"
            yield f"request_latency_ms_count{{{labels}}} {len(took)}"


def _labels(endpoint: str, entity: str) -> str:
    return f'endpoint_name="{endpoint}",served_entity_name="{entity}"'
