"""What comments say of tables whose names are only short forms."""

import pytest

MUSEUM = """
CREATE TABLE main.exhibits.exh (exh_id INT, exh_nm STRING, exh_typ STRING COMMENT 'Fair type: PM permanent fair, TR
 travelling fair', opn_dt DATE COMMENT 'Opening day', cls_dt DATE COMMENT
 'Day it was closed for good', bld_yr INT COMMENT 'Year of build', frg BOOLEAN COMMENT 'Fragile goods')
 COMMENT 'Exhibitions';
INSERT INTO main.exhibits.exh VALUES (1, 'Amber', 'PM', DATE'2023-01-10', NULL, 1990, true),
 (2, 'Boats', 'TR', DATE'2023-03-10', DATE'2024-03-01', 2001, false),
 (3, 'Clocks', 'TR', DATE'2024-01-20', NULL, 2012, true);
CREATE TABLE main.exhibits.tour (tour_id INT, exh_id INT, tour_typ STRING COMMENT 'S school, P public', vstr_cnt INT
 COMMENT
 'Number of visitors', tour_dt DATE COMMENT 'Day of the tour') COMMENT 'Guided tours';
INSERT INTO main.exhibits.tour VALUES (1, 1, 'S', 20, DATE'2024-01-05'), (2, 1, 'P', 12, DATE'2024-02-05'),
 (3, 2, 'P', 8, DATE'2024-02-06'), (4, 3, 'S', 30, DATE'2023-02-07');
CREATE TABLE main.exhibits.chk (chk_id INT, exh_id INT, chk_dt DATE COMMENT 'Day of the check', flt_cnt INT COMMENT
 'Number of faults', fix_dt DATE COMMENT 'Day all were mended, empty if some are still open') COMMENT 'Checks';
INSERT INTO main.exhibits.chk VALUES (1, 1, DATE'2024-01-01', 5, DATE'2024-03-01'),
 (2, 1, DATE'2024-02-01', 5, NULL), (3, 2, DATE'2024-02-20', 7, NULL)
"""


@pytest.fixture(scope="session")
def museum_engine(asked_about):
    return asked_about("exhibits", MUSEUM)


@pytest.fixture(scope="session")
def museum(museum_engine, warehouse):
    def ask(question):
        answer = museum_engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


def test_the_short_name_of_a_table_is_spelled_out_in_those_of_its_columns(museum):
    assert museum("How many fairs are there?") == [("3",)]


def test_the_day_of_the_last_event_is_its_own_whatever_other_comments_say(museum):
    assert museum("What is the date of the most recent check?") == [("2024-02-20",)]
    assert museum("When was Amber last checked?") == [("2024-02-01",)]


def test_the_most_in_one_event_is_not_the_most_of_all(museum):
    assert museum("Which exhibition had the most faults in a single check?") == [("Boats", "7")]


def test_how_often_something_was_done_counts_what_was_done_and_not_the_things(museum):
    assert museum("How often was an exhibition checked in 2024?") == [("3",)]
    assert museum("How often were exhibitions checked?") == [("3",)]


def test_the_year_of_what_is_added_up_comes_before_a_year_of_its_owner(museum):
    assert museum("Show the number of faults of each year") == [("2024", "17")]


@pytest.mark.parametrize(
    "question",
    [
        "How many times did an exhibition come in during 2024?",
        "How many pieces of goods are there?",
        "How good are our exhibitions?",
        "Who are the most important exhibitions?",
    ],
)
def test_a_weak_word_of_a_comment_is_no_condition(museum_engine, question):
    assert museum_engine.ask(question).sql is None
