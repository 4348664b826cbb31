from datetime import date

from agent.chunking import chunks
from agent.parsing import Document, Section
from agent.profile import Profile

ABOUT = Profile("contract", "AB-10", 0, date(2020, 1, 1), "executed", "Alpha, LLC and Beta, Inc.")
LONG = "This clause says something. " * 30


def cut(*sections, limit=1000):
    return chunks(Document("/Volumes/c/s/v/a.pdf", "Lease AB-10", tuple(sections)), ABOUT, limit)


def test_each_chunk_starts_with_what_document_and_section_it_is_of():
    first = cut(Section("1. Term", LONG), Section("2. Fees", LONG))[0]

    header = "AB-10 | Lease AB-10 | Alpha, LLC and Beta, Inc. | contract | effective 2020-01-01 | Term"
    assert first.content.splitlines()[0] == header
    assert first.section == "1. Term"


def test_a_short_document_stays_whole():
    made = cut(Section("1. Amendment", "One."), Section("2. Changes", "Two."))

    assert [chunk.section for chunk in made] == ["Amendment / Changes"]


def test_a_long_section_is_cut_between_sentences():
    made = cut(Section("1. Term", LONG), limit=200)

    texts = [chunk.content.split("\n", 1)[1] for chunk in made]
    assert all(len(text) <= 200 and text.endswith(".") for text in texts)
    assert " ".join(texts) == LONG.strip()


def test_a_word_longer_than_a_chunk_is_cut_too():
    made = cut(Section("1. Hash", "x" * 2500))

    assert [len(chunk.content.split("\n", 1)[1]) for chunk in made] == [1000, 1000, 500]


def test_the_same_document_gives_the_same_chunks_again():
    assert cut(Section("1. Term", LONG)) == cut(Section("1. Term", LONG))
