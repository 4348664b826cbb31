"""Tables that are called as what a question tells to do: a theatre has shows."""

import pytest

TABLES = """
CREATE TABLE main.stage.show (ShowId INT, ShowTitle STRING, Language STRING, LaunchedOn DATE);
INSERT INTO main.stage.show VALUES (1, 'Hamlet', 'English', DATE'2024-01-02'), (2, 'Faust', 'German', DATE'2023-05-01');
CREATE TABLE main.stage.episode (EpisodeId INT, ShowId INT);
INSERT INTO main.stage.episode VALUES (1, 1), (2, 1), (3, 2)
"""


@pytest.fixture(scope="module")
def stage(asked_about):
    return asked_about("stage", TABLES)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many shows are there?", [("2",)]),
        ("How many episodes does each show have?", [("Faust", "1"), ("Hamlet", "2")]),
        ("Which shows have more than 1 episode?", [("Hamlet", "2")]),
        ("Show me the shows in German", [("Faust",)]),
        ("show the titles of all shows", [("Faust",), ("Hamlet",)]),
        ("shows launched 2024, count", [("1",)]),
    ],
)
def test_a_show_is_a_thing_and_to_show_is_a_command(stage, warehouse, question, found):
    assert sorted(tuple(row) for row in warehouse.run(stage.ask(question).sql).rows()) == found


def test_what_is_said_of_such_a_thing_names_it_as_it_is_called(stage):
    assert "thing" not in stage.ask("How many bananas does each show have?").text
