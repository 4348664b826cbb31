"""Whether a call was made, and what came nearest if it was not."""

import difflib
import fnmatch
from collections.abc import Mapping, Sequence
from typing import Any

_NEAREST = 5


def check_called(
    requests: Sequence[Mapping[str, Any]], wanted: str, times: int | None, match: Mapping[str, Any]
) -> None:
    """Raises AssertionError, with the nearest calls, unless there are so many that match."""
    __tracebackhide__ = True
    count = sum(_is(entry, wanted) and not _differences(entry, match) for entry in requests)
    if count if times is None else count == times:
        return
    asked = wanted + "".join(f", {name}={value!r}" for name, value in match.items())
    often = "at least once" if times is None else f"{times} times"
    raise AssertionError(
        "\n".join(
            [f"{asked} was to be called {often}, and was called {count} times.", *_nearest(requests, wanted, match)]
        )
    )


def shown(entry: Mapping[str, Any]) -> str:
    """A request in one line."""
    fault = f"  fault {entry['fault']}" if entry.get("fault") else ""
    return f"{entry['status']}  {_name(entry):32} {entry['method']} {entry['path']}  {entry['ms']:.0f} ms{fault}"


def _nearest(requests: Sequence[Mapping[str, Any]], wanted: str, match: Mapping[str, Any]) -> list[str]:
    if not requests:
        return ["No request came to this workspace; is DATABRICKS_HOST read before the fixture sets it?"]
    ranked = sorted(requests, key=lambda entry: -_likeness(entry, wanted))[:_NEAREST]
    lines = []
    for entry in ranked:
        differ = [] if _is(entry, wanted) else [f"operation {_name(entry)}"]
        differ += [f"{name} {entry.get(name)!r}" for name in _differences(entry, match)]
        lines.append(f"  {shown(entry)}" + (f"  (differs: {', '.join(differ)})" if differ else ""))
    return ["The nearest:", *lines]


def _is(entry: Mapping[str, Any], wanted: str) -> bool:
    method, _, path = wanted.partition(" ")
    if path:
        return bool(entry["method"] == method and fnmatch.fnmatchcase(entry["path"], path))
    return wanted in (_name(entry), entry.get("operation"))


def _differences(entry: Mapping[str, Any], match: Mapping[str, Any]) -> list[str]:
    return [name for name, value in match.items() if entry.get(name) != value]


def _likeness(entry: Mapping[str, Any], wanted: str) -> float:
    forms = (_name(entry), f"{entry['method']} {entry['path']}", entry.get("operation") or "")
    return max(difflib.SequenceMatcher(None, wanted, form).ratio() for form in forms)


def _name(entry: Mapping[str, Any]) -> str:
    return f"{entry.get('service', '-')}.{entry.get('operation', '-')}"
