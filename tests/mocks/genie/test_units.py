"""Numbers that are asked for by their unit, and what has no total."""

import pytest

QUARRY = """
CREATE TABLE main.quarry.site (site_id INT, site_nm STRING, depth_m DOUBLE);
INSERT INTO main.quarry.site VALUES (1, 'North', 40), (2, 'South', 25);
CREATE TABLE main.quarry.haul (haul_id INT, site_id INT, haul_dt DATE, stone STRING,
 net_t DOUBLE COMMENT 'Net weight in tonnes',
 prc_t DOUBLE COMMENT 'Price in euros a tonne', dust_pct DOUBLE COMMENT 'Dust in percent', waived_by INT,
 act_km DOUBLE COMMENT 'Distance driven in kilometres');
INSERT INTO main.quarry.haul VALUES (1, 1, DATE'2024-01-05', 'Slate', 10, 30, 4, 7, 12),
 (2, 1, DATE'2024-02-06', 'Slate', 10, 31, 2, NULL, 8),
 (3, 2, DATE'2024-02-07', 'Marble', 5, 90, 1, 9, 20), (4, 2, DATE'2023-02-07', 'Marble', 7, 80, 3, NULL, 20)
"""


@pytest.fixture(scope="module")
def quarry(asked_about):
    return asked_about("quarry", QUARRY)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many tonnes were hauled in 2024?", [("25.0",)]),
        ("tonnes by stone", [("Marble", "12.0"), ("Slate", "20.0")]),
        ("Which site hauled the most tonnes?", [("North", "20.0")]),
        ("net weight hauled in 2024", [("25.0",)]),
        ("What is the net weight of marble?", [("12.0",)]),
        ("total net weight in kg by stone", [("Marble", "12000.0"), ("Slate", "20000.0")]),
        ("mean dust pct", [("2.5",)]),
        ("average dust in % by stone", [("Marble", "2.0"), ("Slate", "3.0")]),
    ],
)
def test_a_unit_asks_for_what_is_measured_in_it(quarry, warehouse, question, expected):
    answer = quarry.ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(row) for row in warehouse.run(answer.sql).rows()) == expected


def test_what_is_cumulated_is_added_up_first(quarry, warehouse):
    answer = quarry.ask("cumulative net weight per year")

    assert sorted(row[1] for row in warehouse.run(answer.sql).rows()) == ["32.0", "7.0"]


@pytest.mark.parametrize("question", ["total price of slate", "highest per stone", "highest waived by per stone"])
def test_neither_rates_nor_references_are_put_together(quarry, question):
    sql = quarry.ask(question).sql or ""

    assert "SUM(haul.prc_t)" not in sql
    assert "waived_by)" not in sql


YARD = """
CREATE TABLE main.yard.crew (crew_id INT, crew_name STRING, emailed_bill BOOLEAN);
INSERT INTO main.yard.crew VALUES (1, 'Red', true), (2, 'Blue', false);
CREATE TABLE main.yard.shift (shift_id INT, crew_id INT, shift_date DATE, planned_hours DOUBLE COMMENT 'Hours planned',
 worked_hours DOUBLE COMMENT 'Hours', site STRING COMMENT 'Place where stone was quarried', cost DOUBLE);
INSERT INTO main.yard.shift VALUES (1, 1, DATE'2024-01-05', 8, 9, 'North', 300),
 (2, 1, DATE'2024-01-06', 8, 6, 'North', 200),
 (3, 2, DATE'2024-01-06', 4, 4, 'South', 100)
"""


@pytest.fixture(scope="module")
def yard(asked_about):
    return asked_about("yard", YARD)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many hours were quarried in January 2024?", [("19.0",)]),
        ("planned hours by crew", [("Blue", "4.0"), ("Red", "16.0")]),
        ("hours by crew", [("Blue", "4.0"), ("Red", "15.0")]),
        ("actual hours by crew", [("Blue", "4.0"), ("Red", "15.0")]),
        ("How many euros did the crews cost in 2024?", [("600.0",)]),
        ("Which crew did we bill the most money?", [("Red", "500.0")]),
    ],
)
def test_what_was_done_and_by_whom_only_tells_of_an_amount(yard, warehouse, question, expected):
    answer = yard.ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(row) for row in warehouse.run(answer.sql).rows()) == expected


CRANES = """
CREATE TABLE main.cranes.crane (crane_id INT, crane_name STRING, hour_rt DOUBLE COMMENT 'Rent in euros an hour');
INSERT INTO main.cranes.crane VALUES (1, 'Atlas', 90), (2, 'Boom', 120);
CREATE TABLE main.cranes.driver (driver_id INT, driver_name STRING, hourly_wage DOUBLE);
INSERT INTO main.cranes.driver VALUES (1, 'Ada', 20), (2, 'Bert', 30);
CREATE TABLE main.cranes.job (job_id INT, crane_id INT, driver_id INT, job_date DATE, charged_amount DOUBLE,
 lifted_t DOUBLE);
INSERT INTO main.cranes.job VALUES (1, 1, 1, DATE'2024-01-05', 300, 10), (2, 2, 1, DATE'2024-01-05', 100, 10)
"""


@pytest.fixture(scope="module")
def cranes(asked_about):
    return asked_about("cranes", CRANES)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which crane costs the most per hour?", [("Boom", "120.0")]),
        ("How many cranes cost more than 100 euros an hour?", [("1",)]),
        ("What do drivers get per hour on average?", [("25.0",)]),
        ("How much does Ada earn per hour?", [("20.0",)]),
        ("amount charged per tonne lifted", [("20.0",)]),
        ("charged amount per day", [("2024-01-05T00:00:00.000Z", "400.0")]),
    ],
)
def test_a_price_is_asked_for_by_its_unit(cranes, warehouse, question, expected):
    answer = cranes.ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(row) for row in warehouse.run(answer.sql).rows()) == expected


def test_what_restricts_one_number_of_a_row_restricts_the_other_that_it_is_divided_by(asked_about, warehouse):
    crops = asked_about(
        "crops",
        "CREATE TABLE main.crops.plantings (planting_id INT, crop STRING, yield_t INT, area_ha INT);"
        "INSERT INTO main.crops.plantings VALUES (1, 'Potatoes', 60, 2), (2, 'Potatoes', 30, 1), (3, 'Rye', 5, 7)",
    )

    answer = crops.ask("Potatoes: ratio of yield to area")
    assert [float(row[0]) for row in warehouse.run(answer.sql).rows()] == [30.0]


CHOIRS = """
CREATE TABLE main.choirs.choir (choir_id INT, name STRING, yr INT COMMENT 'Year group, 7 to 13',
 CONSTRAINT k PRIMARY KEY (choir_id));
INSERT INTO main.choirs.choir VALUES (1, 'Larks', 8), (2, 'Owls', 9);
CREATE TABLE main.choirs.leader (leader_id INT, name STRING, hired DATE, hrs INT COMMENT 'Paid practice hours per week',
 choir_id INT, CONSTRAINT c FOREIGN KEY (choir_id) REFERENCES main.choirs.choir (choir_id));
INSERT INTO main.choirs.leader VALUES (1, 'Ann', DATE'2020-01-01', 3, 1), (2, 'Bo', DATE'2021-01-01', 5, 2);
CREATE TABLE main.choirs.rehearsal (rehearsal_id INT, choir_id INT, held DATE, notes STRING,
 CONSTRAINT r FOREIGN KEY (choir_id) REFERENCES main.choirs.choir (choir_id)) COMMENT 'Weekly rehearsals of the choirs';
INSERT INTO main.choirs.rehearsal VALUES (1, 1, DATE'2024-01-03', 'ok'), (2, 1, DATE'2024-01-10', NULL),
 (3, 2, DATE'2024-02-10', 'ok')
"""


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("total weekly practice hrs of the leaders", ["8"]),
        ("How many practice hours a week do the leaders have in total?", ["8"]),
        ("paid hours per week by choir", ["Larks 3", "Owls 5"]),
        ("How many of the weekly rehearsals have no notes?", ["1"]),
        ("rehearsals per year group", ["8 2", "9 1"]),
        ("rehearsals per year", ["2024 3"]),
        ("monthly rehearsals of Larks", ["2024-01-01T00:00:00.000Z 2"]),
        ("date of the last rehearsal", ["2024-02-10"]),
    ],
)
def test_a_period_in_the_name_of_something_groups_nothing(asked_about, warehouse, question, found):
    answer = asked_about("choirs", CHOIRS).ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows()) == found
