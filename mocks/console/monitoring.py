"""How the versions of an agent do: quality, feedback, latency, tokens and cost, as the traces of an experiment tell."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mocks.console.endpoints import EndpointDesk, experiment_of
from mocks.console.figures import Price, Seen, Version, bins, by_version, seen
from mocks.console.plots import Plot, plot, stamp
from mocks.console.store import ConsoleStore
from mocks.core.errors import ApiError, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.public_api import PublicApi

MLFLOW = "/api/2.0/mlflow"
SCHEDULED = "/api/2.0/managed-evals/scheduled-scorers/{}"
PAGE, MOST = 500, 5000
INWARD, OUTWARD = "sandbricks.price.input", "sandbricks.price.output"
Json = dict[str, Any]


@dataclass
class Report:
    """What the traces of an experiment say; `cut` if only the newest were read."""

    experiment: Json
    endpoint: str | None
    traces: list[Seen]
    versions: list[Version]
    scorers: list[Json]
    price: Price | None
    cut: bool

    @property
    def names(self) -> list[str]:
        """The scorers that have scored anything."""
        return sorted({name for version in self.versions for name in version.scores})

    @property
    def people(self) -> list[str]:
        """What people have labelled beside their thumbs."""
        return sorted({name for version in self.versions for name in version.people})

    def plots(self) -> list[Plot]:
        """Everything that is known, over time."""
        wanted = [(name, "share", _score(name)) for name in self.names]
        wanted += [("Thumbs up", "share", lambda one: one.thumbs_up), ("Latency, median", "ms", lambda one: one.p50_ms)]
        wanted += [("Tokens of a call", "", lambda one: one.tokens), ("Cost of a call", "$", lambda one: one.cost)]
        starts = bins(self.traces)
        drawn = (plot(title, unit, figure, self.traces, starts, self.price) for title, unit, figure in wanted)
        return [one for one in drawn if one is not None]

    def body(self) -> Json:
        """The same for a program."""
        return {
            "experiment": {"experiment_id": self.experiment["experiment_id"], "name": self.experiment["name"]},
            "endpoint": self.endpoint,
            "traces": len(self.traces),
            "only_the_newest": self.cut,
            "price_per_million_tokens": vars(self.price) if self.price else None,
            "scorers": [{"name": one["name"], "sample_rate": one.get("sample_rate") or 0} for one in self.scorers],
            "versions": [_told(one) for one in self.versions],
            "over_time": [_drawn(one) for one in self.plots()],
        }


class Monitoring:
    """The experiments of one workspace, as their traces tell."""

    def __init__(self, workspace: Workspace) -> None:
        self._api, self._desk, self._console = PublicApi(workspace), EndpointDesk(workspace), ConsoleStore(workspace)

    def known(self) -> list[tuple[str, str]]:
        """What can be monitored: endpoints and experiments, each with its address."""
        names = [*(link.text for link in self._console.endpoint_links()), *(one["name"] for one in self._experiments())]
        return [(name, f"/monitoring/{name.lstrip('/')}") for name in names]

    def report(self, name: str) -> Report:
        """By the name of an endpoint, whose own traces count, or by the name or id of an experiment.

        Raises: ResourceDoesNotExist
        """
        experiment, endpoint = self._experiment(name)
        infos, cut = self._infos(str(experiment["experiment_id"]))
        infos = [one for one in infos if endpoint in (None, (one.get("trace_metadata") or {}).get(_ENDPOINT))]
        names = self._names(infos)
        traces = [seen(info, names) for info in infos]
        price = _price(experiment)
        scorers = self._scorers(str(experiment["experiment_id"]))
        return Report(experiment, endpoint, traces, by_version(traces, price), scorers, price, cut)

    def _experiment(self, name: str) -> tuple[Json, str | None]:
        for one in self._experiments():
            if one["experiment_id"] == name or one["name"] in (name, f"/{name}"):
                return one, None
        found = experiment_of(self._desk.endpoint(name))
        if found is None:
            raise ResourceDoesNotExist(f"Endpoint '{name}' names no experiment into which it is traced.")
        told: Json = self._api.ask("GET", f"{MLFLOW}/experiments/get", experiment_id=found)["experiment"]
        return told, name

    def _experiments(self) -> list[Json]:
        return self._console.experiments()

    def _infos(self, experiment: str) -> tuple[list[Json], bool]:
        body: Json = {
            "locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}],
            "max_results": PAGE,
            "order_by": ["timestamp_ms DESC"],
        }
        found: list[Json] = []
        while True:
            told = self._api.ask("POST", "/api/3.0/mlflow/traces/search", body)
            found += [one for one in told.get("traces") or () if not (one.get("trace_metadata") or {}).get(_RUN)]
            body["page_token"] = told.get("next_page_token")
            if not body["page_token"] or len(found) >= MOST:
                return found[:MOST], bool(body["page_token"])

    def _names(self, infos: list[Json]) -> dict[str, str]:
        """The versions of logged models that traces name by their ids."""
        told = ((one.get("trace_metadata") or {}).get("mlflow.modelId") for one in infos)
        return dict(self._named({str(one) for one in told if one}))

    def _named(self, ids: set[str]) -> Iterator[tuple[str, str]]:
        for one in sorted(ids):
            try:
                yield one, _version(self._api.ask("GET", f"{MLFLOW}/logged-models/{one}")["model"]["info"])
            except ApiError:
                yield one, one

    def _scorers(self, experiment: str) -> list[Json]:
        told = self._api.ask("GET", SCHEDULED.format(experiment))
        found: list[Json] = (told.get("scheduled_scorers") or {}).get("scorers") or []
        return found


_ENDPOINT = "mlflow.databricks.modelServingEndpointName"
_RUN = "mlflow.sourceRun"  # traces of evaluation runs are no live traffic, as for started scorers


def _version(model: Json) -> str:
    """The version under which a logged model is registered, if that is one, else its name."""
    tags = {tag["key"]: tag.get("value") for tag in model.get("tags") or ()}
    registered = {str(one["version"]) for one in json.loads(tags.get("mlflow.modelVersions") or "[]")}
    return registered.pop() if len(registered) == 1 else str(model["name"])


def _score(name: str) -> Any:
    return lambda one: one.scores.get(name, (None, 0))[0]


def _price(experiment: Json) -> Price | None:
    tags = {tag["key"]: tag.get("value") for tag in experiment.get("tags") or ()}
    try:
        return Price(float(tags[INWARD]), float(tags[OUTWARD]))
    except (KeyError, TypeError, ValueError):
        return None


def _told(one: Version) -> Json:
    return {
        "version": one.name,
        "traces": one.traces,
        "failed": one.failed,
        "latency_ms": {"p50": one.p50_ms, "p95": one.p95_ms},
        "tokens_per_call": one.tokens,
        "cost_per_call": one.cost,
        "feedback": {"up": one.up, "down": one.down},
        "quality": {name: {"mean": mean, "traces": count} for name, (mean, count) in one.scores.items()},
        "people": {name: {"mean": mean, "traces": count} for name, (mean, count) in one.people.items()},
        "scorer_errors": one.scorer_errors,
    }


def _drawn(one: Plot) -> Json:
    values = {series.name: series.values for series in one.series}
    return {"figure": one.title, "unit": one.unit, "from": one.times, "versions": values}


def since(report: Report) -> str:
    """From when to when the traces are, in UTC."""
    times = [one.at_ms for one in report.traces]
    return f"{stamp(min(times))} to {stamp(max(times))}" if times else ""
