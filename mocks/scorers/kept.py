"""What is kept of scorers: how they are scheduled, their versions, and which traces each has scored."""

import base64
import binascii

from mocks.core.collection import Collection
from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.scorers.wire import ScorerConfig, ScorerVersion


class KeptScorer(Wire):
    """A scorer and since when it runs; traces from before are not scored."""

    config: ScorerConfig
    started_at: int | None = None


class Scheduled(Wire):
    """The scorers of an experiment, and until when it is certain that every trace was looked at."""

    experiment_id: str
    scorers: list[KeptScorer] = []
    complete_until: int = 0

    @property
    def started(self) -> list[KeptScorer]:
        """Those that run."""
        return [kept for kept in self.scorers if kept.config.started]


class Scored(Wire):
    """A scorer has scored a trace."""

    trace_id: str


def scheduled(workspace: Workspace) -> Collection[Scheduled]:
    """The scorers, by experiment."""
    return workspace.collection("scorers.scheduled", Scheduled, "Scheduled scorers of experiment")


def versions(workspace: Workspace) -> Collection[ScorerVersion]:
    """The versions, by `version_key`."""
    return workspace.collection("scorers.versions", ScorerVersion, "Scorer version")


def scored(workspace: Workspace) -> Collection[Scored]:
    """What was scored, by experiment, scorer and trace."""
    return workspace.collection("scorers.scored", Scored, "Scored trace")


def resource_key(name: str) -> str:
    """A scorer's name as it stands in a path."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def resource_name(key: str) -> str:
    """The scorer that a path means.

    Raises: InvalidParameterValue
    """
    try:
        return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode()
    except (binascii.Error, UnicodeError):
        raise InvalidParameterValue(f"'{key}' is not the name of a scorer in URL-safe base64.") from None


def prefix(experiment: str, name: str) -> str:
    """How the keys of all that belongs to a scorer begin."""
    return f"{experiment}/{resource_key(name)}/"


def version_key(experiment: str, name: str, version: int) -> str:
    """The key of a version; they sort by number."""
    return f"{prefix(experiment, name)}{version:09}"
