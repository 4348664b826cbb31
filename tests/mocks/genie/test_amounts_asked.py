"""Amounts that no column is called by: two costs together, the size of the largest, who earns most in an hour."""

import pytest

TABLES = """
CREATE TABLE main.studio.tutor (tutorNo INT, tutorName STRING, hourlyPay INT COMMENT 'Pounds per hour',
 monthlyIncome INT, joinedOn DATE);
INSERT INTO main.studio.tutor VALUES (1, 'Ada', 40, 900, DATE'2020-01-01'), (2, 'Bo', 30, 1200, DATE'2021-01-01');
CREATE TABLE main.studio.hall (hallNo INT, hallName STRING, sqm INT COMMENT 'Size in square metres');
INSERT INTO main.studio.hall VALUES (1, 'North', 300), (2, 'South', 80);
CREATE TABLE main.studio.mending (mendingNo INT, hallNo INT, foundOn DATE, partsCost INT, workCost INT,
 CONSTRAINT h FOREIGN KEY (hallNo) REFERENCES main.studio.hall (hallNo));
INSERT INTO main.studio.mending VALUES (1, 1, DATE'2024-01-01', 30, 70), (2, 2, DATE'2024-01-05', 50, 20),
 (3, 2, DATE'2024-02-01', 5, 20)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    built = asked_about("studio", TABLES)

    def asked(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "parts and work cost together per hall",
        "What is the total mending cost, parts plus work, for each hall?",
        "mending cost (parts + work) by hall",
        "parts cost plus work cost by hall",
    ],
)
def test_two_costs_of_a_row_are_added(ask, question):
    assert ask(question) == ["North 100", "South 95"]


@pytest.mark.parametrize("question", ["Who earns the most per hour?", "Which tutor earns the most per hour?"])
def test_what_somebody_earns_in_an_hour_is_no_number_of_hours(ask, question):
    assert [row.split()[0] for row in ask(question)] == ["Ada"]


def test_what_somebody_earns_in_a_month_is_another_number(ask):
    assert [row.split()[0] for row in ask("Who earns the most per month?")] == ["Bo"]


@pytest.mark.parametrize(
    "question", ["How large is the biggest hall?", "How many square metres does our largest hall have?"]
)
def test_how_large_the_largest_is_asks_for_the_number_alone(ask, question):
    assert ask(question) == ["300"]
