from datetime import date

import pytest

from mocks.genie.language.dates import find_spans, normalised

TODAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in 2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("May 2025", date(2025, 5, 1), date(2025, 6, 1)),
        ("in December 2024", date(2024, 12, 1), date(2025, 1, 1)),
        ("Q1 2025", date(2025, 1, 1), date(2025, 4, 1)),
        ("2024-Q4", date(2024, 10, 1), date(2025, 1, 1)),
        ("in the last 6 months", date(2025, 1, 1), date(2025, 7, 1)),
        ("the past 7 days", date(2025, 6, 24), date(2025, 7, 1)),
        ("last quarter", date(2025, 1, 1), date(2025, 4, 1)),
        ("last month", date(2025, 5, 1), date(2025, 6, 1)),
        ("this year", date(2025, 1, 1), date(2026, 1, 1)),
        ("before 2024-03-01", None, date(2024, 3, 1)),
        ("after 2024", date(2025, 1, 1), None),
        ("since 2023", date(2023, 1, 1), None),
        ("between 2024-01-15 and 2024-01-20", date(2024, 1, 15), date(2024, 1, 21)),
        ("on 1 June 2025", date(2025, 6, 1), date(2025, 6, 2)),
        ("as of June 1st, 2025", date(2025, 6, 1), date(2025, 6, 2)),
        ("in the first quarter of 2025", date(2025, 1, 1), date(2025, 4, 1)),
        ("between January and March 2025", date(2025, 1, 1), date(2025, 4, 1)),
        ("in 2025-05", date(2025, 5, 1), date(2025, 6, 1)),
        ("before January 2010", None, date(2010, 1, 1)),
        ("on 2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_a_stretch_of_time_has_its_first_day_and_the_day_after_its_last(words, start, end):
    question = normalised(f"How many orders {words} were late")

    ((at, till, span),) = find_spans(question, TODAY)

    assert (span.start, span.end) == (start, end)
    assert f"{question[:at]}{question[till:]}".split() == ["How", "many", "orders", "were", "late"]


def test_a_question_without_a_date_stays_as_it_is():
    assert find_spans("How many orders?", TODAY) == []


def test_a_number_after_more_than_is_no_year():
    assert find_spans("orders of more than 2000", TODAY) == []
