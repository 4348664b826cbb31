"""Times that come back: weekdays, hours, months of any year."""

import pytest

from mocks.genie.language.recurring import HOUR, MONTH_OF_YEAR, WEEKDAY, find_recurring


@pytest.mark.parametrize(
    ("words", "part", "values"),
    [
        ("on weekends", WEEKDAY, (1, 7)),
        ("at the weekend", WEEKDAY, (1, 7)),
        ("on a Saturday or a Sunday", WEEKDAY, (1, 7)),
        ("on Mondays", WEEKDAY, (2,)),
        ("Monday to Friday", WEEKDAY, (2, 3, 4, 5, 6)),
        ("on weekdays", WEEKDAY, (2, 3, 4, 5, 6)),
        ("before noon", HOUR, tuple(range(12))),
        ("before 12 o'clock", HOUR, tuple(range(12))),
        ("after 6 pm", HOUR, tuple(range(18, 24))),
        ("from 18:00", HOUR, tuple(range(18, 24))),
        ("between 8 and 10 am", HOUR, (8, 9)),
        ("between 9am and 5pm", HOUR, tuple(range(9, 17))),
        ("between 8:00 and 10:00", HOUR, (8, 9)),
        ("in the morning", HOUR, tuple(range(6, 12))),
        ("at night", HOUR, (22, 23, 0, 1, 2, 3, 4, 5)),
        ("in January", MONTH_OF_YEAR, (1,)),
        ("from May to July", MONTH_OF_YEAR, (5, 6, 7)),
        ("between May and July", MONTH_OF_YEAR, (5, 6, 7)),
        ("in June, July and August", MONTH_OF_YEAR, (6, 7, 8)),
    ],
)
def test_a_time_that_comes_back_is_a_part_of_a_date(words, part, values):
    question = f"How many orders {words} were late"

    ((start, end, span),) = find_recurring(question)

    assert span.parts == ((part, values),)
    assert f"{question[:start]}{question[end:]}".split() == ["How", "many", "orders", "were", "late"]


@pytest.mark.parametrize(
    "question",
    [
        "orders between 8 and 10",
        "flights after 5",
        "orders that may be late",
        "sunny",
        "papers were sat",
        "couples wed in the hall",
    ],
)
def test_a_number_alone_is_no_hour_and_a_verb_no_month(question):
    assert not [*find_recurring(question)]


VISITS = """
CREATE OR REPLACE TABLE main.default.visits (visit_id INT, entered_at TIMESTAMP, cost DOUBLE);
INSERT INTO main.default.visits VALUES (1, TIMESTAMP'2024-01-06 09:15:00', 10.0),
 (2, TIMESTAMP'2024-01-08 13:00:00', 20.0), (3, TIMESTAMP'2024-02-05 09:45:00', 30.0),
 (4, TIMESTAMP'2023-02-11 23:10:00', 40.0)
"""


@pytest.fixture
def ask(engine, warehouse):
    for statement in VISITS.split(";"):
        warehouse.run(statement)

    def rows(question):
        answer = engine(more=["visits"]).ask(question)
        return sorted(map(tuple, warehouse.run(answer.sql, read_only=True).rows())) if answer.sql else answer.text

    return rows


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many visits were there on weekends?", [("2",)]),
        ("How many visits on weekends in 2024?", [("1",)]),
        ("How many visits before noon?", [("2",)]),
        ("Number of visits at night", [("1",)]),
        ("visits in January, count", [("2",)]),
        ("How many visits in Febuary 2024?", [("1",)]),
        ("How many visits by weekday?", [("Monday", "2"), ("Saturday", "2")]),
        ("number of visits per hour of the day", [("13", "1"), ("23", "1"), ("9", "2")]),
        ("Which weekday has the most visits on weekends?", [("Saturday", "2")]),
        ("average cost by month of the year", [("1", "15.0"), ("2", "35.0")]),
    ],
)
def test_visits_are_told_by_parts_of_their_time(ask, question, expected):
    assert ask(question) == expected


def test_it_asks_back_on_an_hour_of_what_has_only_days(engine):
    assert "time of day" in engine().ask("How many sales before noon?").text


def test_it_asks_back_on_a_month_of_several_years(ask, engine, warehouse):
    warehouse.run("CREATE OR REPLACE TABLE main.default.old_visits AS SELECT visit_id, "
                  "entered_at - INTERVAL 3 YEARS AS entered_at FROM main.default.visits")  # fmt: skip

    assert "which year" in engine(more=["old_visits"]).ask("How many old visits in February?").text
