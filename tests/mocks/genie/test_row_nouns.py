"""Nouns that only comments have, verbs of what the tables tell, and the name of the whole: a boat club's tables."""

import pytest

CLUB = """
CREATE TABLE main.club.mbr (mbr_id INT, mbr_nm STRING, join_dt DATE) COMMENT 'Members of the marina';
INSERT INTO main.club.mbr VALUES (1, 'Ann', DATE'2020-01-01'), (2, 'Ben', DATE'2021-01-01'),
 (3, 'Cy', DATE'2022-01-01');
CREATE TABLE main.club.eqp (eqp_id INT, eqp_nm STRING COMMENT 'Name of the boat', rt DOUBLE COMMENT 'Hire in euros')
 COMMENT 'Dinghies and kayaks to let';
INSERT INTO main.club.eqp VALUES (1, 'Swift', 20.0), (2, 'Gull', 30.0);
CREATE TABLE main.club.hire (hire_id INT, eqp_id INT, mbr_id INT, due_dt DATE COMMENT 'Day on which the boat is due',
 ret_dt DATE COMMENT 'Day of return', pier STRING COMMENT 'Pier at which it began',
 dmg STRING COMMENT 'Y if it came back damaged') COMMENT 'Hires of boats';
INSERT INTO main.club.hire VALUES (1, 1, 1, DATE'2024-01-02', DATE'2024-01-03', 'North', 'N'),
 (2, 1, 1, DATE'2024-01-05', DATE'2024-01-05', 'South', 'Y'),
 (3, 2, 1, DATE'2024-02-01', DATE'2024-02-03', 'North', 'N'),
 (4, 2, 2, DATE'2024-02-05', DATE'2024-02-04', 'North', 'N')
"""


@pytest.fixture(scope="module")
def club(asked_about):
    return asked_about("club", CLUB)


@pytest.fixture
def found(club, warehouse):
    def ask(question):
        answer = club.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many boats are there?", [("2",)]),
        ("number of hires per boat", [("Gull", "2"), ("Swift", "2")]),
        ("How many hires have the piers had so far?", [("4",)]),
        ("How many members does the marina have?", [("3",)]),
        ("How many boats does the company own?", [("2",)]),
        ("Of all our boats, how many different ones were hired?", [("2",)]),
    ],
)
def test_a_noun_of_a_comment_names_the_rows_or_the_whole(found, question, rows):
    assert found(question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which members hired boats more than 2 times?", [("Ann", "3")]),
        ("How often was each boat hired?", [("Gull", "2"), ("Swift", "2")]),
        ("Count the hires where the boat came back later than it was due.", [("2",)]),
    ],
)
def test_a_verb_of_what_a_table_tells_speaks_of_its_rows(found, question, rows):
    assert found(question) == rows


def test_a_phrase_of_a_flag_is_not_cut_before_what_it_says(found):
    assert found("How many hires came back damaged?") == [("1",)]


def test_a_phrasal_verb_that_asks_to_do_something_stays(club):
    assert club.ask("Please shut down boat 2 for me").sql is None
