"""What is denied: something of a row elsewhere, or that there is such a row."""

import pytest

TABLES = """
CREATE TABLE main.press.writers (writer_id INT, full_name STRING, city STRING);
INSERT INTO main.press.writers VALUES (1, 'Ann', 'Bonn'), (2, 'Bo', 'Kiel'), (3, 'Cy', 'Kiel');
CREATE TABLE main.press.sections (section_id INT, section_name STRING);
INSERT INTO main.press.sections VALUES (1, 'Sport'), (2, 'Culture');
CREATE TABLE main.press.articles (article_id INT, writer_id INT, section_id INT, headline STRING, premium BOOLEAN,
 checked_on DATE);
INSERT INTO main.press.articles VALUES (1, 1, 1, 'Cup', TRUE, DATE'2024-01-01'), (2, 1, 2, 'Opera', FALSE, NULL),
 (3, 2, 2, 'Stage', FALSE, DATE'2024-02-02')
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    press = asked_about("press", TABLES)

    def rows(question):
        answer = press.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return rows


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("writers with articles that are not premium", ["Ann", "Bo"]),
        ("writers with non-premium articles", ["Ann", "Bo"]),
        ("writers with unchecked articles", ["Ann"]),
        ("writers with articles not in the section Sport", ["Ann", "Bo"]),
    ],
)
def test_not_denies_something_of_a_row(ask, question, found):
    assert ask(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("writers without premium articles", ["Bo", "Cy"]),
        ("writers with no unchecked articles", ["Bo", "Cy"]),
        ("writers who have no articles in the section Sport", ["Bo", "Cy"]),
        ("writers from Kiel without articles", ["Cy"]),
        ("writers without articles from Kiel", ["Cy"]),
    ],
)
def test_no_and_without_deny_that_there_is_a_row_of_which_all_that_holds(ask, question, found):
    assert ask(question) == found


def test_what_is_left_out_of_an_answer_is_told_in_a_clause(ask):
    assert ask("articles excluding the articles that are not premium") == ["Cup"]
