import pytest

from mocks.engines.writer.manner import told

CITED = "The fee is 3 %. [Lease.pdf, 2. Fee]"


@pytest.mark.parametrize(
    ("instructions", "shown"),
    [
        ("", CITED),
        ("You are a helpful assistant.", CITED),
        ("Keep the answer short.", "The fee is 3 %."),
        ("Be brief. Name the document and the section of every fact.", CITED),
        ("Drafts are never a source. Be brief, and cite the document.", CITED),
        ("Do not give sources.", "The fee is 3 %."),
        ("Answer without sources.", "The fee is 3 %."),
    ],
)
def test_sources_are_told_unless_the_instructions_want_it_short_or_want_none(instructions, shown):
    assert told(CITED, instructions) == shown
