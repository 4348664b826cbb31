"""A curated example also answers for another period and for other values, wherever its SQL has a place for them."""

import pytest


def example(question, sql):
    return {"example_question_sqls": [{"question": [question], "sql": [sql]}]}


WORTH = "SELECT SUM(amount * quantity) FROM main.default.sales WHERE "


@pytest.mark.parametrize(
    "where",
    [
        "sold_on >= DATE'2023-12-01' AND sold_on < DATE'2024-01-01'",
        "sold_on BETWEEN '2023-12-01' AND '2023-12-31'",
        "YEAR(sold_on) = 2023 AND MONTH(sold_on) = 12",
        "EXTRACT(YEAR FROM sold_on) = 2023 AND EXTRACT(MONTH FROM sold_on) = 12",
        "DATE_FORMAT(sold_on, 'yyyy-MM') = '2023-12'",
        "DATE_TRUNC('month', sold_on) = TIMESTAMP'2023-12-01 00:00:00'",
    ],
)
@pytest.mark.parametrize("asked", ["February 2024", "Feb 2024", "2024-02"])
def test_an_example_of_one_month_answers_for_another(rows, where, asked):
    told = example("What was our turnover in December 2023?", WORTH + where)

    assert rows(f"What was our turnover in {asked}?", instructions=told) == [("1238.0",)]


def test_an_example_of_one_quarter_answers_for_another(rows):
    told = example("turnover for Q4 2023", WORTH + "sold_on >= '2023-10-01' AND sold_on < '2024-01-01'")

    assert rows("turnover in the first quarter of 2024", instructions=told) == [("2138.0",)]


def test_an_example_of_one_year_answers_for_another(rows):
    told = example("turnover in 2023", WORTH + "YEAR(sold_on) = 2023")

    assert rows("turnover for 2024", instructions=told) == [("2138.0",)]


@pytest.mark.parametrize("asked", ["turnover in Q1 2024", "turnover in 2024", "turnover since February 2024"])
def test_an_example_of_a_month_does_not_answer_for_a_longer_time(engine, asked):
    told = example("turnover in December 2023", WORTH + "sold_on BETWEEN '2023-12-01' AND '2023-12-31'")

    assert engine(told).ask(asked).sql is None


@pytest.mark.parametrize("where", ["YEAR(sold_on) = 2023", "sold_on > '2023-11-15'"])
def test_an_example_whose_sql_tells_another_time_than_its_question_answers_only_itself(engine, where):
    told = example("turnover in December 2023", WORTH + where)

    assert engine(told).ask("turnover in December 2023").sql == WORTH + where
    assert engine(told).ask("turnover in January 2024").sql is None


def test_an_example_of_one_value_answers_for_another_of_the_same_column(rows):
    told = example("What is the turnover of the Shop channel?", WORTH + "channel = 'Shop'")

    assert rows("What is the turnover of the online channel?", instructions=told) == [("2100.0",)]


def test_a_value_of_another_column_is_not_put_in_its_place(engine):
    told = example("What is the turnover of Shop?", WORTH + "channel = 'Shop'")

    assert engine(told).ask("What is the turnover of Turin?").sql is None


def test_period_and_value_may_both_be_others(rows):
    told = example(
        "turnover of Shop in December 2023",
        WORTH + "channel = 'Shop' AND sold_on BETWEEN '2023-12-01' AND '2023-12-31'",
    )

    assert rows("turnover of Online in February 2024", instructions=told) == [("1200.0",)]
