"""Follow-ups keep, replace or add to what was asked before."""

import pytest

AMOUNTS = "What is the total amount by channel?"


@pytest.mark.parametrize(
    "follow_up",
    [
        "2024 only",
        "OK, and in 2024?",
        "Could I have that just for 2024?",
        "Please restrict the figures to 2024.",
        "the same figure for 2024",
    ],
)
def test_a_period_is_added_to_the_question_before(rows, follow_up):
    assert rows(follow_up, AMOUNTS) == [("Online", "2100.0"), ("Shop", "19.0")]


@pytest.mark.parametrize("follow_up", ["online only", "Right, and if you only take the online sales?", "Online?"])
def test_a_value_is_added_to_the_question_before(rows, follow_up):
    assert rows(follow_up, "Number of sales by channel") == [("Online", "2")]


def test_a_value_of_the_same_column_is_replaced(rows):
    assert rows("What about the shop?", "How many sales were online?") == [("2",)]


def test_how_many_of_those_keeps_every_condition(rows):
    assert rows("How many of those were online?", "Which sales have an amount above 1000?") == [("1",)]


def test_a_number_of_these_is_a_count(rows):
    assert rows("Of these, state the number with the channel Online.", "How many sales were there in 2024?") == [("2",)]


def test_another_function_of_what_was_added_up(rows):
    assert rows("And the average?", AMOUNTS) == [("Online", "1050.0"), ("Shop", "14.25")]


def test_another_grouping_takes_the_place_of_the_first(rows):
    assert rows("by city instead", AMOUNTS) == [("Lyon", "1209.5"), ("Turin", "919.0")]


def test_a_question_with_a_thing_of_its_own_is_a_new_one(rows):
    assert rows("Which customers are in Turin?", AMOUNTS) == [("Ada",), ("Cleo",)]
