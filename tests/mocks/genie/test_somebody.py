"""People of whom nobody asks, and what is done in a comment of the table."""

import pytest

LENDING = """
CREATE TABLE main.lendery.clerks (id INT, clerk_name STRING, desk STRING) COMMENT 'People who hand out the tools';
INSERT INTO main.lendery.clerks VALUES (1, 'Ann', 'A'), (2, 'Bo', 'B');
CREATE TABLE main.lendery.tools (id INT, title STRING, status STRING, deposit DECIMAL(8,2)) COMMENT 'Tools we lend out';
INSERT INTO main.lendery.tools VALUES (1, 'Saw', 'lent', 5), (2, 'Drill', 'free', 9);
CREATE TABLE main.lendery.enquiries (id INT, tool_id INT, asked_on DATE);
INSERT INTO main.lendery.enquiries VALUES (1, 1, DATE'2024-01-02'), (2, 1, DATE'2024-02-02'), (3, 2, DATE'2023-02-02');
CREATE TABLE main.lendery.answers (enquiry_id INT, clerk_id INT);
INSERT INTO main.lendery.answers VALUES (1, 1)
"""


@pytest.fixture(scope="module")
def lendery(asked_about):
    return asked_about("lendery", LENDING)


@pytest.mark.parametrize(
    "asked", ["How many enquiries have people made with us altogether?", "How many enquiries did people make?"]
)
def test_people_who_only_act_restrict_nothing(lendery, warehouse, asked):
    answer = lendery.ask(asked)

    assert warehouse.run(answer.sql, read_only=True).rows()[0][0] == "3"


def test_people_who_are_counted_are_those_of_the_table(lendery, warehouse):
    answer = lendery.ask("How many people are there?")

    assert warehouse.run(answer.sql, read_only=True).rows()[0][0] == "2"


def test_what_a_comment_says_is_done_with_the_things_does_not_name_them(lendery):
    assert "COUNT(*)" not in str(lendery.ask("How many lends are there?").sql)
