"""The scorers of experiments: what they are, their versions, and when they run."""

import json
from datetime import UTC, datetime
from typing import Any

from mocks.core.errors import AlreadyExists, InvalidParameterValue, NotFound, NotImplementedYet
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.registry import MlflowRegistry
from mocks.scorers import kept
from mocks.scorers.kept import KeptScorer, Scheduled
from mocks.scorers.loop import ScoringLoop
from mocks.scorers.traces import Traces
from mocks.scorers.wire import ScheduledScorers, ScheduledScorersInfo, ScorerConfig, ScorerVersion, ScorerVersions

MASK = "scheduled_scorers.scorers"


class ScorerStore:
    """The scorers of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._scheduled, self._versions = kept.scheduled(workspace), kept.versions(workspace)

    def get(self, experiment_id: str) -> ScheduledScorersInfo:
        """Those of an experiment; an experiment without any has an empty list.

        Raises: NotFound
        """
        self._check_experiment(experiment_id)
        return _info(self._scheduled.find(experiment_id) or Scheduled(experiment_id=experiment_id))

    def create(self, experiment_id: str, scorers: list[ScorerConfig]) -> ScheduledScorersInfo:
        """The first ones of an experiment.

        Raises: AlreadyExists, NotFound, InvalidParameterValue, NotImplementedYet
        """
        self._check(experiment_id, scorers)
        with self._workspace.lock:
            if self._scheduled.find(experiment_id) is not None:
                raise AlreadyExists(f"Scheduled scorers of experiment '{experiment_id}' already exist.")
            written = self._write(Scheduled(experiment_id=experiment_id), scorers)
        self._workspace.engine(ScoringLoop).look_again()
        return written

    def replace(self, experiment_id: str, scorers: list[ScorerConfig], mask: str | None) -> ScheduledScorersInfo:
        """Puts these in place of those that are there.

        Raises: NotFound, InvalidParameterValue, NotImplementedYet
        """
        if mask not in (None, MASK, "scheduled_scorers"):
            raise InvalidParameterValue(f"Only {MASK} can be changed, not '{mask}'.")
        self._check(experiment_id, scorers)
        with self._workspace.lock:
            written = self._write(self._find(experiment_id), scorers)
        self._workspace.engine(ScoringLoop).look_again()
        return written

    def delete(self, experiment_id: str) -> None:
        """Removes all of an experiment, with their versions.

        Raises: NotFound
        """
        with self._workspace.lock:
            self._write(self._find(experiment_id), [])
            self._scheduled.delete(experiment_id)
        self._workspace.engine(ScoringLoop).look_again()

    def versions(self, experiment_id: str, key: str, size: int | None, token: str | None) -> ScorerVersions:
        """A page of the versions of a scorer, the newest first.

        Raises: NotFound
        """
        found = self._of(experiment_id, kept.resource_name(key))
        chosen, following = page(found[::-1], size, token)
        return ScorerVersions(scorer_versions=chosen, next_page_token=following)

    def version(self, experiment_id: str, key: str, version: int) -> ScorerVersion:
        """One version.

        Raises: NotFound
        """
        name = kept.resource_name(key)
        for one in self._of(experiment_id, name):
            if one.scorer_version == version:
                return one
        # The client tells a missing version from a missing scorer by these words (mlflow/genai/scorers/registry.py).
        raise NotFound(f"Scorer version {version} of '{name}' does not exist in experiment {experiment_id}.")

    def delete_version(self, experiment_id: str, key: str, version: int) -> None:
        """Removes one version; the scorer becomes what its newest one left says, and goes with its last.

        Raises: NotFound
        """
        with self._workspace.lock:
            gone = self.version(experiment_id, key, version)
            scheduled = self._find(experiment_id)
            self._versions.delete(kept.version_key(experiment_id, gone.display_name, version))
            left = self._versions.all(kept.prefix(experiment_id, gone.display_name))
            scorers = []
            for one in scheduled.scorers:
                if one.config.name != gone.display_name:
                    scorers.append(one)
                elif left:
                    scorers.append(one.model_copy(update={"config": _as_in(one.config, left[-1])}))
            self._scheduled.put(experiment_id, scheduled.model_copy(update={"scorers": scorers}))
        self._workspace.engine(ScoringLoop).look_again()

    def _write(self, had: Scheduled, scorers: list[ScorerConfig]) -> ScheduledScorersInfo:
        before = {one.config.name: one for one in had.scorers}
        now = self._workspace.now_ms()
        scheduled = had.model_copy(
            update={"scorers": [self._kept(had.experiment_id, one, before.get(one.name), now) for one in scorers]}
        )
        self._scheduled.put(had.experiment_id, scheduled)
        for name in set(before) - {one.name for one in scorers}:
            self._forget(had.experiment_id, name)
        return _info(scheduled)

    def _kept(self, experiment_id: str, config: ScorerConfig, before: KeptScorer | None, now: int) -> KeptScorer:
        started_at = (before.started_at if before and before.config.started else now) if config.started else None
        if before is None or _definition(before.config) != _definition(config):
            version = self._new_version(experiment_id, config, now)
        else:
            version = before.config.scorer_version or 1
        config = config.model_copy(update={"scorer_version": version, "sample_rate": config.sample_rate or 0.0})
        return KeptScorer(config=config, started_at=started_at)

    def _new_version(self, experiment_id: str, config: ScorerConfig, now: int) -> int:
        there = self._versions.all(kept.prefix(experiment_id, config.name))
        version = there[-1].scorer_version + 1 if there else 1
        made = ScorerVersion(
            name=f"experiments/{experiment_id}/scorers/{kept.resource_key(config.name)}/versions/{version}",
            display_name=config.name,
            scorer_version=version,
            serialized_scorer=config.serialized_scorer,
            builtin=config.builtin,
            custom=config.custom,
            create_time=datetime.fromtimestamp(now / 1000, UTC).isoformat().replace("+00:00", "Z"),
        )
        self._versions.put(kept.version_key(experiment_id, config.name, version), made)
        return version

    def _forget(self, experiment_id: str, name: str) -> None:
        for one in self._versions.all(kept.prefix(experiment_id, name)):
            self._versions.delete(kept.version_key(experiment_id, name, one.scorer_version))
        scored = kept.scored(self._workspace)
        for mark in scored.all(kept.prefix(experiment_id, name)):
            scored.delete(kept.prefix(experiment_id, name) + mark.trace_id)

    def _of(self, experiment_id: str, name: str) -> list[ScorerVersion]:
        found = self._versions.all(kept.prefix(experiment_id, name))
        if not found:
            raise NotFound(f"Scorer '{name}' does not exist in experiment {experiment_id}.")
        return found

    def _find(self, experiment_id: str) -> Scheduled:
        found = self._scheduled.find(experiment_id)
        if found is None:
            raise NotFound(f"Experiment '{experiment_id}' has no scheduled scorers.")
        return found

    def _check(self, experiment_id: str, scorers: list[ScorerConfig]) -> None:
        self._check_experiment(experiment_id)
        names = [one.name for one in scorers]
        if len(set(names)) < len(names):
            raise InvalidParameterValue(f"A scorer's name is unique in its experiment: {', '.join(sorted(names))}.")
        for one in scorers:
            session = _definition(one).get("is_session_level_scorer")
            if one.started and session:
                raise NotImplementedYet(f"The sandbox does not score whole sessions, as '{one.name}' does.")
            if one.filter_string:
                Traces(self._workspace).check_filter(experiment_id, one.filter_string)

    def _check_experiment(self, experiment_id: str) -> None:
        self._workspace.engine(MlflowRegistry).call("GET", "experiments/get", experiment_id=experiment_id)


def _definition(config: ScorerConfig) -> dict[str, Any]:
    try:
        value = json.loads(config.serialized_scorer)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise InvalidParameterValue(f"The serialized scorer of '{config.name}' is no JSON object.")
    return value


def _as_in(config: ScorerConfig, version: ScorerVersion) -> ScorerConfig:
    fields = ("serialized_scorer", "builtin", "custom", "scorer_version")
    return config.model_copy(update={field: getattr(version, field) for field in fields})


def _info(scheduled: Scheduled) -> ScheduledScorersInfo:
    scorers = ScheduledScorers(scorers=[one.config for one in scheduled.scorers])
    return ScheduledScorersInfo(experiment_id=scheduled.experiment_id, scheduled_scorers=scorers)
