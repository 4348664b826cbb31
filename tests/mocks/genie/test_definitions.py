"""What a curator defines in a sentence of the instructions: states, kinds of rows, stretches of time."""

import pytest

from mocks.genie.curated.rewording import Rewording

GYM = """SELECT * FROM VALUES
 (1, 'Ann', 'P', DATE'2024-01-01', DATE'2024-01-11', 12, FALSE), (2, 'Bo', 'P', DATE'2024-01-05', NULL, 3, TRUE),
 (3, 'Cy', 'D', DATE'2024-02-01', DATE'2024-03-02', 30, FALSE)
 AS t(member_id, member_name, plan_type, joined_on, left_on, visits, paused)"""


@pytest.fixture
def gym(warehouse, engine):
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.members AS {GYM}")

    def ask(question, *sentences):
        told = {"text_instructions": [{"content": [" ".join(sentences)]}]}
        answer = engine(told, more=["members"]).ask(question)
        assert answer.sql is not None, answer.text
        return sorted(map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return ask


@pytest.mark.parametrize(
    "sentence",
    [
        "A current member has no left_on.",
        "Current members have no left_on yet.",
        "A member is current while left_on is empty.",
        "A member counts as current as long as left_on is not set.",
        "Current means left_on IS NULL.",
        "Members without a left_on are considered current.",
        "- **Current**: left_on is null",
        "Members are current if members.left_on is missing, and paused when paused is true.",
        "Current members are members whose left_on is blank.",
    ],
)
def test_a_state_is_defined_by_what_is_empty(gym, sentence):
    assert gym("How many current members are there?", sentence) == [("1",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "A regular is a member with more than 10 visits.",
        "Regulars are members with visits above 10.",
        "Members with at least 11 visits count as regulars.",
        "Regulars are members who have over 10 visits.",
        "Regular means visits > 10.",
        "A member is regular once visits is at least 11 and paused is false.",
    ],
)
def test_a_kind_of_rows_is_defined_by_a_number(gym, sentence):
    assert gym("How many regulars do we have?", sentence) == [("2",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Premiums are members of type P, dailies type D.",
        "Premiums are members with plan_type P.",
        "A premium is a member whose plan type is 'P'.",
        "Premiums means plan_type = 'P'.",
        "Members with plan type P are called premiums.",
        "Premiums are members where plan_type in ('P').",
    ],
)
def test_a_kind_of_rows_is_defined_by_a_code(gym, sentence):
    assert gym("How many premiums joined in January 2024?", sentence) == [("2",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Membership length is the number of days between joined_on and left_on.",
        "Membership length is counted in days from joined_on to left_on; members without left_on do not count.",
        "Membership length = days from members.joined_on until members.left_on",
        "The membership length is left_on minus joined_on, in days.",
        "Measure the membership length in days from joined_on to left_on.",
        "Membership length: the time between joined_on and left_on.",
    ],
)
def test_a_stretch_of_time_is_defined_by_two_days(gym, sentence):
    assert gym("What is the average membership length?", sentence) == [("20.0",)]
    assert gym("How many members have a membership length over 20 days?", sentence) == [("1",)]


@pytest.mark.parametrize("question", ["How many days is a membership on average?", "average membership, days"])
def test_the_word_of_a_defined_stretch_of_time_is_enough(gym, question):
    sentence = "Membership length is the number of days between joined_on and left_on."

    assert gym(question, sentence) == [("20.0",)]


def test_a_sentence_that_begins_with_it_goes_on_from_the_one_before(gym):
    told = "A premium is a member with plan_type P; it is frozen when paused is true."

    assert gym("How many premiums are frozen?", told) == [("1",)]


def test_a_name_of_the_table_itself_is_no_condition(gym):
    assert gym("How many members are there?", "Members have a left_on.") == [("3",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Loss rate is the share of members with a left_on.",
        "The loss rate is defined as the percentage of members that have a left_on.",
        "Loss rate means the share of members with a left_on.",
        "- **Loss rate**: the percentage of members with a left_on",
        "When someone asks for the loss rate, they mean the share of members with a left_on.",
    ],
)
def test_a_rate_is_defined_in_the_words_of_a_question(gym, sentence):
    rows = gym("What is our loss rate by plan type?", sentence)

    assert [(plan, float(rate)) for plan, rate in rows] == [("D", 100), ("P", 50)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Upkeep ratio is paused members divided by all members.",
        "The upkeep ratio is the number of paused members divided by the number of members.",
        "Upkeep ratio = paused members divided by members",
    ],
)
def test_a_ratio_is_defined_by_what_is_divided(gym, sentence):
    assert [row[0][:5] for row in gym("What is the upkeep ratio?", sentence)] == ["0.333"]


def test_what_is_said_of_a_thing_is_no_other_name_for_it():
    reworded = Rewording(["A delivery is unpaid while it is open."], lambda _: True, lambda term: term == "delivery")

    assert reworded("average weight of a delivery") == "average weight of a delivery"


def test_a_term_that_begins_like_an_article_is_whole(gym):
    assert gym("How many alumni are there?", "Alumni are members with a left_on.") == [("2",)]


@pytest.mark.parametrize("word", ["gone", "lapsed", "former"])
def test_other_names_in_brackets_are_defined_as_well(gym, word):
    told = "**Former members** (also called gone or lapsed) have a left_on."

    assert gym(f"How many {word} members are there?", told) == [("2",)]


def test_a_word_in_single_quotes_is_a_term(gym):
    assert gym("How many athletes are there?", "When people say 'athletes' they mean members.") == [("3",)]
