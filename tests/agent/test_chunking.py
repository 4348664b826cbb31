from datetime import date

import pytest

from agent.chunking import STRATEGIES, Chunking, chunks
from agent.parsing import Document, Section
from agent.profile import Profile

ABOUT = Profile("contract", "AB-10", 0, date(2020, 1, 1), "executed", "Alpha, LLC and Beta, Inc.")
LONG = "This clause says something. " * 30


def cut(*sections, limit=1000, strategy="section", overlap=0):
    document = Document("/Volumes/c/s/v/a.pdf", "Lease AB-10", tuple(sections))
    return chunks(document, ABOUT, Chunking(strategy, limit, overlap))


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


def test_fixed_windows_overlap_and_know_nothing_of_sections():
    made = cut(Section("1. Term", "abcdefghij" * 10), limit=40, strategy="fixed", overlap=10)

    assert made[0].content[-10:] == made[1].content[:10]
    assert {chunk.section for chunk in made} == {""}


def test_recursive_chunks_end_where_a_sentence_does():
    made = cut(Section("1. Term", LONG), limit=200, strategy="recursive")

    assert all(len(chunk.content) <= 200 and chunk.content.endswith(".") for chunk in made)


def test_chunks_by_heading_carry_their_heading_and_no_other_header():
    made = cut(Section("1. Term", LONG), Section("2. Fees", LONG), strategy="heading")

    assert made[1].content.splitlines()[0] == "2. Fees"


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_strategy_loses_a_word(strategy):
    words = [f"word{number}" for number in range(500)]
    made = cut(
        Section("1. Term", " ".join(words[:300])),
        Section("2. Fees", " ".join(words[300:])),
        limit=300,
        strategy=strategy,
        overlap=60,
    )

    kept = " ".join(chunk.content for chunk in made)
    assert [word for word in words if word not in kept] == []


def test_an_unknown_strategy_is_refused_by_name():
    with pytest.raises(ValueError, match="fixed, recursive, heading, section"):
        Chunking("semantic")
