"""The stand-in as a backend: limits, stop words, several answers, and counts that add up."""

import pytest

from mocks.engines.chat.stand_in import StandIn
from mocks.engines.chat.tokens import count, pieces


def complete(text, **options):
    return StandIn(None).complete({"messages": [{"role": "user", "content": f"Repeat exactly: {text}"}], **options})


def test_the_answer_ends_before_a_stop_word():
    assert complete("one two three", stop=["two"]).answers[0].reply.text == "one "


def test_several_answers_are_counted_each():
    completion = complete("one two", n=3)

    assert [answer.reply.text for answer in completion.answers] == ["one two"] * 3
    assert completion.usage.completion == 3 * count("one two")


def test_a_stream_says_the_same_as_the_whole_answer():
    body = {"messages": [{"role": "user", "content": "Repeat exactly: one two three four five six"}]}
    deltas = list(StandIn(None).stream(body))

    assert "".join(delta.text for delta in deltas) == "one two three four five six"
    assert (deltas[-2].finish, deltas[-1].usage) == ("stop", StandIn(None).complete(body).usage)


@pytest.mark.parametrize("text", ["", "a", "Grüße, 世界!  two  blanks\n\n", "x" * 50])
def test_tokens_joined_are_the_text(text):
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize(
    "prompt", ["a" * 100_000, "Aa " * 30_000, "context" + "\n" * 60_000 + "x", "which " + " " * 60_000, "a-" * 30_000]
)
def test_a_very_long_prompt_is_answered(prompt):
    assert StandIn(None).complete({"messages": [{"role": "user", "content": prompt}]}).answers[0].reply.text
