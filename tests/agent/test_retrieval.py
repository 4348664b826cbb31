"""What the agent finds: the text in force, no draft, and where each passage stands."""

import json

import pytest

from agent.ingest import ingest
from agent.retriever import Retriever
from agent.tools import search_tool

LAST = 5
AMENDMENT = """# Amendment No. {n} to Lease AB-10

## 1. Changes

Effective 202{n}-01-01, Section 1 (Rent) is amended: $10{old} per month is deleted and replaced with $10{new} per month.
"""


@pytest.fixture
def told(w, leases):
    """What the search tool tells the model about AB-10, which was amended five times, and in a draft."""
    for n in range(1, LAST + 1):
        old = "10" if n == 1 else f"{n - 1}0"
        leases.put(f"Amendments/AB-10 Amendment {n}.md", AMENDMENT.format(n=n, old=old, new=f"{n}0"))
    draft = AMENDMENT.format(n=LAST + 1, old=f"{LAST}0", new="99")
    leases.put("Drafts/AB-10 Amendment 6.md", draft)
    ingest(w, leases.settings)
    tool = search_tool(Retriever(w, leases.settings))
    call = {
        "name": "search",
        "args": {"query": "rent of AB-10", "state": {"messages": []}},
        "id": "1",
        "type": "tool_call",
    }
    return json.loads(tool.invoke(call).content)["passages"]


def test_the_latest_executed_amendment_wins_over_all_before_it(told):
    assert "$1050 per month" in told[0]["text"]
    assert f"Amendment {LAST}" in told[0]["section"]


def test_a_draft_is_no_passage(told):
    assert not any("Draft" in passage["source"] or "$1099" in passage["text"] for passage in told)


def test_every_passage_names_its_document_and_section(told):
    assert all(p["source"].endswith(".md") and p["section"] for p in told if p["kind"] != "unreadable")
