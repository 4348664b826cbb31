"""Words that are no names: of conversation, of units, of kinds of quantities, and forms of other words."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "How many sales are there, simply?",
        "Whatever their channel, how many sales did we make?",
    ],
)
def test_words_of_conversation_carry_no_condition(rows, question):
    assert rows(question) == [("4",)]


@pytest.mark.parametrize("word", ["green", "wireless", "domestic", "urgent", "married"])
def test_a_word_with_a_meaning_of_its_own_is_never_dropped(engine, word):
    assert engine().ask(f"How many {word} sales are there?").sql is None
