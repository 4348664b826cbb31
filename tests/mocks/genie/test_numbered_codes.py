"""Numbers that stand for something, things called by their initials, and what has none."""

import pytest

TABLES = """
CREATE TABLE main.ward.site (site_id INT, site_name STRING, opened_dt DATE);
INSERT INTO main.ward.site VALUES (1, 'North', DATE'2023-05-01'), (2, 'South', DATE'2024-02-01');
CREATE TABLE main.ward.adverse_event (ae_id INT, site_id INT,
 grade INT COMMENT 'Severity: 1 = mild, 2 = moderate, 3 = severe, 4 = life-threatening');
INSERT INTO main.ward.adverse_event VALUES (1, 1, 1), (2, 1, 2), (3, 1, 2), (4, 1, 3)
"""


@pytest.fixture(scope="module")
def ward(asked_about, warehouse):
    built = asked_about("ward", TABLES)

    def ask(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(next(iter(row)) for row in warehouse.run(answer.sql).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many adverse events were moderate?", ["2"]),
        ("number of severe adverse events", ["1"]),
        ("How many adverse events are of grade 2 or higher?", ["3"]),
        ("What is the average grade of adverse events?", ["2.0"]),
    ],
)
def test_a_number_stands_for_what_the_comment_says_and_stays_a_number(ward, question, found):
    assert ward(question) == found


def test_a_thing_of_two_words_is_called_by_its_initials(ward):
    assert ward("How many AEs are there?") == ["4"]


@pytest.mark.parametrize("question", ["sites with zero adverse events", "Which sites have 0 adverse events?"])
def test_what_has_zero_of_something_has_none(ward, question):
    assert ward(question) == ["South"]


def test_a_thing_before_what_was_done_is_the_thing_and_not_the_day(ward):
    assert ward("Which sites opened in 2024?") == ["South"]
