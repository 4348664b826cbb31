"""Documents of another kind, in other languages: nothing of contracts is assumed once the settings say so."""

import pytest

from agent.ingest import ingest
from agent.retriever import Retriever

GERMAN = "Hausordnung\n\nRuhezeiten\n----------\n\nVon 22 bis 6 Uhr ist im ganzen Haus Ruhe zu halten.\n"
FRENCH = "<title>Guide du jardin</title><nav>Accueil</nav><h2>Arrosage</h2><p>Arrosez les tomates chaque matin.</p>"
PLAIN = {"profile": "plain", "identifier": "", "volume": "raw"}


@pytest.fixture
def manuals(w, leases, docx_bytes):
    for name in ("AB-10.md", "AB-11.md", "empty.md"):
        leases.delete(name)
    leases.put_bytes("Hausordnung.txt", GERMAN.encode("latin-1"))
    leases.put_bytes("jardin.html", FRENCH.encode())
    leases.put_bytes(
        "Manual.docx", docx_bytes("Manual de la cafetera", "# Limpieza", "Enjuague el filtro cada semana.")
    )
    leases.put_bytes("Entwurf/Brandschutz.txt", b"Brandschutz\n\nFluchtwege sind freizuhalten.\n")
    leases.settings = leases.with_settings(**PLAIN)
    return leases


def test_each_language_is_found_by_its_words(w, manuals):
    report = ingest(w, manuals.settings)
    retriever = Retriever(w, manuals.settings)

    assert (report.files, report.unreadable) == (4, {})
    for question, document in (
        ("Von wann bis wann ist Ruhe im Haus?", "Hausordnung.txt"),
        ("Quand arroser les tomates ?", "jardin.html"),
        ("¿Cada cuánto se enjuaga el filtro?", "Manual.docx"),
    ):
        found = retriever.search(question, retriever.identifiers(question))
        assert found[0].metadata["doc_uri"].endswith(document)


def test_a_header_holds_title_and_section_alone(w, manuals):
    ingest(w, manuals.settings)

    [found] = [c for c in Retriever(w, manuals.settings).search("Ruhe im Haus", []) if "Hausordnung" in c.page_content]
    assert found.page_content.splitlines()[0] == "Hausordnung | Ruhezeiten"
    assert (found.metadata["contract_id"], found.metadata["amendment_no"]) == ("", 0)


def test_a_draft_is_known_in_other_languages(w, manuals):
    report = ingest(w, manuals.settings)

    assert [path.rpartition("/")[2] for path in report.drafts] == ["Brandschutz.txt"]
    assert not any("Fluchtwege" in c.page_content for c in Retriever(w, manuals.settings).search("Fluchtwege", []))


def test_an_unknown_profile_is_refused_by_name(w, manuals):
    with pytest.raises(ValueError, match="plain, contracts"):
        ingest(w, manuals.with_settings(profile="invoices"))
