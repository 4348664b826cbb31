"""Typing errors are read as the one word that is near, and the answer says so."""

import pytest

from mocks.genie.language.spelling import distance


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("total amuont by channel", "total amount by channel"),
        ("How mnay sales are there?", "How many sales are there?"),
        ("averge price by catgory", "average price by category"),
        ("Which custmers are in Turin?", "Which customers are in Turin?"),
        ("total quantity of mountian bike sales", "total quantity of mountain bike sales"),
        ("Whcih products have a price above 100?", "Which products have a price above 100?"),
    ],
)
def test_a_mistyped_word_is_read_as_the_one_that_it_is_near(rows, question, right):
    assert rows(question) == rows(right)


def test_the_answer_says_how_a_word_was_read(engine):
    answer = engine().ask("total amuont by channel")

    assert answer.text.startswith("I read 'amuont' as 'amount'.")
    assert answer.thoughts[0][0] == "THOUGHT_TYPE_UNDERSTANDING"


@pytest.mark.parametrize(
    "question", ["total discount by channel", "total weight by channel", "How many salads are there?", "sales in Tunis"]
)
def test_another_english_word_is_no_typing_error(engine, question):
    assert engine().ask(question).sql is None


def test_a_word_between_two_that_are_near_is_asked_back_for(engine, warehouse):
    warehouse.run("CREATE OR REPLACE TABLE main.default.rides AS SELECT 1 AS clorid, 2 AS cloril")

    answer = engine(more=["rides"]).ask("average clorix of rides")

    assert answer.sql is None
    assert "Is 'clorix' 'clorid' or 'cloril'?" in answer.text


def test_a_mistyped_word_of_an_earlier_question_is_read_the_same_in_a_follow_up(rows):
    assert rows("only in Lyon", "Which custmers do we have?") == [("Bert",)]


@pytest.mark.parametrize(
    ("one", "other", "apart"), [("sales", "sales", 0), ("slaes", "sales", 1), ("sale", "sales", 1), ("cat", "dog", 3)]
)
def test_swapped_letters_count_once(one, other, apart):
    assert distance(one, other) == apart
