"""Figures of the versions of an agent from its traces: pure arithmetic over what MLflow tells of each trace."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mocks.engines.mlflow.assessing import value_of

FEEDBACK = "user_feedback"
MOST_BINS, FEWEST = 12, 4
_TRUE, _FALSE = ("yes", "true", "pass", "passed", "correct"), ("no", "false", "fail", "failed", "incorrect")
Json = dict[str, Any]


@dataclass(frozen=True)
class Price:
    """Dollars for a million tokens."""

    input: float
    output: float

    def of(self, read: int, written: int) -> float:
        """Dollars for so many tokens."""
        return (self.input * read + self.output * written) / 1_000_000


@dataclass
class Seen:
    """What one trace tells: milliseconds, tokens, scores between 0 and 1 (or as the scorer counts), thumbs."""

    version: str
    at_ms: int
    took_ms: int
    failed: bool
    tokens: tuple[int, int] | None
    scores: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    thumb: bool | None = None
    people: dict[str, float] = field(default_factory=dict)


@dataclass
class Version:
    """The figures of one version; a share or a mean is none where nothing was counted."""

    name: str
    traces: int
    failed: int
    p50_ms: float | None
    p95_ms: float | None
    tokens: float | None
    cost: float | None
    up: int
    down: int
    scores: dict[str, tuple[float, int]]
    people: dict[str, tuple[float, int]]
    scorer_errors: dict[str, int]

    @property
    def thumbs_up(self) -> float | None:
        """The share of thumbs that point up."""
        return self.up / (self.up + self.down) if self.up + self.down else None


def seen(info: Json, names: dict[str, str]) -> Seen:
    """A trace's info as MLflow's REST API tells it; `names` calls logged models by their versions."""
    metadata, tags = info.get("trace_metadata") or {}, info.get("tags") or {}
    version = tags.get("mlflow.registeredModelVersion") or names.get(metadata.get("mlflow.modelId", ""))
    usage = _parsed(metadata.get("mlflow.trace.tokenUsage"))
    tokens = (int(usage.get("input_tokens") or 0), int(usage.get("output_tokens") or 0)) if usage else None
    told = Seen(
        version=f"version {version}" if version and version.isdigit() else version or "no version",
        at_ms=_moment_ms(info.get("request_time")),
        took_ms=round(1000 * float(str(info.get("execution_duration") or "0s").rstrip("s"))),
        failed=info.get("state") == "ERROR",
        tokens=tokens,
    )
    for one in info.get("assessments") or ():
        if one.get("valid", True) and "feedback" in one:
            _assessed(told, one)
    return told


def by_version(traces: Sequence[Seen], price: Price | None) -> list[Version]:
    """The figures of each version."""
    groups: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in traces:
        groups[one.version].append(one)
    return [figures(name, groups[name], price) for name in sorted(groups, key=_order)]


def figures(name: str, traces: Sequence[Seen], price: Price | None) -> Version:
    """The figures of some traces."""
    took = sorted(one.took_ms for one in traces if not one.failed)
    counted = [one.tokens for one in traces if one.tokens is not None]
    thumbs = [one.thumb for one in traces if one.thumb is not None]
    return Version(
        name=name,
        traces=len(traces),
        failed=sum(one.failed for one in traces),
        p50_ms=quantile(took, 0.5),
        p95_ms=quantile(took, 0.95),
        tokens=_mean([read + written for read, written in counted]),
        cost=_mean([price.of(*one) for one in counted]) if price else None,
        up=sum(thumbs),
        down=len(thumbs) - sum(thumbs),
        scores=_means(one.scores for one in traces),
        people=_means(one.people for one in traces),
        scorer_errors=dict(Counter(name for one in traces for name in one.errors)),
    )


def bins(traces: Sequence[Seen]) -> list[int]:
    """The beginnings (ms) of stretches of time with equally many traces each; traffic comes in bursts."""
    times = sorted(one.at_ms for one in traces)
    number = min(MOST_BINS, max(1, len(times) // FEWEST)) if times else 0
    return list(dict.fromkeys(times[len(times) * at // number] for at in range(number)))


def in_bins(traces: Sequence[Seen], starts: Sequence[int]) -> list[list[Seen]]:
    """The traces of each stretch."""
    parts: list[list[Seen]] = [[] for _ in starts]
    for one in traces:
        parts[max(at for at, start in enumerate(starts) if start <= one.at_ms or at == 0)].append(one)
    return parts


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which that share of the sorted values lies, between neighbours by proportion."""
    if not values:
        return None
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def number(value: Any) -> float | None:
    """A score as a number: yes and true are 1, no and false 0; other words are none."""
    if isinstance(value, bool | int | float):
        return float(value)
    text = str(value).strip().lower()
    return 1.0 if text in _TRUE else 0.0 if text in _FALSE else None


def _assessed(told: Seen, assessment: Json) -> None:
    name, source = str(assessment.get("assessment_name")), (assessment.get("source") or {}).get("source_type")
    if assessment["feedback"].get("error"):
        told.errors.append(name)
        return
    value = number(value_of(assessment))
    if value is None:
        return
    if source != "HUMAN":
        told.scores[name] = value
    elif name == FEEDBACK:
        told.thumb = value > 0
    else:
        told.people[name] = value


def _means(told: Iterable[dict[str, float]]) -> dict[str, tuple[float, int]]:
    values: defaultdict[str, list[float]] = defaultdict(list)
    for one in told:
        for name, value in one.items():
            values[name].append(value)
    return {name: (sum(values[name]) / len(values[name]), len(values[name])) for name in sorted(values)}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _order(name: str) -> tuple[bool, int, str]:
    digits = name.rpartition(" ")[2]
    return name == "no version", int(digits) if digits.isdigit() else 0, name


def _moment_ms(told: Any) -> int:
    return round(datetime.fromisoformat(str(told).replace("Z", "+00:00")).timestamp() * 1000) if told else 0


def _parsed(told: Any) -> Json:
    try:
        value = json.loads(told) if isinstance(told, str) else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
