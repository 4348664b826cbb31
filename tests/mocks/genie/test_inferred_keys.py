"""Which columns refer to rows of another table, where no foreign key says so."""

import pytest

TABLES = """
CREATE TABLE main.hiring.staff (id INT, full_name STRING);
INSERT INTO main.hiring.staff VALUES (1, 'Ann Lee'), (2, 'Bob Ray'), (3, 'Cy Fox');
CREATE TABLE main.hiring.skills (id INT, name STRING);
INSERT INTO main.hiring.skills VALUES (1, 'Welding'), (2, 'Sewing');
CREATE TABLE main.hiring.candidates (id INT, candidate STRING);
INSERT INTO main.hiring.candidates VALUES (1, 'Dot'), (2, 'Eve');
CREATE TABLE main.hiring.candidate_skills (candidate_id INT, skill_id INT);
INSERT INTO main.hiring.candidate_skills VALUES (1, 1), (1, 2), (2, 1);
CREATE TABLE main.hiring.contracts (contract_key INT, annual_premium DECIMAL(8,2));
INSERT INTO main.hiring.contracts SELECT id, 100 + id FROM range(1, 400) AS made(id);
CREATE TABLE main.hiring.premium (premium_key INT, contract_key INT, billed DECIMAL(8,2));
INSERT INTO main.hiring.premium SELECT id, id, 10 * id FROM range(1, 400) AS made(id)
"""


@pytest.fixture(scope="module")
def hiring(asked_about):
    return asked_about("hiring", TABLES)


def test_keys_that_are_both_called_id_do_not_join_their_tables(hiring):
    assert hiring.ask("Which candidates have Bob Ray?").sql is None


def test_a_column_whose_name_only_ends_in_that_of_a_table_is_no_reference(hiring):
    sql = hiring.ask("top 5 contracts by annual premium").sql

    assert "ORDER BY contracts.annual_premium DESC" in " ".join(sql.split())


@pytest.mark.parametrize("question", ["Which candidates have the skill Welding?", "candidates with Sewing"])
def test_a_column_named_as_a_table_and_its_key_refers_to_it(hiring, question):
    assert "candidate_skills.skill_id = skills.id" in hiring.ask(question).sql
