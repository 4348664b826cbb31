"""A museum, whose tables hold sales of several tickets, people told by a name only, and codes of languages."""

import pytest

MUSEUM = """
CREATE TABLE main.museum.TicketSale (saleId INT PRIMARY KEY, soldAt DATE,
 quantity INT COMMENT 'Tickets in this purchase', totalAmount DOUBLE);
INSERT INTO main.museum.TicketSale VALUES (1, DATE'2024-02-01', 2, 20.0), (2, DATE'2024-02-08', 4, 30.0),
 (3, DATE'2024-03-01', 1, 8.0);
CREATE TABLE main.museum.Tour (tourId INT PRIMARY KEY, guideName STRING, tourStatus STRING, hoursSpent DOUBLE,
 language STRING COMMENT 'en English, de German, fr French');
INSERT INTO main.museum.Tour VALUES (1, 'Ada', 'Held', 2.0, 'en'), (2, 'Ada', 'Called off', 1.0, 'fr'),
 (3, 'Bo', 'Held', 3.0, 'fr'), (4, 'Bo', 'Held', 1.0, 'de'), (5, NULL, 'Held', 1.0, 'de'), (6, NULL, 'Held', 1.0, 'de');
CREATE TABLE main.museum.Loan (loanId INT PRIMARY KEY, partner STRING, country STRING);
INSERT INTO main.museum.Loan VALUES (1, 'Kestrel House', 'Norway'), (2, 'Old Mint', 'Norway'), (3, 'Old Mint', 'Norway')
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    engine = asked_about("museum", MUSEUM)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [("How many tickets did we sell in February 2024?", "6"), ("How many ticket sales were there?", "3")],
)
def test_what_a_quantity_counts_is_summed(told, question, expected):
    assert told(question) == [(expected,)]


def test_codes_of_languages_are_read_from_their_comment(told):
    assert told("How many tours are in French?") == [("2",)]


@pytest.mark.parametrize("question", ["top guide by number of held tours", "Which guide gave the most held tours?"])
def test_which_of_the_rows_are_counted_may_stand_before_what_they_are(told, question):
    assert told(question) == [("Bo", "2")]


def test_a_unit_that_begins_the_name_of_a_number_names_it(told):
    assert sorted(told("avg hours by status")) == [("Called off", "1.0"), ("Held", "1.6")]


def test_nobody_is_no_guide_with_so_many_tours(told):
    assert sorted(told("Which guides have at least two tours?")) == [("Ada", "2"), ("Bo", "2")]


@pytest.mark.parametrize(
    "question", ["In which countries are the partners of our loans?", "Which countries do our partners belong to?"]
)
def test_only_what_which_asks_for_is_shown(told, question):
    assert told(question) == [("Norway",)]


HOUSES = """
CREATE TABLE main.houses.house (house_id INT PRIMARY KEY, house_name STRING, fee DOUBLE, tax DOUBLE,
 parent_house_id INT COMMENT 'The main house that an annex belongs to');
INSERT INTO main.houses.house VALUES (1, 'Old Mint', 10.0, 1.0, NULL), (2, 'Kestrel', 20.0, 2.0, 1),
 (3, 'Quay', 30.0, 3.0, 1)
"""


def test_annexes_of_a_house_are_those_that_refer_to_it(asked_about, warehouse):
    answer = asked_about("houses", HOUSES).ask("annexes of the Old Mint")
    assert sorted(warehouse.run(answer.sql, read_only=True).rows()) == [["Kestrel"], ["Quay"]]


def test_what_is_left_out_of_a_sum_is_not_the_sum(asked_about):
    assert asked_about("houses", HOUSES).ask("How much do houses earn in total, not counting tax?").sql is None


def test_a_net_amount_is_one_without_tax(asked_about, warehouse):
    sql = HOUSES.replace("houses", "inns").replace("fee DOUBLE", "fee DOUBLE COMMENT 'Before tax'")
    answer = asked_about("inns", sql).ask("total fee without tax")
    assert warehouse.run(answer.sql, read_only=True).rows() == [["60.0"]]
