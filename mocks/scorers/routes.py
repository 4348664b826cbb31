"""Routes of scorers, and of the control API's way to wait for them."""

from typing import Annotated

from fastapi import Depends

from mocks.core.admin import Controlled
from mocks.core.errors import DeadlineExceeded, NotImplementedYet
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.scorers.loop import ScoringLoop
from mocks.scorers.store import ScorerStore
from mocks.scorers.wire import ScheduledScorersInfo, ScorerVersion, ScorerVersions, Settle

api = Api()
Store = Annotated[ScorerStore, Depends(in_workspace(ScorerStore))]
SCHEDULED = "/api/2.0/managed-evals/scheduled-scorers/{experiment_id}"
VERSIONS = "/api/2.0/managed-evals/experiments/{experiment_id}/scorers/{key}/versions"
CADENCE = "/api/2.0/managed-evals/experiments/{experiment_id}/monitoring-configuration"


@api.get(SCHEDULED)
def get_scheduled_scorers(experiment_id: str, store: Store) -> ScheduledScorersInfo:
    """The scorers of an experiment."""
    return store.get(experiment_id)


@api.post(SCHEDULED)
def create_scheduled_scorers(experiment_id: str, body: ScheduledScorersInfo, store: Store) -> ScheduledScorersInfo:
    """The first scorers of an experiment."""
    return store.create(experiment_id, body.scheduled_scorers.scorers)


@api.patch(SCHEDULED)
def update_scheduled_scorers(experiment_id: str, body: ScheduledScorersInfo, store: Store) -> ScheduledScorersInfo:
    """Replaces the scorers of an experiment."""
    return store.replace(experiment_id, body.scheduled_scorers.scorers, body.update_mask)


@api.delete(SCHEDULED)
def delete_scheduled_scorers(experiment_id: str, store: Store) -> None:
    """Removes the scorers of an experiment."""
    store.delete(experiment_id)


@api.post(SCHEDULED + "/backfill")
def run_metric_backfill(experiment_id: str) -> None:
    """Traces from before a scorer was started are not scored."""
    raise NotImplementedYet(f"The sandbox scores the traces that arrive, no older ones of experiment {experiment_id}.")


@api.get(CADENCE)
@api.patch(CADENCE)
def use_monitoring_configuration(experiment_id: str) -> None:
    """There is no cadence to tell or to set."""
    raise NotImplementedYet(f"The sandbox scores the traces of experiment {experiment_id} when they arrive.")


@api.get(VERSIONS)
def list_scorer_versions(
    experiment_id: str, key: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> ScorerVersions:
    """A page of the versions of a scorer."""
    return store.versions(experiment_id, key, page_size, page_token)


@api.get(VERSIONS + "/{version}")
def get_scorer_version(experiment_id: str, key: str, version: int, store: Store) -> ScorerVersion:
    """One version of a scorer."""
    return store.version(experiment_id, key, version)


@api.delete(VERSIONS + "/{version}")
def delete_scorer_version(experiment_id: str, key: str, version: int, store: Store) -> None:
    """Removes a version of a scorer."""
    store.delete_version(experiment_id, key, version)


@api.post("/_sandbox/scorers/settle")
def settle_scorers(body: Settle, control: Controlled) -> dict[str, bool]:
    """Returns when the started scorers have scored every trace that has arrived."""
    loop = control.workspaces.named(body.workspace).engine(ScoringLoop)
    if not loop.settle(body.timeout_seconds):
        raise DeadlineExceeded(f"The scorers are still at work after {body.timeout_seconds:g} s.")
    return {"settled": True}
