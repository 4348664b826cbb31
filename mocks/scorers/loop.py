"""Scores the traces of a workspace as they arrive; sleeps until it is told of one."""

import logging
import threading
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from mocks.core.errors import ApiError
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.trace_events import TraceEvents
from mocks.scorers import kept
from mocks.scorers.bench import Bench, BenchError
from mocks.scorers.kept import KeptScorer, Scheduled, Scored
from mocks.scorers.sampling import sampled
from mocks.scorers.traces import Seen, Traces
from mocks.scorers.wire import ScorerConfig

log = logging.getLogger("sandbricks.scorers")
IDLE_SECONDS = 60.0
LOOKBACK_MS = 3_600_000  # a trace may be sent up to an hour after it began, as in MLflow's online scoring


class ScoringLoop:
    """A thread that waits for traces, made with the first scorer that is started; scorers run in the bench's child."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._traces, self._bench = workspace, Traces(workspace), Bench(workspace)
        self._scheduled, self._scored = kept.scheduled(workspace), kept.scored(workspace)
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._incomplete: dict[str, str] = {}  # traces whose spans come by OTLP later, each with its experiment
        self._arrivals: Counter[str] = Counter()
        self._thread: threading.Thread | None = None
        self._wanted = self._busy = self._closed = False
        workspace.engine(TraceEvents).subscribe(self.tell, self.arrived)
        self.look_again()

    @classmethod
    def used_by(cls, workspace: Workspace) -> bool:
        """Whether a scorer of the workspace is started, so that the loop must run."""
        return any(one.started for one in kept.scheduled(workspace).all())

    def look_again(self) -> None:
        """Called when scorers were started or stopped; not under the records' lock."""
        wanted = self.used_by(self._workspace)
        if wanted is not self._wanted:
            log.info("workspace %s has %s started scorer", self._workspace.name, "a" if wanted else "no")
        with self._changed:
            self._wanted = wanted
            if not wanted:
                self._waiting.clear()
            elif self._thread is None:
                self._busy = True
                self._thread = threading.Thread(target=self._run, name="scorers", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def tell(self, trace_id: str) -> None:
        """A trace was written or changed."""
        with self._changed:
            if self._wanted:
                self._waiting[trace_id] = None
                self._changed.notify_all()

    def arrived(self, experiment_id: str) -> None:
        """Spans came by OTLP, perhaps those of a trace that was not complete."""
        with self._changed:
            self._arrivals[experiment_id] += 1
            complete = [one for one, place in self._incomplete.items() if place == experiment_id]
            for trace_id in complete:
                del self._incomplete[trace_id]
        for trace_id in complete:
            self.tell(trace_id)

    def settle(self, seconds: float) -> bool:
        """Waits until everything that arrived is scored; false if that takes too long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._busy, seconds)

    def close(self) -> None:
        """Ends the thread and the child."""
        with self._changed:
            self._closed, self._wanted = True, False
            self._waiting.clear()
            self._changed.notify_all()
        self._bench.stop()
        if self._thread is not None:
            self._thread.join(5)
            self._bench.stop()  # one that was just being started

    def _run(self) -> None:
        """Scores one trace after the other."""
        self._carefully("The traces that arrived meanwhile are not scored", self._catch_up)
        while (trace_id := self._next()) is not None:
            self._carefully(f"Trace {trace_id} is not scored", partial(self._consider, trace_id))

    def _carefully(self, otherwise: str, do: Callable[[], None]) -> None:
        try:
            do()
        except (ApiError, BenchError) as error:
            log.warning("%s: %s", otherwise, error)
        except Exception:  # the next trace must be scored all the same
            log.exception("%s", otherwise)

    def _next(self) -> str | None:
        """The trace that has waited longest; nothing when the loop is closed."""
        if not self._waiting and not self._closed:
            self._note_complete()
        with self._changed:
            while not self._waiting and not self._closed:
                self._busy = False
                self._changed.notify_all()
                told = self._changed.wait(IDLE_SECONDS if self._bench.running else None)
                if not told or not self._wanted:
                    self._bench.stop()
            self._busy = not self._closed
            return None if self._closed else self._waiting.popitem(last=False)[0]

    def _note_complete(self) -> None:
        """What was made until now is scored, and need not be looked for after a restart."""
        now = self._workspace.now_ms()
        for one in self._scheduled.all():
            if one.started and self._wanted:
                self._scheduled.update(one.experiment_id, lambda had: had.model_copy(update={"complete_until": now}))

    def _catch_up(self) -> None:
        """Finds what arrived while nobody was listening."""
        for one in self._scheduled.all():
            if one.started:
                began = min(scorer.started_at or 0 for scorer in one.started)
                since = max(began, one.complete_until - LOOKBACK_MS)
                for place in self._traces.places(one.experiment_id):
                    for trace_id in self._traces.since(place, since):
                        self.tell(trace_id)

    def _consider(self, trace_id: str) -> None:
        """Has the scorers that want the trace run on it."""
        trace = self._traces.find(trace_id)
        if trace is None:
            return
        for scheduled in self._scheduled_for(trace):
            wanting = self._wanting(trace, scheduled)
            if wanting:
                self._score(trace, scheduled.experiment_id, wanting)

    def _scheduled_for(self, trace: Seen) -> list[Scheduled]:
        """The scorers of its experiment, or of the experiments that are linked to its location."""
        if trace.location is None:
            found = self._scheduled.find(trace.experiment_id)
            return [found] if found else []
        started = [one for one in self._scheduled.all() if one.started]
        return [one for one in started if self._traces.location_of(one.experiment_id) == trace.location]

    def _wanting(self, trace: Seen, scheduled: Scheduled) -> list[ScorerConfig]:
        """The started scorers that choose the trace by filter and rate and have not scored it."""
        groups: defaultdict[str, list[KeptScorer]] = defaultdict(list)
        for scorer in scheduled.started:
            if trace.at_ms >= (scorer.started_at or 0):
                groups[scorer.config.filter_string or ""].append(scorer)
        wanting = []
        for condition, group in groups.items():
            chosen = sampled(trace.trace_id, [scorer.config for scorer in group])
            new = [one for one in chosen if self._scored.find(_key(scheduled.experiment_id, one, trace)) is None]
            if new and (not condition or self._traces.matches(trace, condition)):
                wanting += new
        return wanting

    def _score(self, trace: Seen, experiment: str, scorers: list[ScorerConfig]) -> None:
        names = [scorer.name for scorer in scorers]
        before, began = self._arrivals[trace.experiment_id], time.monotonic()
        said = self._said(
            {
                "trace_id": trace.shown_id,
                "experiment_id": experiment,
                "names": names,
                "scorers": [_told(scorer, experiment) for scorer in scorers],
            }
        )
        if said.get("waiting"):
            self._wait_for_spans(trace, before)
        elif "error" in said:
            log.warning("trace %s is not scored by %s: %s", trace.shown_id, ", ".join(names), said["error"])
        else:
            for scorer in scorers:
                self._scored.put(_key(experiment, scorer, trace), Scored(trace_id=trace.trace_id))
            told = (said.get("assessments", 0), said["errors"], time.monotonic() - began)
            log.info(
                "trace %s scored by %s: %d assessments, %d of them errors, %.1f s",
                *(trace.shown_id, ", ".join(names), *told),
            )

    def _said(self, task: dict[str, Any]) -> dict[str, Any]:
        """What the child answers; if it broke down over the task, a second one writes that on the trace."""
        try:
            return self._bench.score(task)
        except BenchError as error:
            if self._closed:
                raise
            return self._bench.score(task | {"failed": str(error)})

    def _wait_for_spans(self, trace: Seen, arrivals: int) -> None:
        """They come with an event: of the trace itself, or by OTLP of its experiment."""
        if trace.location is not None:
            with self._changed:
                self._incomplete[trace.trace_id] = trace.experiment_id
                missed = self._arrivals[trace.experiment_id] != arrivals
            if missed:
                self.arrived(trace.experiment_id)


def _key(experiment: str, scorer: ScorerConfig, trace: Seen) -> str:
    return kept.prefix(experiment, scorer.name) + trace.trace_id


def _told(scorer: ScorerConfig, experiment: str) -> dict[str, object]:
    key = kept.resource_key(scorer.name)
    resource = f"experiments/{experiment}/scorers/{key}/versions/{scorer.scorer_version}"
    return scorer.body() | {"resource_name": resource}
