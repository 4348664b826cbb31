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


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("How many boats are there?", "How many vessels are there?"),
        ("Which vessels have room for more than 50?", "Which vessels have a capacity of more than 50?"),
    ],
)
def test_a_word_is_read_as_what_is_said_for_the_same_and_the_answer_says_so(office, question, same):
    answer = office.ask(question)

    assert answer.text.startswith("I read '")
    assert answer.sql == office.ask(same).sql


@pytest.mark.parametrize(
    "question", ["How many invoices are for drugs?", "How good are our vessels?", "How many canoes are there?"]
)
def test_a_noun_is_not_read_as_a_value_and_a_quality_not_as_a_thing(office, question):
    assert office.ask(question).sql is None
