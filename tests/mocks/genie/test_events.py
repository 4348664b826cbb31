"""How often something happened, to whom and by whom: a games shop, in a star schema without foreign keys to itself."""

import pytest

SHOP = """
CREATE TABLE main.arcade.DimPlayer (PlayerKey INT, NickName STRING COMMENT 'Handle of the gamer', LastLoginDate DATE,
 InvitedByKey INT COMMENT 'Gamer who invited this one') COMMENT 'Everyone with an account';
INSERT INTO main.arcade.DimPlayer VALUES (1, 'Zed', DATE'2024-03-10', NULL), (2, 'Kira', DATE'2024-03-11', 1),
 (3, 'Bolt', NULL, 1), (4, 'Luna', DATE'2024-03-12', 2);
CREATE TABLE main.arcade.DimTitle (TitleKey INT, TitleName STRING) COMMENT 'Games to buy';
INSERT INTO main.arcade.DimTitle VALUES (1, 'Drift'), (2, 'Mine');
CREATE TABLE main.arcade.FactPurchase (PurchaseKey INT, PlayerKey INT, TitleKey INT, PurchaseDate DATE, Paid DOUBLE,
 RefundedDate DATE) COMMENT 'Sales, one row a copy';
INSERT INTO main.arcade.FactPurchase VALUES (1, 1, 1, DATE'2023-01-01', 10, NULL), (2, 1, 1, DATE'2023-02-01', 9, NULL),
 (3, 1, 2, DATE'2024-01-01', 5, DATE'2024-01-05'), (4, 2, 2, DATE'2024-02-01', 6, NULL);
CREATE TABLE main.arcade.FactTicket (TicketKey INT, PlayerKey INT, Stars INT COMMENT 'Rating by the gamer, 1 to 5');
INSERT INTO main.arcade.FactTicket VALUES (1, 1, 5), (2, 2, 3)
"""


@pytest.fixture(scope="module")
def arcade(asked_about):
    return asked_about("arcade", SHOP)


@pytest.fixture
def found(arcade, warehouse):
    def ask(question):
        answer = arcade.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How often has each gamer bought a game?", [("Kira", "1"), ("Zed", "3")]),
        ("How many copies of Drift did we sell?", [("2",)]),
        ("copies sold per game", [("Drift", "2"), ("Mine", "2")]),
        ("Which gamers bought games more than 2 times?", [("Zed", "3")]),
        ("refund rate", [("25.00",)]),
        ("In how many cases did a player get a refund?", [("1",)]),
        ("players who never logged in", [("Bolt",)]),
    ],
)
def test_what_happened_is_counted_in_the_table_that_tells_of_it(found, question, rows):
    assert found(question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Who invited Kira?", [("Zed",)]),
        ("Whom did Zed invite?", [("Bolt",), ("Kira",)]),
        ("players invited by Kira", [("Luna",)]),
        ("How many players has Zed invited?", [("2",)]),
    ],
)
def test_a_comment_on_this_one_tells_that_rows_refer_to_each_other(found, question, rows):
    assert found(question) == rows


def test_what_no_table_tells_of_is_not_counted_in_another(arcade):
    assert arcade.ask("How often has each gamer played?").sql is None


def test_what_was_run_may_be_completed_by_now(asked_about):
    jobs = asked_about(
        "jobs",
        "CREATE TABLE main.jobs.job (job_id INT, state STRING);"
        "INSERT INTO main.jobs.job VALUES (1, 'Completed'), (2, 'Failed'), (3, 'Completed')",
    )

    sql = jobs.ask("How many jobs did we run?").sql

    assert sql is None or "Completed" not in sql
