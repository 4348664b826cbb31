"""`sandbricks monitor`: the figures of the versions of an agent, as a table and as lines over time."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sandbox.config import Config
from sandbox.control import Control
from sandbox.errors import SandboxError
from sandbox.status import Told, running

_BARS = "▁▂▃▄▅▆▇█"
_UNKNOWN = "–"


def monitor(config: Config, name: str | None) -> Told:
    """What the traces of an endpoint or an experiment tell; without a name, which there are.

    Raises: SandboxError
    """
    directory, instance = running(config)
    gateway = Control(instance.host, directory.token())
    if name is None:
        told = gateway.ask("GET", "/monitoring?format=json")
        return told, told["known"] or ["Nothing is traced yet."]
    try:
        told = gateway.ask("GET", f"/monitoring/{quote(name.lstrip('/'))}?format=json")
    except SandboxError as error:
        raise SandboxError(f"Nothing is known of '{name}': {error}", "sandbricks monitor") from None
    page = f"{instance.host}/monitoring/{quote(name.lstrip('/'))}"
    return told | {"page": page}, [*report_lines(told), "", f"With plots: {page}"]


def report_lines(told: dict[str, Any]) -> Iterator[str]:
    """The report for a terminal."""
    place = told["experiment"]["name"]
    yield f"{told['endpoint']}, traced into {place}" if told.get("endpoint") else place
    cut = ", the newest only" if told["only_the_newest"] else ""
    yield f"{told['traces']} traces{cut}; evaluation runs are left out"
    if not told["versions"]:
        return
    yield ""
    yield from table(list(_rows(told)))
    yield ""
    for figure in told["over_time"]:
        yield from _lines(figure)
    started = [f"{one['name']} ({100 * one['sample_rate']:.0f} %)" for one in told["scorers"] if one["sample_rate"]]
    yield f"Started scorers: {', '.join(started) or 'none, so new traces are not scored'}."
    if not told.get("price_per_million_tokens"):
        tags = "sandbricks.price.input and sandbricks.price.output"
        yield f"No cost: set the experiment's tags {tags} ($ for a million tokens)."


def table(rows: list[list[str]]) -> Iterator[str]:
    """Rows with their columns aligned: the first to the left, the others to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([first.strip().ljust(widths[0]), *others]).rstrip()


def sparkline(values: list[float | None], top: float | None = None) -> str:
    """One sign for each value, from 0 to the top or the highest; a space where nothing is known."""
    high = top or max((value for value in values if value is not None), default=0)
    step = high / (len(_BARS) - 1)
    return "".join(" " if one is None else _BARS[round(one / step) if step else 0] for one in values)


def shown(value: float | None, unit: str) -> str:
    """A figure as it is read."""
    if value is None:
        return _UNKNOWN
    if unit == "share":
        return f"{100 * value:.0f} %"
    if unit == "ms":
        return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.0f} ms"
    return f"${value:.5f}" if unit == "$" else f"{value:.0f}"


def _lines(figure: dict[str, Any]) -> Iterator[str]:
    for version, values in figure["versions"].items():
        known = [value for value in values if value is not None]
        top = 1.0 if figure["unit"] == "share" and max(known) <= 1 else max(known)
        line = f"{figure['figure']:22} {version:14} {sparkline(values, top):12}"
        yield f"{line}  {shown(known[-1], figure['unit'])} at last"


def _rows(told: dict[str, Any]) -> Iterator[list[str]]:
    versions = told["versions"]
    scorers = sorted({name for one in versions for name in one["quality"]})
    yield ["version", "traces", "failed", *scorers, "thumbs up", "p50", "p95", "tokens", "cost"]
    for one in versions:
        scores = [one["quality"].get(name) for name in scorers]
        thumbs = one["feedback"]["up"], one["feedback"]["up"] + one["feedback"]["down"]
        yield [
            one["version"],
            str(one["traces"]),
            str(one["failed"]),
            *(f"{score['mean']:.2f} of {score['traces']}" if score else _UNKNOWN for score in scores),
            f"{thumbs[0]} of {thumbs[1]}" if thumbs[1] else _UNKNOWN,
            shown(one["latency_ms"].get("p50"), "ms"),
            shown(one["latency_ms"].get("p95"), "ms"),
            shown(one.get("tokens_per_call"), ""),
            shown(one.get("cost_per_call"), "$"),
        ]
