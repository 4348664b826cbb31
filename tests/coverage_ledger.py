"""The coverage ledger: which operation was asked by which client in which test, from the journal of our own test runs.

`make coverage` runs the tests with `-p tests.coverage_ledger` and writes docs/coverage.md from what the workers noted.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTES, LEDGER = ROOT / ".pytest_cache" / "coverage", ROOT / "docs" / "coverage.md"
CLIENTS = {
    "databricks-sdk": "SDK",
    "mlflow": "MLflow",
    "OpenAI": "OpenAI",
    "PyDatabricksSqlConnector": "SQL connector",
    "langchain": "LangChain",
}
LEVELS = ("client", "http", "refused", "none")
_SEEN = pytest.StashKey[int]()
_FOUND = pytest.StashKey[dict]()


def pytest_configure(config):
    config.stash[_SEEN], config.stash[_FOUND] = 0, {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    server = getattr(item, "funcargs", {}).get("server")
    if server is None or not hasattr(server, "control"):
        return
    entries = server.control("GET", "/_sandbox/requests?limit=1000")["requests"]
    stash = item.config.stash
    for entry in (e for e in entries if e["id"] > stash[_SEEN] and e.get("operation")):
        note(stash[_FOUND], entry, item.nodeid.partition("[")[0])
    stash[_SEEN] = max((e["id"] for e in entries), default=stash[_SEEN])


def pytest_sessionfinish(session):
    NOTES.mkdir(parents=True, exist_ok=True)
    if session.config.stash[_FOUND]:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (NOTES / f"{worker}.json").write_text(json.dumps(session.config.stash[_FOUND]))


def note(found, entry, test):
    """Keeps the best witness of each operation: an official client before plain HTTP before a refusal."""
    client = next((name for mark, name in CLIENTS.items() if mark in entry["client"]), "")
    answered = entry["status"] < 400
    level = "client" if answered and client else "http" if answered else "refused"
    key = f"{entry.get('service')}.{entry['operation']}"
    known = found.setdefault(key, {"level": "none", "clients": [], "test": ""})
    if LEVELS.index(level) < LEVELS.index(known["level"]):
        known.update(level=level, test=test)
    if level == "client" and client not in known["clients"]:
        known["clients"].append(client)


def merged():
    """What all workers noted."""
    found = {}
    for file in sorted(NOTES.glob("*.json")):
        for key, told in json.loads(file.read_text()).items():
            known = found.setdefault(key, told)
            known["clients"] = sorted({*known["clients"], *told["clients"]})
            if LEVELS.index(told["level"]) < LEVELS.index(known["level"]):
                known.update(level=told["level"], test=told["test"])
    return found


def routes():
    """Every operation that is served, by service, with its request line."""
    from starlette.routing import Route

    from mocks.app import SERVICES

    served = defaultdict(dict)
    for api in SERVICES:
        for route in (route for route in api.routes if isinstance(route, Route)):
            service = route.endpoint.__module__.split(".")[1]
            line = f"{'/'.join(sorted(route.methods))} {route.path}"
            served[service].setdefault(route.endpoint.__name__, line)
    return served


def write():
    """Writes docs/coverage.md."""
    found, served = merged(), routes()
    keys = [f"{service}.{name}" for service, names in served.items() for name in names]
    levels = [found.get(key, {"level": "none"})["level"] for key in keys]
    counts = ", ".join(f"{levels.count(level)} {text}" for level, text in zip(LEVELS, TEXTS, strict=True))
    lines = [
        "# Coverage",
        "",
        "Written by `make coverage` from the journal of the test runs.",
        "",
        f"{len(keys)} operations: {counts}.",
        "",
    ]
    for service in sorted(served):
        lines += [f"## {service}", "", "| operation | request | answered to | test |", "|---|---|---|---|"]
        for name, line in sorted(served[service].items()):
            told = found.get(f"{service}.{name}", {"level": "none", "clients": [], "test": ""})
            who = ", ".join(told["clients"]) or TEXTS[LEVELS.index(told["level"])]
            lines.append(f"| {name} | `{line}` | {who} | {'`' + told['test'] + '`' if told['test'] else ''} |")
        lines.append("")
    LEDGER.write_text("\n".join(lines))


TEXTS = ("an official client", "plain HTTP", "refusals only", "no test")

if __name__ == "__main__":
    sys.exit(write())
