import pytest

from benchmarks.genie import (
    BARE,
    HELD_OUT,
    RIGHT,
    WIDER,
    WORLDS,
    WRONG,
    Answered,
    Bench,
    Question,
    Rows,
    Score,
    comparable,
    compare,
    misses,
    read_world,
)

NAMES = sorted(folder.parent.name for folder in WORLDS.glob("*/questions.yaml"))


@pytest.fixture(params=NAMES)
def world(request):
    return read_world(WORLDS / request.param)


def test_every_question_is_put_in_three_wordings(world):
    assert [q.id for q in world.questions if len(set(q.ask)) != 3] == []


def test_thirty_questions_or_more_have_an_answer_and_some_have_none(world):
    assert sum(bool(q.sql) for q in world.questions) >= 30
    assert any(not q.sql for q in world.questions)


def test_the_curated_space_gives_no_wording_away(world):
    assert [wording for q in world.questions for wording in q.ask if wording in world.curated] == []


def test_every_query_that_is_meant_runs_and_finds_something(w, world):
    accepted = Bench(w).build(world)

    assert [q.id for q in world.questions if q.sql and not all(found.rows for found in accepted[q.id])] == []


@pytest.mark.parametrize(
    ("got", "outcome"),
    [
        (Rows(2, (("b", "2"), ("a", "1"))), RIGHT),
        (Rows(2, (("1", "a"), ("2", "b"))), RIGHT),
        (Rows(3, (("a", "x", "1"), ("b", "y", "2"))), WIDER),
        (Rows(2, (("a", "1"), ("a", "1"))), WRONG),
        (Rows(2, (("a", "2"), ("b", "1"))), WRONG),
        (Rows(1, (("a",), ("b",))), WRONG),
        (Rows(0, ()), WRONG),
    ],
)
def test_rows_are_the_same_in_any_order_of_rows_and_columns(got, outcome):
    assert compare(Rows(2, (("a", "1"), ("b", "2"))), got) == outcome


@pytest.mark.parametrize(
    ("one", "other"), [("3", "3.0"), ("2025-05-01", "2025-05-01T00:00:00.000Z"), (None, None), ("1e2", "100.00")]
)
def test_cells_are_compared_by_what_they_say(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("world", "printed"), [("library", 2), *((name, 0) for name in HELD_OUT)])
def test_misses_of_a_world_held_out_stay_unread(world, printed):
    miss = Answered(Question("Q1", "count", ("How many?",), ("SELECT 1",)), "How many?", WRONG, "SELECT 2", 0.1)

    assert len(list(misses(Score(world, BARE, [miss])))) == printed
