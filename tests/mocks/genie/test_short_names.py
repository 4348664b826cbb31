"""Names that a warehouse shortens, and the roles in which one table refers to another: a newspaper's tables."""

import pytest

PRESS = """
CREATE TABLE main.press.emp (emp_id INT, nm STRING, dept_cd STRING COMMENT 'SPT = sport, POL = politics',
 mgr_emp_id INT, exit_dt DATE COMMENT 'Last working day of the person, empty so far', CONSTRAINT e PRIMARY KEY
 (emp_id)) COMMENT 'Everybody who writes or edits for the paper';
INSERT INTO main.press.emp VALUES (1, 'Ida', 'POL', NULL, NULL), (2, 'Max', 'SPT', 1, NULL), (3, 'Lea', 'POL', 1, NULL);
CREATE TABLE main.press.art (art_id INT, auth_emp_id INT COMMENT 'Who wrote it', edt_emp_id INT COMMENT 'Who edited it',
 est_wrds INT, act_wrds INT, prem_flg STRING COMMENT 'Y if only for subscribers', CONSTRAINT a FOREIGN KEY (auth_emp_id)
 REFERENCES main.press.emp (emp_id), CONSTRAINT b FOREIGN KEY (edt_emp_id) REFERENCES main.press.emp (emp_id));
INSERT INTO main.press.art VALUES (1, 1, 2, 800, 950, 'N'), (2, 2, 1, 600, 580, 'N'), (3, 3, 1, 700, 720, 'Y');
CREATE TABLE main.press.ad (ad_id INT, adv_nm STRING COMMENT 'Advertiser', prc DOUBLE) COMMENT 'Adverts sold';
INSERT INTO main.press.ad VALUES (1, 'Migros', 10), (2, 'Coop', 20), (3, 'Migros', 30);
CREATE TABLE main.press.cmnt (cmnt_id INT, art_id INT, dltd_flg STRING COMMENT 'Y if taken down by an editor',
 CONSTRAINT c FOREIGN KEY (art_id) REFERENCES main.press.art (art_id)) COMMENT 'Comments on articles';
INSERT INTO main.press.cmnt VALUES (1, 1, 'N'), (2, 2, 'Y')
"""


@pytest.fixture(scope="module")
def found(asked_about, warehouse):
    press = asked_about("press", PRESS)

    def ask(question):
        answer = press.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many articles are there?", [("3",)]),
        ("mean actual words", [("750.0",)]),
        ("In how many articles did the actual words exceed the estimated words?", [("2",)]),
        ("How many premium articles are there?", [("1",)]),
        ("How many ads did Migros buy?", [("2",)]),
        ("How many adverts are there?", [("3",)]),
        ("How many different advertisers are there?", [("2",)]),
        ("How many comments were deleted?", [("1",)]),
        ("How many employees work for the paper?", [("3",)]),
        ("headcount by department", [("POL", "2"), ("SPT", "1")]),
    ],
)
def test_a_shortened_name_is_read_as_the_word_that_it_is_short_for(found, question, rows):
    assert found(question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which articles did Ida write?", [("1",)]),
        ("articles edited by Ida and written by Max", [("2",)]),
        ("articles per editor", [("Ida", "2"), ("Max", "1")]),
        ("Who is Lea's boss?", [("Ida",)]),
        ("How many comments are there on articles written by Max?", [("1",)]),
    ],
)
def test_a_verb_says_in_which_role_somebody_is_meant(found, question, rows):
    assert found(question) == rows


def test_what_a_question_includes_has_to_be_known(asked_about):
    desk = asked_about("desk", "CREATE TABLE main.desk.notes (note_id INT, note STRING)")

    assert desk.ask("How many notes are there, drafts included?").sql is None
