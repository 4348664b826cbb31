"""What is still to be done, came later than meant or is only said to be meant as well; and what asks for nothing."""

import pytest

STUDIO = """
CREATE TABLE main.studio.parcels (parcel_id INT, label STRING, state STRING, planned_end_date DATE,
 actual_end_date DATE, delivered_on DATE, score INT, sent_on DATE);
INSERT INTO main.studio.parcels VALUES
 (1, 'Fox', 'done', DATE'2024-01-01', DATE'2024-01-05', NULL, 3, DATE'2024-01-01'),
 (2, 'Owl', 'planned', DATE'2024-05-01', NULL, DATE'2024-01-09', 4, DATE'2024-01-01'),
 (3, 'Elk', 'lost', DATE'2024-02-01', DATE'2024-02-01', NULL, 5, DATE'2023-01-01');
CREATE TABLE main.studio.people (person_id INT, person_name STRING, parcel_id INT);
INSERT INTO main.studio.people VALUES (1, 'Ann', 1), (2, 'Bea', 1)
"""


@pytest.fixture(scope="module")
def studio(asked_about):
    return asked_about("studio", STUDIO)


@pytest.fixture
def found(studio, warehouse):
    def ask(question):
        answer = studio.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    "question",
    [
        "How many parcels still need to be delivered?",
        "How many parcels have yet to be delivered?",
        "How many parcels are we still waiting for?",
        "parcels not yet delivered, count",
    ],
)
def test_what_is_still_to_be_done_is_not_done_yet(found, question):
    assert found(question) == [("2",)]


@pytest.mark.parametrize(
    "question",
    ["Which parcels ended later than planned?", "Which parcels missed their planned end date?"],
)
def test_what_came_later_than_planned_did_so_on_the_day_itself_and_is_in_no_state_of_that_name(found, question):
    assert [row[0] for row in found(question)] == ["Fox"]


@pytest.mark.parametrize(
    "question",
    [
        "For how many parcels, lost ones included, was the planned end date in 2024?",
        "How many parcels have a planned end date in 2024? Count the lost ones too.",
    ],
)
def test_what_is_only_counted_as_well_is_no_condition(found, question):
    assert found(question) == [("3",)]


def test_how_many_are_in_one_or_another_of_all_states_asks_for_each(found):
    assert found("How many parcels are done, planned or lost?") == [("done", "1"), ("lost", "1"), ("planned", "1")]


@pytest.mark.parametrize("question", ["scores 2024", "What was the number for 2024?", "Where did our people go?"])
def test_what_leaves_open_what_it_asks_for_is_asked_back(studio, question):
    assert studio.ask(question).sql is None
