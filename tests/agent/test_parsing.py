import json

import pytest

from agent.golden import FILE
from agent.parsing import UnreadableError, parse


@pytest.mark.parametrize("entry", json.loads((FILE.parent / "docmeta.json").read_text()), ids=lambda e: e["path"])
def test_every_reference_document_gives_its_title_and_sections(entry, read):
    document = read(entry["path"])

    assert document.title == entry["title"]
    assert document.sections
    assert all(section.title and section.text for section in document.sections)


def test_a_section_that_runs_over_a_page_has_no_running_head_in_it(read):
    document = read("Executed Contracts/GGA/GGA-001 Gas Gathering Agreement.pdf")

    assert [section.title for section in document.sections][8:10] == ["9. Assignment", "10. Audit"]
    assert document.sections[8].text.startswith("Neither Party may assign")
    assert "CONFIDENTIAL" not in document.text


def test_a_word_table_is_read_row_by_row(docx_bytes):
    document = parse("a.docx", docx_bytes("Fees", "# Rates", [["Service", "Rate"], ["Gathering", "$0.30"]]))

    assert document.sections[0].text == "Service | Rate\nGathering | $0.30"


def test_navigation_and_footers_of_a_web_page_are_left_out():
    html = b"<title>T</title><nav>N</nav><h2>1. A</h2><p>One &amp; two</p><script>x</script><footer>F</footer>"

    document = parse("a.html", html)

    assert document.title == "T"
    assert document.text == "1. A\nOne & two"


def test_markdown_headings_become_sections():
    document = parse("a.md", b"# Title\n\nIntro\n\n## A\n\nOne\ntwo\n\n## B\nThree\n")

    assert document.title == "Title"
    assert [(s.title, s.text) for s in document.sections] == [("", "Intro"), ("A", "One\ntwo"), ("B", "Three")]


def test_an_empty_file_is_named_as_empty():
    with pytest.raises(UnreadableError, match="empty file"):
        parse("a.pdf", b"")


def test_a_scan_is_named_as_a_scan():
    scan = FILE.parent / "sharepoint" / "Executed Contracts" / "GGA" / "GGA-002 scan (no text layer).pdf"

    with pytest.raises(UnreadableError, match="no text layer on 1 page"):
        parse(scan.name, scan.read_bytes())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"PK\x03\x04 not a pdf", "not a PDF"),
        ("a.pdf", b"%PDF-1.4\nrubbish", "damaged PDF"),
        ("a.docx", b"not a zip", "damaged DOCX"),
        ("a.exe", b"MZ", "no parser for .exe"),
        ("a.md", b"# Only a title\n", "no text in it"),
    ],
)
def test_what_cannot_be_read_says_why(name, content, reason):
    with pytest.raises(UnreadableError, match=reason):
        parse(name, content)
