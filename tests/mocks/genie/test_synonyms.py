"""A synonym is taken as a curator wrote it, and does not take away what other forms of its words say."""

import pytest

from mocks.genie.knowledge.space import DATE, Column
from mocks.genie.knowledge.synonyms import is_opposite


def also(column, *synonyms):
    return {"column_configs": [{"column_name": column, "synonyms": [*synonyms]}]}


@pytest.mark.parametrize(
    "question",
    ["How many pieces of Bell did we sell?", "How many pieces of Bell were sold?", "pieces of Bell sold, number"],
)
def test_a_verb_is_not_the_noun_that_is_a_synonym(engine, warehouse, question):
    synonyms = [{"column_name": "amount", "synonyms": ["sales"]}, {"column_name": "quantity", "synonyms": ["pieces"]}]
    answer = engine(sales={"column_configs": synonyms}).ask(question)

    assert answer.sql is not None, answer.text
    assert [tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()] == [("3",)]


@pytest.mark.parametrize(
    "question", ["How much did we spend in 2024?", "spendings in 2024", "What did we spend in 2024?"]
)
def test_a_verb_still_means_the_noun_where_nothing_else_is_measured(rows, question):
    assert rows(question, sales=also("amount", "spendings")) == [("2119.0",)]


def test_a_synonym_that_is_a_verb_only_ties_a_thing_to_its_own_table(rows):
    assert rows("Which customers have never registered a sale?", sales=also("sold_on", "registered")) == [("Cleo",)]


def test_a_unit_as_a_synonym_is_added_up(rows):
    assert rows("km made by Ada", sales=also("quantity", "km")) == [("3",)]


@pytest.mark.parametrize(
    "question",
    ["total distance of tour stops in February 2024", "How many tour stops are there per month on average?"],
)
def test_a_part_without_a_date_has_that_of_its_whole(warehouse, engine, question):
    warehouse.run("CREATE OR REPLACE TABLE main.default.tour AS SELECT 1 AS tour_id, DATE'2024-02-01' AS tour_date")
    warehouse.run(
        "CREATE OR REPLACE TABLE main.default.tour_stop AS SELECT 7 AS stop_id, 1 AS tour_id, 5.0 AS distance"
    )
    sql = engine(more=["tour", "tour_stop"]).ask(question).sql

    assert [float(row[-1]) in (5, 1) for row in warehouse.run(sql, read_only=True).rows()] == [True]


@pytest.mark.parametrize(
    "sentence", ["Turnover is the sum of amount, dated by tour_date.", "Sales are dated by tour.tour_date."]
)
def test_an_instruction_dates_things_by_a_column_of_another_table(warehouse, engine, sentence):
    warehouse.run("CREATE OR REPLACE TABLE main.default.tour AS SELECT 1 AS sale_id, DATE'2020-02-01' AS tour_date")
    joined = {"left": {"identifier": "main.default.sales"}, "right": {"identifier": "main.default.tour"}}
    told = {
        "text_instructions": [{"content": [sentence]}],
        "join_specs": [{**joined, "sql": ["sales.sale_id = tour.sale_id"]}],
    }

    assert "tour_date" in engine(told, more=["tour"]).ask("total amount of sales in 2020").sql


@pytest.mark.parametrize("told", [{"synonyms": ["start"]}, also("port_id", "start"), {}])
def test_a_name_of_a_thing_that_is_a_role_of_one_reference_to_it_is_that_reference(warehouse, engine, told):
    warehouse.run(
        "CREATE OR REPLACE TABLE main.default.port AS SELECT 1 AS port_id, 'Bari' AS city UNION SELECT 2, 'Nice'"
    )
    rides = "SELECT 7 AS ferry_id, 1 AS start_port_id, 2 AS goal_port_id"
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.ferry AS {rides}")
    sentence = {"text_instructions": [{"content": ["Start and goal are ports."]}]}
    sql = engine(sentence, more=["port", "ferry"], port=told).ask("number of ferries per start city").sql

    assert [tuple(row) for row in warehouse.run(sql, read_only=True).rows()] == [("Bari", "1")]


def test_a_name_that_several_things_share_counts_the_things(rows):
    assert rows("How many articles are there?", products=also("product_name", "article")) == [("3",)]


def test_the_plural_of_an_owner_is_not_what_is_counted(rows):
    assert rows("number of customers' sales in 2024") == [("3",)]


def test_a_percent_sign_at_the_end_asks_for_a_share(rows):
    assert rows("online sales, %") == [("50.00",)]


def test_each_with_its_number_is_a_row_of_each(rows):
    assert rows("List each customer with its number of sales") == [("Ada", "2"), ("Bert", "2")]


def test_a_unit_that_is_a_synonym_of_one_number_may_be_that_of_another(engine, warehouse):
    warehouse.run("CREATE OR REPLACE TABLE main.default.loads AS SELECT 1 AS load_id, 5.0 AS net_t, 8.0 AS forecast_t")
    synonyms = [{"column_name": "net_t", "synonyms": ["tonnes"]}]
    built = engine(more=("loads",), loads={"column_configs": synonyms})

    for question, sum_of in (("total forecast in tonnes", "forecast_t"), ("How many tonnes of loads?", "net_t")):
        assert f"SUM(loads.{sum_of})" in (built.ask(question).sql or "")


def test_a_synonym_keeps_the_unit_of_the_name(rows):
    named = {"sales": {"column_configs": [{"column_name": "amount", "synonyms": ["takings"]}]}}

    assert rows("average takings amount", **named) == [("532.125",)]


@pytest.mark.parametrize(("synonym", "is_it"), [("unpaid", True), ("not paid", True), ("settled", False)])
def test_the_opposite_of_a_day_is_no_other_name_for_it(synonym, is_it):
    assert is_opposite(Column("t", "pd_dt", DATE, synonyms=("paid", synonym), spoken="paid date"), synonym) is is_it
