"""Who did something, whatever the verb: the people to whom the rows of the thing refer."""

import pytest

TABLES = """
CREATE TABLE main.museum.artists (artist_id INT, artist_name STRING);
INSERT INTO main.museum.artists VALUES (1, 'Clara Voss'), (2, 'Luc Moreau'), (3, 'Ines Prado');
CREATE TABLE main.museum.artworks (artwork_id INT, title STRING, artist_id INT);
INSERT INTO main.museum.artworks VALUES (1, 'Red Street', 1), (2, 'Harbour at Dawn', 2), (3, 'Grey Woman', 1);
CREATE TABLE main.museum.staff (staff_id INT, staff_name STRING, job STRING, salary INT);
INSERT INTO main.museum.staff VALUES (1, 'Rita Hall', 'Curator', 62), (2, 'Ben Cole', 'Curator', 58),
 (3, 'Olga Lind', 'Director', 98);
CREATE TABLE main.museum.shows (show_id INT, title STRING, curator_id INT, budget INT);
INSERT INTO main.museum.shows VALUES (1, 'Light and Water', 1, 90), (2, 'Now Here', 2, 140), (3, 'Prints', 1, 60);
CREATE TABLE main.museum.visitors (visitor_id INT, visitor_name STRING);
INSERT INTO main.museum.visitors VALUES (1, 'Nora Bell'), (2, 'Paul Ortiz');
CREATE TABLE main.museum.tickets (ticket_id INT, visitor_id INT, show_id INT);
INSERT INTO main.museum.tickets VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1)
"""

PAPER = """
CREATE TABLE main.paper.journalists (journalist_id INT, last_name STRING, first_name STRING);
INSERT INTO main.paper.journalists VALUES (1, 'Reed', 'Ann'), (2, 'Lang', 'Bo'), (3, 'Voss', 'Cy');
CREATE TABLE main.paper.articles (article_id INT, headline STRING, author_id INT, word_count INT, page_views INT);
INSERT INTO main.paper.articles VALUES (1, 'Budget passes', 1, 900, 12), (2, 'Cup final', 2, 600, 25),
 (3, 'Talks', 1, 300, 8);
CREATE TABLE main.paper.readers (reader_id INT, reader_name STRING, joined DATE, age INT);
INSERT INTO main.paper.readers VALUES (1, 'Lu', DATE'2022-01-01', 34), (2, 'Mo', DATE'2023-01-01', 51);
CREATE TABLE main.paper.remarks (remark_id INT, article_id INT, reader_id INT);
INSERT INTO main.paper.remarks VALUES (1, 1, 1), (2, 2, 1), (3, 2, 2)
"""


@pytest.fixture(scope="module")
def museum(asked_about):
    return asked_about("museum", TABLES)


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who painted Harbour at Dawn?", "Luc Moreau"),
        ("Who made Red Street?", "Clara Voss"),
        ("Who painted the most artworks?", "Clara Voss"),
        ("Who curates Now Here?", "Ben Cole"),
        ("Who visited Now Here?", "Nora Bell"),
        ("Who bought more than one ticket?", "Nora Bell"),
    ],
)
def test_who_did_it_are_the_people_of_the_thing(museum, warehouse, question, who):
    answer = museum.ask(question)
    assert answer.sql is not None, answer.text
    assert [row[0] for row in warehouse.run(answer.sql).rows()] == [who]


def test_a_role_refers_to_the_people_of_whom_some_have_it(museum, warehouse):
    answer = museum.ask("total budget by curator")
    assert answer.sql is not None, answer.text
    assert {tuple(row) for row in warehouse.run(answer.sql).rows()} == {("Rita Hall", "150"), ("Ben Cole", "140")}


@pytest.fixture(scope="module")
def paper(asked_about):
    return asked_about("paper", PAPER)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Who wrote Cup final?", "Lang"),
        ("How many articles did Ann Reed write?", "2"),
        ("the longest article", "Budget passes"),
        ("the youngest reader", "Lu"),
        ("readers older than 50", "Mo"),
    ],
)
def test_words_find_the_author_the_length_and_the_age(paper, warehouse, question, first):
    answer = paper.ask(question)
    assert answer.sql is not None, answer.text
    assert [row[0] for row in warehouse.run(answer.sql).rows()] == [first]


STALLS = """
CREATE TABLE main.stalls.growers (grower_id INT, grower_name STRING, town STRING);
INSERT INTO main.stalls.growers VALUES (1, 'Hill Farm', 'Ware'), (2, 'Ode', 'Ware');
CREATE TABLE main.stalls.crates (crate_id INT, grower_id INT, fruit STRING, weight INT);
INSERT INTO main.stalls.crates VALUES (1, 1, 'Plums', 8), (2, 2, 'Pears', 9), (3, 2, 'Plums', 4);
CREATE TABLE main.stalls.bidder (bidder_id INT, bidder_name STRING, email STRING, enrolled_on DATE);
INSERT INTO main.stalls.bidder VALUES (1, 'Ann', 'a@x.test', DATE'2023-01-01'), (2, 'Bo', 'b@x.test',
 DATE'2023-02-01'), (3, 'Cy', NULL, DATE'2023-03-01');
CREATE TABLE main.stalls.bid (bid_id INT, crate_id INT, bidder_id INT, euros INT);
INSERT INTO main.stalls.bid VALUES (1, 1, 1, 30), (2, 2, 2, 40), (3, 3, 2, 55)
"""


@pytest.fixture(scope="module")
def stalls(asked_about):
    return asked_about("stalls", STALLS)


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("who bid on pears", ["Bo"]),
        ("Who placed bids on plums?", ["Ann", "Bo"]),
        ("Who has never placed a bid?", ["Cy"]),
    ],
)
def test_those_called_by_a_deed_and_reached_by_mail_are_the_people_who_do_it(stalls, warehouse, question, who):
    answer = stalls.ask(question)
    assert answer.sql is not None, answer.text
    assert sorted(row[0] for row in warehouse.run(answer.sql).rows()) == who


def test_people_whose_birth_is_not_told_have_no_age(stalls):
    assert stalls.ask("average age of the bidders").sql is None
