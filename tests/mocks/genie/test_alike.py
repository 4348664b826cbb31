"""A word that nobody wrote in a space is read as that word of the space which is said for the same."""

import pytest

TABLES = """
CREATE TABLE main.office.invoices (invoice_id INT, status STRING, sent_on DATE, fee STRING);
INSERT INTO main.office.invoices VALUES (1, 'Rejected', DATE'2024-01-02', 'Medicine'), (2, 'Paid', NULL, 'Towage'),
 (3, 'Paid', NULL, 'Towage'), (4, 'Cancelled', NULL, 'Towage');
CREATE TABLE main.office.vessels (vessel_id INT, vessel_name STRING, capacity INT);
INSERT INTO main.office.vessels VALUES (1, 'Aurora', 40), (2, 'Boreas', 60)
"""


@pytest.fixture(scope="module")
def office(asked_about):
    return asked_about("office", TABLES)


@pytest.mark.parametrize("word", ["boats", "crafts"])
def test_a_word_is_read_as_what_is_said_for_the_same_and_the_answer_says_so(office, word):
    answer = office.ask(f"How many {word} are there?")

    assert answer.text.startswith(f"I read {word!r} as 'vessels'.")
    assert answer.sql == office.ask("How many vessels are there?").sql


@pytest.mark.parametrize("question", ["How good are our vessels?", "How many canoes are there?"])
def test_a_quality_is_not_read_as_a_thing_and_a_kind_not_as_the_whole(office, question):
    assert office.ask(question).sql is None
