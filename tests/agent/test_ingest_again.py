"""Ingest into a workspace, once and again: only what changed is read, written and embedded again."""

import json
from unittest.mock import Mock

import pytest
from databricks.sdk.errors import PermissionDenied

from agent.ingest import ingest
from agent.retriever import Retriever
from agent.warehouse import Warehouse

CHANGES = ("INSERT INTO main.contracts.chunks (", "DELETE FROM main.contracts.chunks WHERE")


@pytest.fixture
def written(server, workspace):
    """The names of files in the statements that changed the chunks, since the last call."""
    seen = 0

    def since():
        nonlocal seen
        match = {"workspace": workspace["name"], "operation": "execute_statement"}
        found = server.control("POST", "/_sandbox/requests/find", {"match": match})["requests"]
        new, seen = found[seen:], len(found)
        texts = [json.loads(request["body"])["statement"] for request in new]
        changes = " ".join(text for text in texts if text.startswith(CHANGES))
        return {name for name in ("AB-10", "AB-11", "AB-12", "empty") if f"{name}." in changes}

    return since


def test_documents_can_be_found_once_they_are_ingested(w, leases):
    report = ingest(w, leases.settings)

    found = Retriever(w, leases.settings).search("What is the rent of AB-11?", ["AB-11"])
    assert (report.files, report.read, report.chunks, report.written) == (3, 3, 3, 3)
    assert list(report.unreadable.values()) == ["empty file"]
    assert "$1011 per month" in found[0].page_content


def test_documents_are_counted_and_kept_in_however_many_batches_they_are_written(w, leases, monkeypatch):
    monkeypatch.setattr("agent.library._AT_ONCE", 1)

    assert ingest(w, leases.settings).written == len(leases.contents()) == 3


def test_a_second_ingest_writes_nothing(w, leases, written):
    ingest(w, leases.settings)
    written()

    report = ingest(w, leases.settings)

    assert (report.written, report.removed, report.chunks) == (0, 0, 3)
    assert written() == set()
    assert list(report.unreadable.values()) == ["empty file"]


def test_files_that_have_not_changed_for_a_while_are_not_even_read(w, leases, monkeypatch):
    monkeypatch.setattr("agent.ingest._SETTLED_MS", -3_600_000)
    ingest(w, leases.settings)

    assert ingest(w, leases.settings).read == 0


def test_only_a_document_that_changed_is_written_again(w, leases, written):
    ingest(w, leases.settings)
    written()
    leases.put("AB-11.md", leases.lease(11, " Rent is due on the first day."))

    report = ingest(w, leases.settings)

    assert (report.written, report.removed) == (1, 0)
    assert written() == {"AB-11"}
    assert any("due on the first day" in content for _, content in leases.contents())


def test_an_added_document_touches_no_other(w, leases, written):
    ingest(w, leases.settings)
    written()
    leases.put("AB-12.md", leases.lease(12))

    assert (ingest(w, leases.settings).written, written()) == (1, {"AB-12"})


def test_a_moved_document_is_found_where_it_is_now(w, leases, written):
    ingest(w, leases.settings)
    written()
    leases.delete("AB-11.md")
    leases.put("old/AB-11.md", leases.lease(11))

    report = ingest(w, leases.settings)

    assert (report.written, report.removed, written()) == (1, 1, {"AB-11"})
    assert {path for path, _ in leases.contents()} == {"AB-10.md", "old/AB-11.md", "empty.md"}


def test_a_document_that_is_gone_leaves_the_index(w, leases):
    ingest(w, leases.settings)
    leases.delete("AB-11.md")

    report = ingest(w, leases.settings)

    assert (report.written, report.removed, report.chunks) == (0, 1, 2)
    assert Retriever(w, leases.settings).search("rent", ["AB-11"]) == []


def test_a_duplicate_takes_the_place_of_its_original_once_that_is_gone(w, leases):
    leases.put("Copy of AB-10.md", leases.lease(10))
    first = ingest(w, leases.settings)
    leases.delete("AB-10.md")

    second = ingest(w, leases.settings)

    assert [path.rpartition("/")[2] for path in first.duplicates] == ["Copy of AB-10.md"]
    assert second.duplicates == {}
    assert ("Copy of AB-10.md", next(c for p, c in leases.contents() if "Copy" in p)) in leases.contents()


def test_a_better_file_with_the_same_text_takes_the_place_of_a_copy(w, leases):
    leases.put("Copy of AB-12.md", leases.lease(12))
    ingest(w, leases.settings)
    leases.put("AB-12.md", leases.lease(12))

    report = ingest(w, leases.settings)

    assert [(p.rpartition("/")[2], of.rpartition("/")[2]) for p, of in report.duplicates.items()] == [
        ("Copy of AB-12.md", "AB-12.md")
    ]
    assert "Copy of AB-12.md" not in {path for path, _ in leases.contents()}


def test_an_executed_document_is_kept_before_its_draft_with_the_same_words(w, leases):
    leases.put("Drafts/a.md", leases.lease(12))
    leases.put("Executed leases of the year/AB-12 lease.md", leases.lease(12))

    report = ingest(w, leases.settings)

    assert [path.rpartition("/")[2] for path in report.duplicates] == ["a.md"]
    assert report.drafts == []


def test_another_way_of_chunking_writes_everything_again(w, leases):
    ingest(w, leases.settings)

    report = ingest(w, leases.with_settings(chunking="fixed"))

    assert (report.read, report.written) == (3, 3)


def test_chunks_that_somebody_deleted_come_back(w, leases):
    ingest(w, leases.settings)
    Warehouse(w, leases.settings).run(
        f"DELETE FROM {leases.settings.chunks_table} WHERE doc_uri LIKE '%AB-10%' OR doc_uri LIKE '%empty%'"
    )

    assert (ingest(w, leases.settings).written, len(leases.contents())) == (2, 3)


def test_what_became_of_each_file_is_a_table(w, leases):
    ingest(w, leases.settings)

    rows = Warehouse(w, leases.settings).run(
        f"SELECT status, detail FROM {leases.settings.files_table} ORDER BY doc_uri"
    )
    assert [tuple(row) for row in rows] == [("executed", ""), ("executed", ""), ("unreadable", "empty file")]


def test_a_file_that_vanishes_while_it_is_read_is_reported_and_not_indexed(w, leases, monkeypatch):
    from agent import volume

    listed = list(volume.files(w, leases.settings.volume_path))
    monkeypatch.setattr("agent.ingest.volume.files", lambda *_: listed)
    leases.delete("AB-10.md")

    report = ingest(w, leases.settings)

    assert [reason for path, reason in report.unreadable.items() if "AB-10" in path] == ["gone before it could be read"]
    assert {path for path, _ in leases.contents()} == {"AB-11.md", "empty.md"}


def test_a_file_that_may_be_read_now_is_tried_again(w, leases, monkeypatch):
    monkeypatch.setattr("agent.ingest._SETTLED_MS", -3_600_000)
    with monkeypatch.context() as refusing:
        refusing.setattr("agent.readers.volume.read", Mock(side_effect=PermissionDenied("no")))
        refused = ingest(w, leases.settings)

    report = ingest(w, leases.settings)

    assert set(refused.unreadable.values()) == {"not allowed to read it"}
    assert list(report.unreadable.values()) == ["empty file"]


@pytest.mark.parametrize("name", ["it's; DROP TABLE x; --.md", "100%25 [a].md", "Größe 50% #1?.md"])
def test_a_file_with_a_tricky_name_is_ingested_as_any_other(w, leases, name):
    leases.put(name, "# T\n\nWords of the file.\n")

    report = ingest(w, leases.settings)

    assert report.written == 4
    assert name.rpartition("/")[2] in {path for path, _ in leases.contents()}
    assert ingest(w, leases.settings).written == 0
