"""What comments say of tables whose names are only short forms."""

import pytest

MUSEUM = """
CREATE TABLE main.exhibits.exh (exh_id INT, exh_nm STRING, exh_typ STRING COMMENT 'Fair type: PM permanent fair, TR
 travelling fair', opn_dt DATE COMMENT 'Opening day') COMMENT 'Exhibitions';
INSERT INTO main.exhibits.exh VALUES (1, 'Amber', 'PM', DATE'2023-01-10'), (2, 'Boats', 'TR', DATE'2023-03-10'),
 (3, 'Clocks', 'TR', DATE'2024-01-20');
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
def museum(asked_about, warehouse):
    engine = asked_about("exhibits", MUSEUM)

    def ask(question):
        answer = engine.ask(question)
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
