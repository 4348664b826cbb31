"""Verbs for what the rows of a table tell of: whoever complained has a complaint."""

import pytest

MUSEUM = """
CREATE TABLE main.museum.Employee (EmployeeId INT NOT NULL, FullName STRING, JobTitle STRING, BossId INT,
 CONSTRAINT e_pk PRIMARY KEY (EmployeeId));
INSERT INTO main.museum.Employee VALUES (1, 'Ada Brandt', 'Director', NULL), (2, 'Ben Castell', 'Guide', 1),
 (3, 'Dev Ellis', 'Clerk', 2), (4, 'Eva Frost', 'Guide', 1);
CREATE TABLE main.museum.Visitor (VisitorId INT, VisitorName STRING, City STRING);
INSERT INTO main.museum.Visitor VALUES (1, 'Hal Ives', 'Bern'), (2, 'Ida Jones', 'Basel'), (3, 'Kim Lund', 'Zug');
CREATE TABLE main.museum.Complaint (ComplaintId INT, VisitorId INT, FiledOn DATE,
 HandledBy INT COMMENT 'Employee who dealt with it',
 CONSTRAINT c_e FOREIGN KEY (HandledBy) REFERENCES main.museum.Employee (EmployeeId));
INSERT INTO main.museum.Complaint VALUES (1, 1, DATE'2023-01-10', 3), (2, 1, DATE'2024-02-11', 3),
 (3, 2, DATE'2024-03-01', 2);
CREATE TABLE main.museum.Tour (TourId INT, GuideId INT COMMENT 'Employee who led it', Language STRING, HeldOn DATE,
 CONSTRAINT t_e FOREIGN KEY (GuideId) REFERENCES main.museum.Employee (EmployeeId));
INSERT INTO main.museum.Tour VALUES (1, 2, 'German', DATE'2023-05-01'), (2, 4, 'French', DATE'2024-05-02')
"""


@pytest.fixture(scope="module")
def museum(asked_about, warehouse):
    engine = asked_about("museum", MUSEUM)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize("question", ["How often did visitors complain?", "How many times has somebody complained?"])
def test_how_often_something_was_done_counts_the_rows_that_tell_of_it(museum, question):
    assert museum(question) == ["3"]


def test_who_did_something_most_often_has_the_most_such_rows(museum):
    assert museum("Who complained most often?") == ["Hal Ives"]


@pytest.mark.parametrize(
    "question", ["Who complained in 2024?", "Which visitors complained in 2024?", "Name the visitors who complained"]
)
def test_who_did_something_has_a_row_that_tells_of_it(museum, question):
    assert museum(question) == ["Hal Ives", "Ida Jones"]


@pytest.mark.parametrize("question", ["Who has never complained?", "Which visitors never complained?"])
def test_who_never_did_something_has_no_row_that_tells_of_it(museum, question):
    assert museum(question) == ["Kim Lund"]


def test_a_kind_of_people_is_asked_for_and_not_what_they_did(museum):
    assert museum("Which guide led tours in French?") == ["Eva Frost"]


def test_who_deals_with_a_thing_has_the_role_that_its_comment_tells_of(museum):
    assert museum("Who deals with the complaint of Ida Jones?") == ["Ben Castell"]


def test_a_table_called_by_initials_is_called_what_its_comment_begins_with(asked_about):
    tables = """CREATE TABLE main.buying.ord (ord_id INT, ord_date DATE) COMMENT 'Orders of customers';
    CREATE TABLE main.buying.po (po_id INT, po_date DATE) COMMENT 'Purchase orders to suppliers'"""

    answer = asked_about("buying", tables).ask("How many orders were placed in 2024?")

    assert "ord.ord_date" in answer.sql


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How long did each shift take?", [("1", "60"), ("2", "90")]),
        ("How long do shifts take on average?", [("75",)]),
        ("How many hours do shifts take on average?", [("1.25",)]),
    ],
)
def test_what_begins_and_ends_on_one_day_lasts_minutes(asked_about, warehouse, question, told):
    tables = """CREATE TABLE main.mill.shift (shift_id INT, started_at TIMESTAMP, ended_at TIMESTAMP);
    INSERT INTO main.mill.shift VALUES (1, TIMESTAMP'2024-05-01 10:00:00', TIMESTAMP'2024-05-01 11:00:00'),
     (2, TIMESTAMP'2024-05-02 10:00:00', TIMESTAMP'2024-05-02 11:30:00')"""

    answer = asked_about("mill", tables).ask(question)

    rows = warehouse.run(answer.sql, read_only=True).rows()
    assert sorted(tuple(f"{float(cell):g}" for cell in row) for row in rows) == told


BUGS = """
CREATE TABLE main.bugs.usr (usr_id INT NOT NULL, usr_nm STRING, CONSTRAINT u_pk PRIMARY KEY (usr_id)) COMMENT 'Staff';
INSERT INTO main.bugs.usr VALUES (1, 'Nora Falk'), (2, 'Omar Gill'), (3, 'Pia Horn');
CREATE TABLE main.bugs.tkt (tkt_id INT NOT NULL, opener_id INT COMMENT 'Who opened it (usr)',
 solver_id INT COMMENT 'Who solved it (usr), null while open', opened_at DATE, solved_at DATE) COMMENT 'Tickets';
INSERT INTO main.bugs.tkt VALUES (1, 3, 2, DATE'2023-01-01', DATE'2023-01-03'), (3, 1, NULL, DATE'2024-01-05', NULL),
 (4, 3, 1, DATE'2024-02-06', DATE'2024-02-07')
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who opened the most tickets?", ["Pia Horn"]),
        ("Who opened more than one ticket?", ["Pia Horn"]),
        ("How many tickets did Pia Horn open?", ["2"]),
        ("How many tickets did Omar Gill solve in 2023?", ["1"]),
        ("tickets opened by Pia Horn and solved by Omar Gill", ["1"]),
        ("Who has never solved a ticket?", ["Pia Horn"]),
        ("number of tickets solved per person", ["Nora Falk", "Omar Gill"]),
        ("Who solved how many tickets?", ["Nora Falk", "Omar Gill"]),
    ],
)
def test_a_verb_tells_in_which_of_several_roles_somebody_is_meant(asked_about, warehouse, question, told):
    answer = asked_about("bugs", BUGS).ask(question)

    assert answer.sql is not None, answer.text
    found = (row[0] for row in warehouse.run(answer.sql, read_only=True).rows())
    assert sorted(one for one in found if one is not None) == told


@pytest.mark.parametrize(
    "question", ["How many purchase orders did we place in 2024?", "purchase orders placed 2024, count"]
)
def test_a_verb_for_the_day_of_another_table_only_ties(engine, warehouse, question):
    warehouse.run("CREATE OR REPLACE TABLE main.default.purchase_orders (po_id INT, po_date DATE)")
    days = [{"column_name": "sold_on", "synonyms": ["placed"]}]

    answer = engine(more=["purchase_orders"], sales={"column_configs": days}).ask(question)

    assert answer.sql is not None, answer.text
    assert "po_date" in answer.sql


@pytest.mark.parametrize(
    ("question", "told"), [("Who bought something in 2024?", ["Omar"]), ("Who has never bought anything?", ["Nora"])]
)
def test_who_did_what_only_a_day_tells_of_has_such_a_row(asked_about, warehouse, question, told):
    tables = """CREATE TABLE main.kit.usr (usr_id INT NOT NULL, usr_nm STRING, CONSTRAINT u PRIMARY KEY (usr_id))
     COMMENT 'Staff'; INSERT INTO main.kit.usr VALUES (1, 'Nora'), (2, 'Omar');
     CREATE TABLE main.kit.pur (pur_id INT, usr_id INT, bought_dt DATE) COMMENT 'Purchases of equipment';
     INSERT INTO main.kit.pur VALUES (1, 2, DATE'2024-01-01'), (2, 2, DATE'2023-01-01')"""

    answer = asked_about("kit", tables).ask(question)

    assert answer.sql is not None, answer.text
    assert [row[0] for row in warehouse.run(answer.sql, read_only=True).rows()] == told
