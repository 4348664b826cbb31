"""Which date counts: one that an example query holds against a period, or one that an instruction names."""

import pytest

JOBS = """
CREATE TABLE main.default.jobs (job_id INT, title STRING, posted DATE, closed DATE, season INT, state STRING
 COMMENT 'O = open, X = rejected, WP = weekend post');
INSERT INTO main.default.jobs VALUES (1, 'Cook', DATE'2023-12-01', DATE'2024-02-01', 2024, 'O'),
 (2, 'Baker', DATE'2024-01-05', DATE'2024-02-03', 2023, 'X'), (3, 'Waiter', DATE'2024-01-09', NULL, 2024, 'WP'),
 (4, 'Usher', DATE'2022-05-05', NULL, 2022, 'WP')
"""


@pytest.fixture
def jobs(warehouse, engine):
    for statement in JOBS.replace("CREATE TABLE", "CREATE OR REPLACE TABLE").split(";"):
        warehouse.run(statement)

    def ask(question, **instructions):
        answer = engine(instructions, more=["jobs"]).ask(question)
        assert answer.sql is not None, answer.text
        return sorted(map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return ask


def example(question, sql):
    return {"example_question_sqls": [{"question": [question], "sql": [sql]}]}


def test_an_example_shows_which_day_a_period_is_about(jobs):
    shown = example("Titles in 2023", "SELECT title FROM main.default.jobs WHERE posted < '2024-01-01'")

    assert jobs("How many jobs were there in 2024?", **shown) == [("2",)]


def test_an_example_shows_that_a_number_is_the_year(jobs):
    shown = example("Titles in 2023", "SELECT title FROM main.default.jobs WHERE season = 2023")

    assert jobs("How many jobs were there in 2024?", **shown) == [("2",)]


@pytest.mark.parametrize(
    "sentence",
    ["For jobs use posted", "The year of a job is the year of its posting, posted.", "Dates of jobs are posted"],
)
def test_an_instruction_names_the_day(jobs, sentence):
    told = {"text_instructions": [{"content": [sentence]}]}

    assert jobs("How many jobs were there in 2023?", **told) == [("1",)]


def test_a_word_of_time_may_be_part_of_a_name(jobs):
    assert jobs("How many weekend posts are there?") == [("2",)]


@pytest.mark.parametrize("question", ["What is the rejection rate?", "rejection share of jobs", "share of rejections"])
def test_a_noun_for_what_was_done_means_the_state(jobs, question):
    assert jobs(question) == [("25.00",)]


def test_several_of_a_state_are_counted_for_each_group(jobs):
    assert jobs("rejections by title") == [("Baker", "1")]
