"""Ingest into a workspace, once and again."""

import io
from dataclasses import replace

import pytest
from databricks.sdk.service.catalog import VolumeType

from agent.ingest import ingest
from agent.retriever import Retriever
from agent.settings import Settings
from agent.warehouse import Warehouse

SETTINGS = replace(Settings(), catalog="legal", schema="leases")
LEASE = "# Lease AB-{n}\n\n## 1. Rent\n\nTenant shall pay a rent of $10{n} per month.{more}\n"


@pytest.fixture
def volume(w):
    w.catalogs.create("legal")
    w.schemas.create("leases", "legal")
    w.volumes.create("legal", "leases", "raw", VolumeType.MANAGED)

    def put(name, text):
        w.files.upload(f"{SETTINGS.volume_path}/{name}", io.BytesIO(text.encode()), overwrite=True)

    for n in (10, 11):
        put(f"AB-{n}.md", LEASE.format(n=n, more=""))
    put("empty.md", "")
    return put


def contents(w):
    rows = Warehouse(w, SETTINGS).run(f"SELECT content FROM {SETTINGS.chunks_table} ORDER BY doc_uri")
    return [row[0] for row in rows]


def test_documents_can_be_found_once_they_are_ingested(w, volume):
    report = ingest(w, SETTINGS)

    found = Retriever(w, SETTINGS).search("What is the rent of AB-11?", ["AB-11"])
    assert (report.files, report.chunks, report.written) == (3, 3, 3)
    assert list(report.unreadable.values()) == ["empty file"]
    assert "$1011 per month" in found[0].page_content


def test_a_second_ingest_writes_nothing(w, volume):
    ingest(w, SETTINGS)

    report = ingest(w, SETTINGS)

    assert (report.written, report.removed, report.chunks) == (0, 0, 3)


def test_only_a_document_that_changed_is_written_again(w, volume):
    ingest(w, SETTINGS)
    volume("AB-11.md", LEASE.format(n=11, more=" Rent is due on the first day."))

    report = ingest(w, SETTINGS)

    assert (report.written, report.removed) == (1, 0)
    assert "due on the first day" in contents(w)[1]


def test_a_document_that_is_gone_leaves_the_index(w, volume):
    ingest(w, SETTINGS)
    w.files.delete(f"{SETTINGS.volume_path}/AB-11.md")

    report = ingest(w, SETTINGS)

    assert (report.written, report.removed, report.chunks) == (0, 1, 2)
    assert Retriever(w, SETTINGS).search("rent", ["AB-11"]) == []
