"""Persons and things that are asked for by their role for another: who heads a department, what a course requires."""

import json
from datetime import date

import pytest

from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.default.desks (desk_id INT, desk_name STRING, head_writer_id INT COMMENT 'Writer who chairs the desk',
 parent_desk_id INT);
INSERT INTO main.default.desks VALUES (1, 'News', 1, NULL), (2, 'Sport', 2, 1), (3, 'Chess', NULL, 2),
 (4, 'Football', 3, 2);
CREATE TABLE main.default.writers (writer_id INT, full_name STRING, desk_id INT, rank STRING, tenured BOOLEAN,
 mentor_id INT);
INSERT INTO main.default.writers VALUES (1, 'Ann Lee', 1, 'Editor', true, NULL), (2, 'Bob Ray', 2, 'Writer', false, 1),
 (3, 'Cy Orr', 2, 'Editor', false, 2);
CREATE TABLE main.default.readers (reader_id INT, reader_name STRING);
INSERT INTO main.default.readers VALUES (1, 'Rita'), (2, 'Saul');
CREATE TABLE main.default.letters (letter_id INT, reader_id INT, desk_id INT, season STRING, withdrawn_on DATE);
INSERT INTO main.default.letters VALUES (1, 1, 2, 'Spring 2024', NULL), (2, 2, 1, 'Fall 2023', DATE'2023-12-01'),
 (3, 2, 2, 'Fall 2023', NULL);
CREATE TABLE main.default.skills (skill_code STRING, skill_name STRING);
INSERT INTO main.default.skills VALUES ('A', 'Typing'), ('B', 'Layout'), ('C', 'Design');
CREATE TABLE main.default.skill_prerequisites (skill_code STRING, required_skill_code STRING);
INSERT INTO main.default.skill_prerequisites VALUES ('B', 'A'), ('C', 'B'), ('C', 'A');
CREATE TABLE main.default.skills_of_writers (writer_id INT, skill_code STRING);
INSERT INTO main.default.skills_of_writers VALUES (1, 'A'), (1, 'B'), (2, 'A')
"""
NAMES = ("desks", "writers", "readers", "letters", "skills", "skill_prerequisites", "skills_of_writers")


@pytest.fixture(scope="module")
def ask(warehouse):
    for statement in TABLES.split(";"):
        warehouse.run(statement)
    warehouse.run(
        "ALTER TABLE main.default.writers ADD CONSTRAINT at_desk FOREIGN KEY (desk_id) REFERENCES main.default.desks"
    )
    tables = [{"identifier": f"main.default.{name}"} for name in NAMES]
    space = read_space(json.dumps({"version": 2, "data_sources": {"tables": tables}}), warehouse)
    engine = Engine(space, date(2024, 3, 15))

    def rows(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    yield rows
    for name in NAMES:
        warehouse.run(f"DROP TABLE main.default.{name}")


@pytest.mark.parametrize(
    "question",
    ["Who chairs the Sport desk?", "head writer of Sport", "Name the writer that is the head writer of the Sport desk"],
)
def test_a_role_is_shown_by_the_name_of_who_has_it(ask, question):
    assert ask(question) == [("Bob Ray",)]


def test_beside_what_is_listed_a_role_that_nobody_has_stays_empty(ask):
    assert ask("Show the desks and their head writers") == [
        ("Chess", None), ("Football", "Cy Orr"), ("News", "Ann Lee"), ("Sport", "Bob Ray"),
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["Which desks belong to Sport?", "desks under Sport", "all desks of Sport"])
def test_several_things_of_one_of_their_kind_are_those_below_it(ask, question):
    assert ask(question) == [("Chess",), ("Football",)]


@pytest.mark.parametrize("question", ["prerequisites of Design", "What does the skill Design require?"])
def test_rows_without_a_name_show_what_has_the_role(ask, question):
    assert ask(question) == [("Layout",), ("Typing",)]


def test_who_has_a_thing_are_the_persons_to_whom_it_leads(ask):
    assert ask("Who has Layout?") == [("Ann Lee",)]


@pytest.mark.parametrize("question", ["ids of the writers at the Sport desk", "writer ids of desk Sport"])
def test_ids_are_shown_where_they_are_asked_for(ask, question):
    assert ask(question) == [("2",), ("3",)]


def test_those_in_a_role_are_asked_for_by_it(ask):
    assert ask("Which writers are head writer of a desk?") == [("Ann Lee",), ("Bob Ray",), ("Cy Orr",)]
    assert ask("Which desk has Bob Ray as head?") == [("Sport",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("mentor of Bob Ray", "Ann Lee"),
        ("Bob Ray's mentor", "Ann Lee"),
        ("Who mentors Bob Ray?", "Ann Lee"),
        ("Who is mentored by Bob Ray?", "Cy Orr"),
        ("writers whose mentor is Bob Ray", "Cy Orr"),
    ],
)
def test_the_one_above_is_told_from_those_below(ask, question, expected):
    assert ask(question) == [(expected,)]


@pytest.mark.parametrize(
    "question",
    ["letters in Fall 2023, count", "How many letters of the fall season 2023?", "number of 2023 fall letters"],
)
def test_a_season_that_is_a_value_is_that_value(ask, question):
    assert ask(question) == [("2",)]


def test_those_for_whom_there_is_somebody_are_asked_for_by_what_was_done(ask):
    assert ask("writers mentored by another writer, count") == [("2",)]


def test_a_value_in_capitals_is_no_noun_and_a_negation_said_twice_is_one(ask):
    assert ask("Which writers lack tenure? Rank Writer, not tenured.") == [("Bob Ray",)]


@pytest.fixture(scope="module")
def lab(asked_about):
    return asked_about(
        "lab",
        "CREATE TABLE main.lab.study (std_id INT, std_code STRING, std_title STRING,"
        " std_parent_id INT COMMENT 'The study that this study extends');"
        "INSERT INTO main.lab.study VALUES (1, 'H-301', 'Hal', NULL), (2, 'H-302', 'Two', 1), (3, 'H-303', 'Three', 1)",
    )


@pytest.mark.parametrize("which", ["Which studies are extensions of Hal?", "studies that are extensions of H-301"])
def test_rows_that_refer_to_another_are_found_by_its_title_or_its_code(lab, warehouse, which):
    assert sorted(str(row[0]) for row in warehouse.run(lab.ask(which).sql).rows()) == ["Three", "Two"]


def test_rows_in_a_role_are_told_apart_from_those_of_the_table_that_is_called_so(lab, warehouse):
    found = warehouse.run(lab.ask("studies and their parents").sql).rows()

    assert sorted(" ".join(map(str, row)) for row in found) == ["Hal None", "Three Hal", "Two Hal"]
