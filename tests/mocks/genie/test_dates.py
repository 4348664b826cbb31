from datetime import date

import pytest

from mocks.genie.language.dates import find_spans
from mocks.genie.language.days import normalised
from mocks.genie.refusal import AskBack

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
        ("between 15 January 2025 and 15 April 2025", date(2025, 1, 15), date(2025, 4, 16)),
        ("from 1 to 15 February 2025", date(2025, 2, 1), date(2025, 2, 16)),
        ("in the first half of February 2025, from the 1st to the 15th", date(2025, 2, 1), date(2025, 2, 16)),
        ("on 3/15/2024", date(2024, 3, 15), date(2024, 3, 16)),
        ("on 15.03.2024", date(2024, 3, 15), date(2024, 3, 16)),
        ("Jun-Aug 2024", date(2024, 6, 1), date(2024, 9, 1)),
        ("summer 2024 (Jun-Aug)", date(2024, 6, 1), date(2024, 9, 1)),
        ("in Sept 2024", date(2024, 9, 1), date(2024, 10, 1)),
        ("from 2021 to 2023", date(2021, 1, 1), date(2024, 1, 1)),
        ("between Q1 and Q3 2024", date(2024, 1, 1), date(2024, 10, 1)),
        ("since mid-2023", date(2023, 7, 1), None),
        ("since the second half of 2023", date(2023, 7, 1), None),
        ("until the end of May 2024", None, date(2024, 6, 1)),
        ("by the end of Q2 2024", None, date(2024, 7, 1)),
        ("before last month", None, date(2025, 5, 1)),
        ("after Q2 2024", date(2024, 7, 1), None),
        ("from May 2024 to today", date(2024, 5, 1), date(2025, 7, 1)),
        ("in the coming 7 days", date(2025, 6, 30), date(2025, 7, 8)),
        ("this year so far", date(2025, 1, 1), date(2025, 7, 1)),
        ("so far this month", date(2025, 6, 1), date(2025, 7, 1)),
        ("year to date", date(2025, 1, 1), date(2025, 7, 1)),
        ("in March last year", date(2024, 3, 1), date(2024, 4, 1)),
        ("3 months ago", date(2025, 3, 1), date(2025, 4, 1)),
        ("more than a year ago", None, date(2024, 6, 30)),
        ("less than 30 days ago", date(2025, 5, 31), None),
        ("yesterday", date(2025, 6, 29), date(2025, 6, 30)),
        ("in the 1990s", date(1990, 1, 1), date(2000, 1, 1)),
        ("in week 1 of 2025", date(2024, 12, 30), date(2025, 1, 6)),
        ("in the week of March 5, 2025", date(2025, 3, 3), date(2025, 3, 10)),
        ("before the first of January 2000", None, date(2000, 1, 1)),
        ("after the thirteenth of May 2020", date(2020, 5, 14), None),
        ("in the '80s", date(1980, 1, 1), date(1990, 1, 1)),
        ("in the nineties", date(1990, 1, 1), date(2000, 1, 1)),
        ("in the 19th century", date(1801, 1, 1), date(1901, 1, 1)),
        ("in 03/2024", date(2024, 3, 1), date(2024, 4, 1)),
        ("since March", date(2025, 3, 1), None),
        ("since October", date(2024, 10, 1), None),
        ("during the past week", date(2025, 6, 24), date(2025, 7, 1)),
        ("last Friday", date(2025, 6, 27), date(2025, 6, 28)),
        ("last weekend", date(2025, 6, 28), date(2025, 6, 30)),
        ("last November", date(2024, 11, 1), date(2024, 12, 1)),
        ("last summer", date(2024, 6, 1), date(2024, 9, 1)),
    ],
)
def test_a_stretch_of_time_has_its_first_day_and_the_day_after_its_last(words, start, end):
    question = normalised(f"How many orders {words} were late")

    ((at, till, span),) = find_spans(question, TODAY)

    assert (span.start, span.end) == (start, end)
    assert f"{question[:at]}{question[till:]}".split() == ["How", "many", "orders", "were", "late"]


def test_months_before_one_year_are_all_of_that_year():
    spans = find_spans(normalised("deliveries in June, July and August 2024"), TODAY)

    assert [span.start for _, _, span in spans] == [date(2024, 6, 1), date(2024, 7, 1), date(2024, 8, 1)]


def test_it_asks_back_on_digits_that_may_be_either_of_two_days():
    with pytest.raises(AskBack, match="2024-03-04 or 2024-04-03"):
        normalised("orders on 3/4/2024")


@pytest.mark.parametrize("question", ["orders in early March 2024", "orders in mid-2024", "orders of late 2023"])
def test_it_asks_back_on_days_that_nobody_can_tell(question):
    with pytest.raises(AskBack, match="Which days are"):
        normalised(question)


def test_a_month_behind_since_is_of_the_year_that_the_question_names():
    spans = find_spans(normalised("orders in 2023 since March"), TODAY)

    assert [span.start for _, _, span in spans] == [date(2023, 1, 1), date(2023, 3, 1)]


def test_a_question_without_a_date_stays_as_it_is():
    assert find_spans("How many orders?", TODAY) == []


def test_a_number_after_more_than_is_no_year():
    assert find_spans("orders of more than 2000", TODAY) == []
