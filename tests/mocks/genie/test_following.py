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


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [("and the lowest?", [("Bell", "9.5")]), ("top 2", [("Goat", "1200.0"), ("Rover", "900.0")])],
)
def test_the_other_end_or_more_of_a_ranking_is_by_the_same_number(rows, follow_up, expected):
    assert rows(follow_up, "Which product has the highest price?") == expected


def test_the_highest_after_an_average_is_that_of_all(rows):
    assert rows("and the highest?", "What is the average price?") == [("1200.0",)]


@pytest.mark.parametrize("follow_up", ["and quantity?", "What about the quantity?"])
def test_another_number_is_asked_for_in_place_of_the_first(rows, follow_up):
    assert rows(follow_up, AMOUNTS) == [("Online", "2"), ("Shop", "3")]


def test_and_how_many_are_there_of_each_keeps_the_groups(rows):
    assert rows("and how many sales?", AMOUNTS) == [("Online", "2"), ("Shop", "2")]


@pytest.mark.parametrize("follow_up", ["how many are there?", "How many?"])
def test_how_many_alone_counts_what_was_listed(rows, follow_up):
    assert rows(follow_up, "Which customers live in Turin?") == [("2",)]


@pytest.mark.parametrize("follow_up", ["which one has the most?", "just the top 1", "highest first, top 1"])
def test_which_of_the_groups_has_the_most_is_one_of_them(rows, follow_up):
    assert rows(follow_up, "Total quantity by product") == [("Bell", "3")]


def test_what_they_have_is_shown_beside_those_that_were_listed(rows):
    assert rows("show their city too", "Which customers had sales in the shop?") == [("Ada", "Turin"), ("Bert", "Lyon")]


@pytest.mark.parametrize("follow_up", ["exclude the ones from Lyon", "leave out those who are not from Turin"])
def test_whom_to_leave_out_may_be_told_by_what_they_are_not(rows, follow_up):
    assert rows(follow_up, "Which customers do we have?") == [("Ada",), ("Cleo",)]


def test_how_many_they_have_is_of_those_that_were_listed(rows):
    assert rows("how many sales did they have?", "List the customers from Turin") == [("2",)]


def test_who_did_it_is_asked_back_where_no_word_tells_of_whom(engine):
    answer = engine().ask("who made them?", ["Which products cost more than 1000?"])

    assert answer.sql is None


def test_the_second_of_a_ranking_is_asked_back(engine):
    assert engine().ask("and the second highest?", ["Which product has the highest price?"]).sql is None


@pytest.mark.parametrize("follow_up", ["and in 2023?", "What about 2023?"])
def test_a_running_total_goes_on_in_another_year(rows, follow_up):
    assert [row[1] for row in rows(follow_up, "running total of the amount by month in 2024")] == ["9.5"]


@pytest.mark.parametrize("follow_up", ["show the customer as well", "with their customers"])
def test_the_names_of_other_things_are_shown_beside_what_was_listed(rows, follow_up):
    assert rows(follow_up, "Which sales have an amount above 1000?") == [("3", "Bert")]
