"""A charity, whose curator wrote synonyms and asides that must not be read for more than they say."""

import pytest

CHARITY = """
CREATE TABLE main.alms.donor (donor_id INT PRIMARY KEY, donor_name STRING, country_code STRING);
INSERT INTO main.alms.donor VALUES (1, 'Ada', 'BE'), (2, 'Bo', 'NL');
CREATE TABLE main.alms.donation (donation_id INT PRIMARY KEY, donor_id INT, received_on DATE, amount DOUBLE,
 gift_kind STRING COMMENT 'ONE = single gift, REG = standing order', task STRING,
 receipt_sent_on DATE COMMENT 'Empty if none was sent');
INSERT INTO main.alms.donation VALUES (1, 1, DATE'2024-01-03', 10.0, 'ONE', 'Collecting', DATE'2024-02-01'),
 (2, 1, DATE'2024-02-03', 10.0, 'REG', 'Post', NULL), (3, 2, DATE'2024-02-04', 30.0, 'REG', 'Post', NULL);
COMMENT ON TABLE main.alms.donation IS 'Money that came in, one row for each gift';
CREATE TABLE main.alms.project (project_id INT PRIMARY KEY, project_name STRING, country STRING,
 closed_on DATE COMMENT 'Empty while the project is running');
INSERT INTO main.alms.project VALUES (1, 'Wells', 'Belgium', NULL), (2, 'Roofs', 'Belgium', DATE'2024-01-01'),
 (3, 'Books', 'Netherlands', NULL);
CREATE TABLE main.alms.application (application_id INT PRIMARY KEY, project_id INT, submitted_on DATE,
 outcome STRING COMMENT 'A = approved, R = refused, W = waiting for a decision');
INSERT INTO main.alms.application VALUES (1, 1, DATE'2024-01-01', 'A'), (2, 2, DATE'2024-01-05', 'R'),
 (3, 3, DATE'2024-03-01', 'W')
"""
_TOLD = """The approval rate is approved applications divided by decided ones; waiting applications are left out.
country_code: BE is Belgium, NL the Netherlands."""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    called = {
        "donation": [{"column_name": "receipt_sent_on", "synonyms": ["tax receipt", "receipt"]}],
        "project": [{"column_name": "closed_on", "synonyms": ["finished", "closed", "ongoing"]}],
    }
    said = {table: {"column_configs": columns} for table, columns in called.items()}
    raised = {"id": "b", "display_name": "income", "sql": ["sum(donation.amount)"], "synonyms": ["money raised"]}
    texts = [{"id": "a", "content": [_TOLD]}]
    instructions = {"text_instructions": texts, "sql_snippets": {"measures": [raised]}}
    engine = asked_about("alms", CHARITY, instructions, **said)

    def ask(question, *earlier):
        answer = engine.ask(question, earlier)
        assert answer.sql is not None, answer.text
        return [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many gifts were there?", "3"),
        ("sum of gifts in February 2024", "40.0"),
        ("gifts without a receipt, count", "2"),
    ],
)
def test_the_noun_for_a_row_is_not_the_column_that_tells_its_kind(told, question, expected):
    assert told(question) == [(expected,)]


def test_what_is_received_is_not_the_receipt(told):
    assert told("How many donations did we receive in February 2024?") == [("2",)]


def test_a_synonym_that_says_the_opposite_of_the_others_is_read_as_such(told):
    assert sorted(told("ongoing projects")) == [("Books",), ("Wells",)]


def test_what_is_left_out_of_a_rate_stays_in_everything_else(told):
    assert told("How many applications are there?") == [("3",)]


def test_a_country_is_that_of_the_things_asked_for(told):
    assert sorted(told("Only the ones in Belgium", "Which projects are there?")) == [("Roofs",), ("Wells",)]


def test_a_name_with_a_verb_in_it_is_found_in_a_clause(told):
    assert told("How much money did we raise in February 2024?") == [("40.0",)]


def test_who_collects_is_no_value_called_collecting(asked_about):
    assert asked_about("alms", CHARITY).ask("What did we collect in 2024?").sql is None


def test_a_noun_is_no_verb_of_such_a_name(asked_about):
    columns = {"column_configs": [{"column_name": "received_on", "synonyms": ["donated on"]}]}
    assert "COUNT" in asked_about("alms", CHARITY, donation=columns).ask("How many donations do we have on record?").sql


def test_a_plural_in_ies_is_told_by_a_synonym_as_its_singular_is(asked_about):
    columns = {"column_configs": [{"column_name": "outcome", "synonyms": ["legal party"]}]}
    engine = asked_about("alms", CHARITY, application=columns)
    assert "DISTINCT application.outcome" in " ".join(engine.ask("all the unique legal parties").sql.split())
