"""The day that a verb is about, columns of years, and things that are counted by the day on which they happened."""

import json
from datetime import date

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space

TABLES = """
CREATE TABLE main.default.artworks (artwork_id INT, title STRING, creation_year INT, acquired_on DATE);
INSERT INTO main.default.artworks VALUES (1, 'Blue Door', 1944, DATE'2020-03-01'), (2, 'Tide', 1999, DATE'2023-05-04');
CREATE TABLE main.default.curators (curator_id INT, full_name STRING, hired_on DATE, date_of_birth DATE, left_on DATE);
INSERT INTO main.default.curators VALUES (1, 'Mia Voss', DATE'2015-01-01', DATE'1980-01-01', NULL),
 (2, 'Jon Abel', DATE'2018-04-01', DATE'1975-06-06', DATE'2024-05-31');
CREATE TABLE main.default.exhibitions (exhibition_id INT, title STRING, opening_day DATE, last_day DATE);
INSERT INTO main.default.exhibitions VALUES (1, 'North', DATE'2023-02-01', DATE'2023-05-31'),
 (2, 'Stone', DATE'2023-11-01', DATE'2024-03-31');
CREATE TABLE main.default.guided_tours (tour_id INT, booked_at DATE, guide STRING);
INSERT INTO main.default.guided_tours VALUES (1, DATE'2024-01-10', 'Ann'), (2, DATE'2024-01-11', 'Ann'),
 (3, DATE'2024-02-01', 'Bea');
CREATE TABLE main.default.invoices (invoice_no INT, issued_on DATE, amount DOUBLE);
INSERT INTO main.default.invoices VALUES (1, DATE'2023-04-01', 10.0), (2, DATE'2023-05-01', 20.0),
 (3, DATE'2024-01-01', 5.0)
"""


@pytest.fixture(scope="module")
def museum(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("art"), host="http://127.0.0.1:1", token="t", control_token="c")
    workspaces = Workspaces(settings)
    warehouse = workspaces.named("default").engine(Warehouse)
    for statement in TABLES.split(";"):
        warehouse.run(statement)
    names = ("artworks", "curators", "exhibitions", "guided_tours", "invoices")
    tables = [{"identifier": f"main.default.{name}"} for name in names]
    spec = json.dumps({"version": 2, "data_sources": {"tables": tables}})
    engine = Engine(read_space(spec, warehouse), date(2024, 6, 15))

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    yield ask
    workspaces.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many artworks were created in 1999?", [("1",)]),
        ("How many artworks were made before 1950?", [("1",)]),
        ("How many artworks were acquired in 2023?", [("1",)]),
        ("How many exhibitions ended in 2024?", [("1",)]),
        ("How many exhibitions started in 2023?", [("2",)]),
        ("How many curators joined after 2016?", [("1",)]),
        ("How many curators left in the last three months?", [("1",)]),
        ("How many curators were born before 1978?", [("1",)]),
    ],
)
def test_a_verb_chooses_the_day_or_the_year_that_it_is_about(museum, question, expected):
    assert museum(question) == expected


def test_those_who_left_are_those_with_a_day_on_which_they_did(museum):
    assert museum("Which curators have left?")[0][0] == "Jon Abel"


def test_the_oldest_of_people_is_found_by_birth_and_the_first_by_the_day_of_joining(museum):
    assert museum("Who is the oldest curator?")[0][0] == "Jon Abel"
    assert museum("Who was the first curator to be hired?")[0][0] == "Mia Voss"


@pytest.mark.parametrize(
    "question",
    ["bookings by month", "number of bookings per month", "How did bookings develop by month?", "bookings over time"],
)
def test_what_happened_on_a_day_is_counted_by_it(museum, question):
    assert [(month[:7], count) for month, count in museum(question)] == [("2024-01", "2"), ("2024-02", "1")]


@pytest.mark.parametrize("question", ["billed per year", "How much was invoiced each year?", "total billed by year"])
def test_what_is_done_with_money_is_added_up(museum, question):
    assert museum(question) == [("2023", "30.0"), ("2024", "5.0")]


def test_years_are_grouped_as_numbers(museum):
    assert museum("number of artworks by creation year") == [("1944", "1"), ("1999", "1")]
    assert museum("number of artworks per year of acquisition") == [("2020", "1"), ("2023", "1")]
