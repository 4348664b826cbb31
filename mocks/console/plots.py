"""Lines over time as the numbers of a small drawing, which the page turns into SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mocks.console.figures import Price, Seen, Version, figures, in_bins

WIDTH, HEIGHT = 360, 150
LEFT, RIGHT, TOP, BOTTOM = 54, 8, 8, 22
Figure = Callable[[Version], float | None]


@dataclass
class Series:
    """One version: its values, one a stretch of time, and where they are drawn."""

    name: str
    values: list[float | None]
    dots: list[tuple[float, float]] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The points of the line."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.dots)


@dataclass
class Plot:
    """A drawing: its title, the unit of its numbers, the ticks of its axes (place, text) and the lines."""

    title: str
    unit: str
    series: list[Series]
    times: list[str]
    ticks: list[tuple[float, str]]
    stamps: list[tuple[float, str]]


def plot(
    title: str, unit: str, figure: Figure, traces: Sequence[Seen], starts: Sequence[int], price: Price | None
) -> Plot | None:
    """The figure of each version in each stretch of time; nothing if it is never known."""
    names = list(dict.fromkeys(one.version for one in sorted(traces, key=lambda one: one.version)))
    lines = [Series(name, _values(name, figure, traces, starts, price)) for name in names]
    lines = [one for one in lines if any(value is not None for value in one.values)]
    if not lines:
        return None
    top = max(value for one in lines for value in one.values if value is not None)
    top = 1.0 if unit == "share" and top <= 1 else nice(top)
    for one in lines:
        one.dots = [(_x(at, len(starts)), _y(value, top)) for at, value in enumerate(one.values) if value is not None]
    ticks = [(_y(top * part, top), shown(top * part, unit)) for part in (0, 0.5, 1)]
    times = [stamp(start) for start in starts]
    return Plot(
        title, unit, lines, times, ticks, [(_x(at, len(starts)), times[at]) for at in sorted({0, len(starts) - 1})]
    )


def shown(value: float | None, unit: str) -> str:
    """A figure as it is read: shares in percent, milliseconds as seconds from one on."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{100 * value:.0f} %"
    if unit == "ms":
        return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.0f} ms"
    if unit == "$":
        return f"${value:.2g}" if value else "$0"
    return f"{value:.0f}" if value >= 100 else f"{value:.2g}"


def stamp(at_ms: int) -> str:
    """A moment, in UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%m-%d %H:%M")


def nice(value: float) -> float:
    """The next number of 1, 2, 2.5 or 5 with zeros."""
    size = 1.0
    while size < value:
        size *= 10
    while size / 10 >= value > 0:
        size /= 10
    return next(size * part for part in (0.1, 0.2, 0.25, 0.5, 1) if size * part >= value)


def _values(
    name: str, figure: Figure, traces: Sequence[Seen], starts: Sequence[int], price: Price | None
) -> list[float | None]:
    parts = in_bins([one for one in traces if one.version == name], starts)
    return [figure(figures(name, part, price)) if part else None for part in parts]


def _x(at: int, number: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * ((at + 0.5) / number)


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value / top if top else 0))
