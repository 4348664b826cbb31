import json
from datetime import date

import pytest

from agent.contracts import contract as profile
from agent.golden import FILE
from agent.parsing import Document, Section
from agent.settings import Settings

IDENTIFIER = Settings().identifier


def of(path, title="", text="", identifier=IDENTIFIER):
    return profile(Document(path, title, (Section("", text),)), identifier)


@pytest.mark.parametrize("entry", json.loads((FILE.parent / "docmeta.json").read_text()), ids=lambda e: e["path"])
def test_kind_and_contract_of_every_reference_document(entry, read):
    about = profile(read(entry["path"]), IDENTIFIER)

    assert (about.kind, about.contract_id) == (entry["kind"], entry.get("contract_id") or "")


def test_an_amendment_knows_its_number_date_and_parties(read):
    about = profile(read("Amendments/GGA-012 Amendment 2.pdf"), IDENTIFIER)

    assert about.amendment_no == 2
    assert about.effective_date == date(2019, 4, 1)
    assert about.parties == "Pecos Ridge Gathering, LLC and High Plains Petroleum, Inc."


@pytest.mark.parametrize("title", ["DRAFT - Lease AB-10", "Lease AB-10 (redline v3)", "Lease AB-10, not executed"])
def test_a_draft_is_seen_by_its_title(title):
    assert of("x/a.docx", title).status == "draft"


def test_a_draft_is_seen_by_its_folder():
    assert of("x/Drafts/a.docx", "Lease AB-10").kind == "draft"


def test_a_spelled_ordinal_numbers_an_amendment():
    assert of("x/a.pdf", "Third Amendment to Lease AB-10").amendment_no == 3


def test_a_text_that_names_several_contracts_belongs_to_none():
    assert of("x/a.md", "Overview", "AB-10 and AB-11").contract_id == ""


def test_another_identifier_pattern_finds_other_contracts():
    assert of("x/K2024_17.pdf", "Vertrag K2024_17", identifier=r"K\d{4}_\d+").contract_id == "K2024_17"
