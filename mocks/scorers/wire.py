"""Bodies of scheduled scorers and their versions."""

from typing import Any

from pydantic import Field

from mocks.core.wire import Wire


class ScorerConfig(Wire):
    """A scorer as it is now, and which traces it is run on."""

    name: str = Field(min_length=1, max_length=255)
    serialized_scorer: str
    builtin: dict[str, Any] | None = None
    custom: dict[str, Any] | None = None
    sample_rate: float | None = Field(None, ge=0, le=1)
    filter_string: str | None = None
    scorer_version: int | None = None

    @property
    def started(self) -> bool:
        """Whether it is run on any trace at all."""
        return bool(self.sample_rate)


class ScheduledScorers(Wire):
    """The scorers of an experiment."""

    scorers: list[ScorerConfig] = []


class ScheduledScorersInfo(Wire):
    """What is asked and answered about the scorers of an experiment."""

    experiment_id: str | None = None
    scheduled_scorers: ScheduledScorers = ScheduledScorers()
    update_mask: str | None = None
    next_page_token: str | None = None


class ScorerVersion(Wire):
    """What a scorer was when it was registered; never changed."""

    name: str
    display_name: str
    scorer_version: int
    serialized_scorer: str
    builtin: dict[str, Any] | None = None
    custom: dict[str, Any] | None = None
    create_time: str


class ScorerVersions(Wire):
    """A page of versions, the newest first."""

    scorer_versions: list[ScorerVersion]
    next_page_token: str | None = None


class Settle(Wire):
    """Whose scorers are waited for, and how long at most."""

    workspace: str = "default"
    timeout_seconds: float = Field(60, gt=0, le=600)
