"""The reference agent's golden questions for Genie as a world: what it is asked alone, and its half of the others."""

import json
import re
import urllib.request
from pathlib import Path

from benchmarks.genie import Question, World
from benchmarks.running import Running
from sandbox.seed import load, read_plan

DATA = Path(__file__).parents[1] / "agent" / "data"
GOLDEN = "golden"
_SCHEMA = "main.contracts"
# The newest month of the tables: `the last 6 months` count back from it.
_TODAY = "2025-06-30T12:00:00Z"
_HALVES = {
    "Q052": "Which GGA contract has the largest MVC?",
    "Q053": "Which contract has the highest total invoiced amount?",
    "Q054": "Which TSA contract expires first?",
    "Q055": "Which customer was invoiced under GGA-001 for February 2024, and how much?",
    "Q056": "How many contracts does Guadalupe Peak Oil & Gas, LLC have as customer?",
    "Q057": "Which contract has the most amendments?",
}


def golden_world(running: Running) -> World:
    """Loads the tables into a sandbox, turns its clock to their newest month, and gives the questions."""
    load(read_plan(DATA), running.host, running.token)
    _turn_clock(running)
    curated = (DATA / "genie_space.json").read_text().replace("${schema}", _SCHEMA)
    asked = [told for told in json.loads((DATA / "golden.json").read_text()) if "expected_sql" in told]
    questions = tuple(
        Question(
            told["id"],
            told["category"],
            (_HALVES.get(told["id"]) or (told.get("turns") or [told["question"]])[-1],),
            (_qualified(told["expected_sql"]),),
            tuple((told.get("turns") or [])[:-1]),
        )
        for told in asked
    )
    return World(GOLDEN, (), questions, curated, described=True)


def _qualified(sql: str) -> str:
    return re.sub(r"\b(FROM|JOIN) (?!expiration_date)(\w+)", rf"\1 {_SCHEMA}.\2", sql)


def _turn_clock(running: Running) -> None:
    told = json.dumps({"mode": "frozen", "now": _TODAY}).encode()
    control = (running.home / "control-token").read_text()
    headers = {"Authorization": f"Bearer {control}", "X-Sandbox-Control": "1", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{running.host}/_sandbox/clock", told, headers, method="PUT")
    with urllib.request.urlopen(request):
        pass
