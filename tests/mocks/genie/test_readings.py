"""What a question means where its likeliest reading leads nowhere: other columns are tried, never other things."""

import pytest

TABLES = """
CREATE TABLE main.gym.coaches (coach_id INT, coach_name STRING, tips DECIMAL(9,2));
INSERT INTO main.gym.coaches VALUES (1, 'Ada', 12.0), (2, 'Bo', 8.0);
CREATE TABLE main.gym.classes (class_id INT, class_name STRING, coach_id INT, starts_at TIMESTAMP, room STRING);
INSERT INTO main.gym.classes VALUES (1, 'Yoga', 1, TIMESTAMP'2024-03-01 07:00:00', 'A'),
 (2, 'Box Fit', 2, TIMESTAMP'2024-03-20 18:00:00', 'B'), (3, 'Spin', 2, TIMESTAMP'2024-02-20 18:00:00', 'A');
CREATE TABLE main.gym.fees (fee_no INT, due_on DATE, paid_amt DECIMAL(9,2), paid_dt DATE,
 noter_id INT COMMENT 'Coach who wrote it down');
INSERT INTO main.gym.fees VALUES (1, DATE'2024-01-31', 40, DATE'2024-01-20', 1),
 (2, DATE'2024-01-31', 40, DATE'2024-02-03', 2),
 (3, DATE'2024-02-28', 55, DATE'2024-03-01', 1), (4, DATE'2024-02-28', 55, NULL, 2)
"""


@pytest.fixture(scope="module")
def gym(asked_about):
    return asked_about("gym", TABLES)


def test_paid_is_the_day_where_the_sum_has_no_use(gym, warehouse):
    answer = gym.ask("How many fees were paid late?")
    assert answer.sql is not None, answer.text
    assert [tuple(row) for row in warehouse.run(answer.sql).rows()] == [("2",)]


def test_a_key_whose_comment_names_a_thing_refers_to_it(gym, warehouse):
    answer = gym.ask("How many fees per coach name?")
    assert answer.sql is not None, answer.text
    assert {tuple(row) for row in warehouse.run(answer.sql).rows()} == {("Ada", "2"), ("Bo", "2")}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("classes in room A", {"Yoga", "Spin"}),
        ("Who teaches Yoga?", {"Ada"}),
        ("upcoming classes", {"Box Fit"}),
    ],
)
def test_a_letter_a_deed_and_a_day_to_come_are_read(gym, warehouse, question, answer):
    found = gym.ask(question)
    assert found.sql is not None, found.text
    assert {row[0] for row in warehouse.run(found.sql).rows()} == answer
