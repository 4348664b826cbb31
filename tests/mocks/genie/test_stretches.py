"""Time between two days in the words of those who have only a few for it, and days told by what happened on them."""

import pytest

TABLES = """
CREATE TABLE main.depot.parcel (parcel_id INT, town STRING, ordered_on DATE, posted_on DATE, paid_on DATE, fee INT);
INSERT INTO main.depot.parcel VALUES (1, 'Bern', DATE'2023-01-01', DATE'2023-01-03', DATE'2024-01-05', 5),
 (2, 'Bern', DATE'2023-02-01', DATE'2023-02-05', NULL, 7), (3, 'Basel', DATE'2024-02-01', DATE'2024-02-01', NULL, 9)
"""


@pytest.fixture(scope="module")
def ask(asked_about, warehouse):
    built = asked_about("depot", TABLES)

    def asked(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows())

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "avg days ordered to posted",
        "mean number of days ordered until posted, parcels",
        "How many days does it take on average from the order of a parcel until it is posted?",
        "How many days go by on average between the order and the posting of a parcel?",
    ],
)
def test_the_days_from_one_to_another_need_no_from(ask, question):
    assert ask(question) == ["2.0"]


@pytest.mark.parametrize(
    "question",
    ["total fee by year, going by when the parcels were posted", "fees per year, by the date when parcels were posted"],
)
def test_when_something_happened_is_a_day_and_no_group(ask, question):
    assert ask(question) == ["2023 12", "2024 9"]


def test_how_high_it_is_asks_for_nothing_more_than_the_highest(ask):
    assert ask("Which 2 parcels have the highest fee, and how high is it?") == ["2 7", "3 9"]
