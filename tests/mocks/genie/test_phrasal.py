"""Phrasal verbs and relations in everyday words: `turned down`, `direct reports of Ann`, `who can we not ring`."""

import pytest

GYM = """
CREATE TABLE main.gym.staff (staff_id INT NOT NULL, full_name STRING, mgr_id INT, hired_on DATE, left_on DATE,
 CONSTRAINT s_pk PRIMARY KEY (staff_id));
INSERT INTO main.gym.staff VALUES (1, 'Ada Brandt', NULL, DATE'2015-01-01', NULL),
 (2, 'Ben Castell', 1, DATE'2018-01-01', NULL), (3, 'Cora Dunn', 2, DATE'2021-01-01', DATE'2023-01-01');
CREATE TABLE main.gym.member (member_id INT NOT NULL, member_name STRING, phone STRING,
 CONSTRAINT m_pk PRIMARY KEY (member_id));
INSERT INTO main.gym.member VALUES (1, 'Hal Ives', '123'), (2, 'Ida Jones', NULL);
CREATE TABLE main.gym.request (request_id INT, member_id INT, status STRING, channel STRING, filed_on DATE);
INSERT INTO main.gym.request VALUES (1, 1, 'Refused', 'Phone', DATE'2023-01-10'),
 (2, 1, 'Approved', 'Web', DATE'2024-02-11'), (3, 2, 'Approved', 'Phone', DATE'2024-03-01')
"""


@pytest.fixture(scope="module")
def gym(asked_about, warehouse):
    engine = asked_about("gym", GYM)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many requests were turned down?", "1"),
        ("How many requests did we turn down?", "1"),
        ("How many requests got a yes?", "2"),
        ("How many requests were knocked back in 2023?", "1"),
        ("How many requests came in in 2024?", "2"),
        ("How often did somebody ring us with a request?", "2"),
    ],
)
def test_a_phrasal_verb_is_read_as_the_verb_for_it_that_the_tables_have(gym, question, number):
    assert gym(question) == [number]


@pytest.mark.parametrize(
    "question", ["Who was taken on in 2021?", "Who started working here in 2021?", "Who was let go?"]
)
def test_taking_on_and_letting_go_are_days_of_staff(gym, question):
    assert gym(question) == ["Cora Dunn"]


@pytest.mark.parametrize(
    "question",
    ["Who reports directly to Ben Castell?", "direct reports of Ben Castell", "Show Ben Castell's direct reports"],
)
def test_direct_reports_are_those_who_have_somebody_as_their_manager(gym, question):
    assert gym(question) == ["Cora Dunn"]


@pytest.mark.parametrize("question", ["Who does Ben Castell report to?", "To whom does Ben Castell report?"])
def test_whom_somebody_reports_to_is_the_manager(gym, question):
    assert gym(question) == ["Ada Brandt"]


@pytest.mark.parametrize(
    "question",
    [
        "Which members can we not ring?",
        "Which members can't we call because there is no number?",
        "Whom can we not phone?",
    ],
)
def test_who_cannot_be_called_has_no_phone_number(gym, question):
    assert gym(question) == ["Ida Jones"]
