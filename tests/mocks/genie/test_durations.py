import pytest

REPAIRS = """
CREATE OR REPLACE TABLE main.default.repairs (repair_id INT, customer_id INT, received_on DATE, returned_on DATE,
 due_on DATE, cost DOUBLE, part STRING);
INSERT INTO main.default.repairs VALUES
 (1, 1, DATE'2024-01-01', DATE'2024-01-11', DATE'2024-01-08', 40.0, 'Brake'),
 (2, 2, DATE'2024-02-01', DATE'2024-02-05', DATE'2024-02-08', 90.0, 'Wheel'),
 (3, 2, DATE'2024-03-01', NULL, DATE'2024-03-08', 50.0, 'Brake')
"""


@pytest.fixture
def ask(engine, warehouse):
    for statement in REPAIRS.split(";"):
        warehouse.run(statement)

    def rows(question):
        answer = engine(more=["repairs"]).ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return rows


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("average days between received and returned", [("7.0",)]),
        ("How long does it take on average from receipt to return of a repair?", [("7.0",)]),
        ("How many days pass between the received date and the returned date of repairs by part?",
         [("Brake", "10.0"), ("Wheel", "4.0")]),
        ("Which repairs took more than 5 days to return?", [("1",)]),
        ("Which repair took the longest to return?", [("1", "10")]),
        ("Which repair was the quickest to return?", [("2", "4")]),
    ],
)  # fmt: skip
def test_the_time_between_two_days_is_a_number_like_any_other(ask, question, expected):
    assert ask(question) == expected


def test_it_asks_back_on_a_time_between_days_that_are_not_there(engine):
    assert engine().ask("average days between order and delivery").sql is None


PEOPLE = """
CREATE OR REPLACE TABLE main.default.members (member_id INT, member_name STRING, birth_date DATE, level STRING);
INSERT INTO main.default.members VALUES (1, 'Ann', DATE'1954-01-01', 'Gold'), (2, 'Ben', DATE'1994-03-16', 'Gold'),
 (3, 'Cy', DATE'2004-03-15', 'Blue')
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("members older than 50", [("Ann",)]),
        ("members under 30 years of age", [("Ben",), ("Cy",)]),
        ("average age of members by level", [("Blue", "20.0"), ("Gold", "49.5")]),
    ],
)
def test_an_age_is_counted_from_the_birth_to_today(warehouse, ask, engine, question, expected):
    for statement in PEOPLE.split(";"):
        warehouse.run(statement)
    answer = engine(more=["members"]).ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()) == expected


STAYS = """
CREATE OR REPLACE TABLE main.default.stays (stay_id INT, guest STRING, checked_in DATE, checked_out DATE, room STRING);
INSERT INTO main.default.stays VALUES (1, 'Ann', DATE'2024-01-01', DATE'2024-01-11', 'Blue'),
 (2, 'Ben', DATE'2024-02-01', DATE'2024-02-05', 'Red'), (3, 'Cy', DATE'2024-03-01', NULL, 'Red');
CREATE OR REPLACE TABLE main.default.rides (ride_id INT, rider STRING, duration_min INT, left_at TIMESTAMP);
INSERT INTO main.default.rides VALUES (1, 'Ann', 30, TIMESTAMP'2024-01-01 10:00:00'),
 (2, 'Ben', 90, TIMESTAMP'2024-01-02 10:00:00');
CREATE OR REPLACE TABLE main.default.coaches (coach_name STRING, birth_date DATE, hired_on DATE);
INSERT INTO main.default.coaches VALUES ('Dot', DATE'1990-01-01', DATE'2015-01-01'),
 ('Eve', DATE'1980-01-01', DATE'2020-01-01')
"""


@pytest.fixture
def lasting(engine, warehouse):
    for statement in STAYS.split(";"):
        warehouse.run(statement)

    def rows(question):
        answer = engine(more=["stays", "rides", "coaches"]).ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return rows


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("average length of stay, days", [("7.0",)]),
        ("Average length of stay by room", [("Blue", "10.0"), ("Red", "4.0")]),
        ("How many stays lasted more than 5 days?", [("1",)]),
        ("stays over 5 days, count", [("1",)]),
        ("stays longer than 5 days, count", [("1",)]),
        ("Number of stays checked out within 5 days of check-in", [("1",)]),
        ("How many stays were checked out more than 5 days after they checked in?", [("1",)]),
        ("average duration of rides", [("60.0",)]),
        ("rides longer than an hour, count", [("1",)]),
        ("mean ride time in minutes", [("60.0",)]),
        ("Which coach has been with us longest?", [("Dot",)]),
    ],
)
def test_what_lasts_is_measured_by_its_own_days_or_its_own_number(lasting, question, expected):
    assert lasting(question) == expected


@pytest.mark.parametrize(
    ("question", "seconds"), [("average episode length in minutes", 60), ("How long is an episode on average?", 1)]
)
def test_a_length_is_told_in_the_unit_that_is_asked_for(asked_about, warehouse, question, seconds):
    schema = f"cast{seconds}"
    cast = asked_about(
        schema,
        f"CREATE TABLE main.{schema}.episode (EpisodeId INT, EpisodeTitle STRING, DurationSec INT);"
        f"INSERT INTO main.{schema}.episode VALUES (1, 'After Hours', 90), (2, 'Before Hours', 150)",
    )

    assert [float(row[0]) for row in warehouse.run(cast.ask(question).sql).rows()] == [120 / seconds]


def test_a_unit_is_no_part_of_a_title(asked_about):
    cast = asked_about(
        "cast",
        "CREATE TABLE main.cast.play (PlayId INT, EpisodeTitle STRING, PlayedSec INT);"
        "INSERT INTO main.cast.play VALUES (1, 'After Hours', 90), (2, 'Late Night', 150)",
    )

    assert "Hours" not in (cast.ask("total hours played").sql or "")


CHOIR = """
CREATE TABLE main.choir.singer (singer_id INT PRIMARY KEY, singer_name STRING, birth_date DATE, town STRING);
INSERT INTO main.choir.singer VALUES (1, 'Ann', DATE'1940-01-01', 'Lyon'), (2, 'Bo', DATE'2010-01-01', 'Turin'),
 (3, 'Cy', DATE'1980-05-05', 'Turin');
CREATE TABLE main.choir.show (show_id INT PRIMARY KEY, singer_id INT);
INSERT INTO main.choir.show VALUES (1, 1), (2, 2), (3, 2)
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("no. of singers over 75", "1"),
        ("How many singers under 18 do we have?", "1"),
        ("How many singers are above 40?", "2"),
        ("number of singers aged over 75 in Turin", "0"),
        ("How many singers had more than 1 show?", "1"),
    ],
)
def test_persons_over_a_number_are_older(asked_about, warehouse, question, expected):
    answer = asked_about("choir", CHOIR).ask(question)

    assert [tuple(map(str, row)) for row in warehouse.run(answer.sql).rows()] == [(expected,)]
