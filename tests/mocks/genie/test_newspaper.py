"""A newspaper, whose tables are called as web teams call theirs: counts per day, add-ons, states in comments."""

import pytest

PAPER = """
CREATE TABLE main.paper.article (id INT PRIMARY KEY, headline STRING, state STRING,
 published_at DATE COMMENT 'Empty unless the article is published');
INSERT INTO main.paper.article VALUES (1, 'Flood', 'published', DATE'2024-01-02'),
 (2, 'Fair', 'published', DATE'2024-02-02'), (3, 'Fire', 'draft', NULL);
CREATE TABLE main.paper.page_views (article_id INT, day DATE, views INT, PRIMARY KEY (article_id, day));
INSERT INTO main.paper.page_views VALUES (1, DATE'2024-03-01', 40), (1, DATE'2024-03-02', 2),
 (2, DATE'2024-03-01', 8);
CREATE TABLE main.paper.correction (id INT PRIMARY KEY, article_id INT, printed_on DATE);
INSERT INTO main.paper.correction VALUES (1, 1, DATE'2024-01-04');
CREATE TABLE main.paper.addon (addon_id INT PRIMARY KEY, addon_name STRING);
INSERT INTO main.paper.addon VALUES (1, 'Crossword'), (2, 'Archive');
CREATE TABLE main.paper.ticket (ticket_sk INT PRIMARY KEY, via STRING, first_reply_min INT, opened_at TIMESTAMP,
 solved_at TIMESTAMP, customer_email STRING);
INSERT INTO main.paper.ticket VALUES (1, 'E-mail', 30, TIMESTAMP'2024-01-01 08:00:00', NULL, 'a@x.test'),
 (2, 'Phone', 150, TIMESTAMP'2024-02-01 08:00:00', TIMESTAMP'2024-02-03 08:00:00', 'b@x.test'),
 (3, 'E-mail', 300, TIMESTAMP'2024-02-07 08:00:00', TIMESTAMP'2024-02-08 08:00:00', 'c@x.test');
CREATE TABLE main.paper.reader (reader_id INT PRIMARY KEY, reader_name STRING, joined_on DATE, exit_date DATE);
INSERT INTO main.paper.reader VALUES (1, 'Ada', DATE'2020-01-01', NULL), (2, 'Bo', DATE'2020-02-01', DATE'2023-05-05');
CREATE TABLE main.paper.bill (bill_no STRING PRIMARY KEY, reader_id INT, paid_on DATE, reminders INT
 COMMENT 'Payment reminders sent so far');
INSERT INTO main.paper.bill VALUES ('B1', 1, DATE'2024-01-01', 0), ('B2', 1, NULL, 2), ('B3', 2, DATE'2024-01-09', 3)
"""


@pytest.fixture(scope="module")
def told(asked_about, warehouse):
    engine = asked_about("paper", PAPER)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many page views did we have in total?", [("50",)]),
        ("page views by article", [("Flood", "42"), ("Fair", "8")]),
        ("Which article has the most page views?", [("Flood", "42")]),
        ("page views on 2 March 2024", [("2",)]),
    ],
)
def test_a_table_of_counts_is_summed_by_the_column_that_is_called_as_it_is(told, question, expected):
    assert sorted(told(question)) == sorted(expected)


@pytest.mark.parametrize(
    "question", ["How many published articles have no correction?", "published articles without corrections, count"]
)
def test_a_state_that_a_comment_tells_leaves_the_noun_behind_it_a_thing(told, question):
    assert told(question) == [("1",)]


@pytest.mark.parametrize("question", ["How many add-ons are there?", "add-ons, count", "How many add ons do we have?"])
def test_a_name_is_read_with_a_hyphen_too(told, question):
    assert told(question) == [("2",)]


@pytest.mark.parametrize("question", ["How many tickets came in by e-mail?", "tickets by email, count"])
def test_by_what_way_something_came_is_a_value_before_a_column_that_nobody_groups_by(told, question):
    assert told(question) == [("2",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [("avg first reply time", "160.0"), ("tickets with first reply > 120 min", "2")],
)
def test_first_may_belong_to_the_name_of_a_column(told, question, expected):
    assert told(question) == [(expected,)]


@pytest.mark.parametrize("question", ["tickets opened before 2 Feb 2024", "tickets solved in February 2024"])
def test_a_few_words_about_what_has_no_name_ask_for_how_many(told, question):
    assert told(question) == [("2",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was the most recent ticket opened?", "2024-02-07 08:00:00"),
        ("When was the latest ticket solved?", "2024-02-08 08:00:00"),
        ("When was the last e-mail ticket opened?", "2024-02-07 08:00:00"),
    ],
)
def test_when_the_last_of_what_has_no_name_happened_is_its_day_alone(told, question, expected):
    assert [row[0][:19].replace("T", " ") for row in told(question)] == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [("former readers", [("Bo",)]), ("How many readers are there currently?", [("1",)])],
)
def test_who_has_gone_is_former(told, question, expected):
    assert told(question) == expected


def test_a_word_that_is_cut_off_is_the_thing_it_begins(told):
    assert told("How many corrs are there?") == [("1",)]


def test_the_number_of_the_one_thing_is_what_it_is_called_by(told):
    assert told("What is the number of the bill with the most reminders?")[0][0] == "B3"


def test_on_which_day_we_had_the_most_is_asked_of_all_together(told):
    assert told("On which day did our articles get the most page views?") == [("2024-03-01", "48")]


def test_what_is_not_said_of_their_rows_is_no_lack_of_such_rows(told):
    assert told("Which readers have bills that are not paid yet?") == [("Ada",)]


def test_the_noun_of_a_comment_is_read_whole(told):
    assert told("How many bills had more than one payment reminder?") == [("2",)]


WRITERS = """
CREATE TABLE main.writers.writer (id INT PRIMARY KEY, name STRING);
INSERT INTO main.writers.writer VALUES (1, 'Ada'), (2, 'Bo');
CREATE TABLE main.writers.story (id INT PRIMARY KEY, title STRING, approved_by INT,
 CONSTRAINT a FOREIGN KEY (approved_by) REFERENCES main.writers.writer (id));
INSERT INTO main.writers.story VALUES (1, 'Flood', 2), (2, 'Fair', 2);
CREATE TABLE main.writers.byline (story_id INT, writer_id INT, CONSTRAINT b FOREIGN KEY (story_id)
 REFERENCES main.writers.story (id), CONSTRAINT c FOREIGN KEY (writer_id) REFERENCES main.writers.writer (id));
INSERT INTO main.writers.byline VALUES (1, 1), (2, 1)
"""


@pytest.mark.parametrize("question", ["writers with no story", "How many stories has each writer?", "stories of Ada"])
def test_who_approved_a_story_is_not_taken_for_who_wrote_it(asked_about, question):
    answer = asked_about("writers", WRITERS).ask(question)
    assert answer.sql is None
    assert "approved_by, or by byline" in answer.text


def test_who_approved_a_story_is_answered_where_that_is_asked(asked_about, warehouse):
    answer = asked_about("writers", WRITERS).ask("How many stories did Bo approve?")
    assert warehouse.run(answer.sql, read_only=True).rows() == [["2"]]
