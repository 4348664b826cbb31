"""What a curator writes changes the answers, however it is worded."""

import pytest


def told(*sentences):
    return {"text_instructions": [{"content": [" ".join(sentences)]}]}


@pytest.mark.parametrize(
    "sentence",
    [
        "When people say turnover they mean sales.amount.",
        'If someone says "turnover", they mean sales.amount.',
        "Use sales.amount for turnover.",
        "For turnover, always use sales.amount.",
        "sales.amount is also called turnover.",
        "Turnover is stored in sales.amount.",
        "Turnover = amount",
        "turnover stands for sales.amount",
        "By turnover we mean amount.",
        "Turnover means amount.",
        "Turnover refers to the amount column.",
        "Turnover is always amount, never quantity.",
        "When users ask about turnover, use amount.",
        "Always use amount for turnover.",
        "Interpret turnover as amount.",
        "In this space 'turnover' is the sum of amount.",
        "* **Turnover**: sum of amount",
        "Turnover is defined as SUM(amount).",
    ],
)
def test_an_instruction_names_a_column(rows, sentence):
    assert rows("total turnover by channel", instructions=told(sentence)) == [("Online", "2100.0"), ("Shop", "28.5")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Worth = quantity * amount",
        "Worth is calculated as quantity * amount.",
        "Worth is quantity times amount.",
        "Calculate worth as SUM(sales.quantity * sales.amount).",
        "- The worth equals quantity multiplied by amount.",
    ],
)
def test_an_instruction_says_how_a_number_is_computed(rows, sentence):
    assert rows("worth by channel", instructions=told(sentence)) == [("Online", "2100.0"), ("Shop", "47.5")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Exclude shop sales.",
        "Always exclude sales from the shop.",
        "Never count shop sales",
        "Only include online sales.",
        "Always filter on channel = 'Online'.",
        "By default ignore rows where channel = 'Shop'.",
        "Shop sales must not be counted.",
        "Shop sales should be excluded.",
        "Shop sales do not count.",
        "Only count sales whose channel is not Shop.",
        "Always add the filter channel = 'Online'.",
    ],
)
def test_an_instruction_leaves_rows_out_of_every_answer(rows, sentence):
    assert rows("How many sales are there?", instructions=told(sentence)) == [("2",)]
    assert rows("total amount by customer", instructions=told(sentence)) == [("Ada", "900.0"), ("Bert", "1200.0")]


def test_a_question_about_what_is_left_out_is_answered(rows):
    assert rows("How many sales were made in the shop?", instructions=told("Exclude shop sales.")) == [("2",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Italian customers are those with city = 'Turin'.",
        "An italian customer has city 'Turin'.",
        "Italian means city = 'Turin'.",
        "An italian customer is one whose city is Turin.",
    ],
)
def test_an_instruction_says_which_rows_a_word_means(rows, sentence):
    assert rows("How many italian customers are there?", instructions=told(sentence)) == [("2",)]


@pytest.mark.parametrize(
    "sentence", ["Customers are called accounts.", "Accounts are customers.", "Account is another word for customers."]
)
def test_an_instruction_gives_a_table_another_name(rows, sentence):
    assert rows("How many accounts are in Turin?", instructions=told(sentence)) == [("2",)]


def test_an_instruction_with_a_negation_that_is_not_understood_leaves_nothing_out(rows):
    sentence = "Only count sales that were never in a shop."

    assert rows("How many sales are there?", instructions=told(sentence)) == [("4",)]


@pytest.mark.parametrize("question", ["total amount in fiscal year 2024", "total amount in FY24"])
def test_an_instruction_says_when_fiscal_years_begin(rows, question):
    assert rows(question, instructions=told("The fiscal year starts in February.")) == [("909.5",)]


def test_a_join_spec_says_by_which_column_tables_belong_together(rows, warehouse, engine):
    warehouse.run("CREATE OR REPLACE TABLE main.default.gifts AS SELECT 1 AS giver, 2 AS getter, 5.0 AS price")

    def join(column):
        ends = {"left": {"identifier": "main.default.gifts"}, "right": {"identifier": "main.default.customers"}}
        return {"join_specs": [{**ends, "sql": [f"gifts.{column} = customers.customer_id"]}]}

    def asked(column):
        return engine(join(column), more=["gifts"]).ask("number of gifts by customer").sql

    assert "gifts.giver" in asked("giver")
    assert "gifts.getter" in asked("getter")


@pytest.mark.parametrize(
    "sentence",
    [
        "Use booked_on, not made_on.",
        "Use booked_on instead of made_on.",
        "For time periods always use booked_on.",
        "Always use trips.booked_on for date filters.",
        "The date of a trip is booked_on.",
    ],
)
def test_an_instruction_says_by_which_date_things_count(warehouse, engine, sentence):
    made = "SELECT 1 AS trip_id, DATE'2024-01-05' AS made_on, DATE'2023-12-30' AS booked_on"
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.trips AS {made}")

    answer = engine(told(sentence), more=["trips"]).ask("How many trips in 2023?")

    assert warehouse.run(answer.sql, read_only=True).rows() == [["1"]]


def test_an_instruction_that_is_not_understood_is_named_with_the_answer(engine):
    answer = engine(told("Exclude shop sales.", "Be polite to kings.")).ask("How many sales are there?")

    assert answer.thoughts == (
        ("THOUGHT_TYPE_INSTRUCTIONS", "Not applied, since nothing in it was understood: 'Be polite to kings'"),
    )


def snippet(kind, **told):
    return {"sql_snippets": {kind: [{"id": "a" * 32, **told}]}}


def test_a_measure_snippet_may_name_its_columns_without_their_table(rows):
    measure = snippet("measures", alias="takings", display_name="Takings", sql="SUM(amount)", synonyms=["till"])

    assert rows("till by channel", instructions=measure) == [("Online", "2100.0"), ("Shop", "28.5")]


@pytest.mark.parametrize("name", ["deal size", "bracket"])
def test_an_expression_snippet_is_a_column_to_ask_by(rows, name):
    sql = "CASE WHEN sales.amount > 100 THEN 'large' ELSE 'small' END"
    expression = snippet("expressions", alias="deal_size", display_name="deal size", synonyms=["bracket"], sql=sql)

    assert rows(f"number of sales by {name}", instructions=expression) == [("large", "2"), ("small", "2")]
    assert rows("How many large sales are there?", instructions=expression) == [("2",)]


def test_a_filter_snippet_is_a_condition_by_any_of_its_names(rows):
    big = snippet("filters", display_name="big sales", synonyms=["whoppers"], sql="sales.amount > 100")

    assert rows("How many big sales were there?", instructions=big) == [("2",)]
    assert rows("number of whoppers", instructions=big) == [("2",)]


def test_values_are_not_known_where_a_curator_switched_their_matching_off(engine):
    city = {"column_configs": [{"column_name": "city", "enable_entity_matching": False}]}

    assert engine(customers=city).ask("Which customers are in Turin?").sql is None
    assert engine(customers=city).ask("number of customers by city").sql is not None


def test_a_column_that_a_curator_excluded_is_not_known(engine):
    hidden = {"column_configs": [{"column_name": "amount", "exclude": True}]}

    assert engine(sales=hidden).ask("total amount by channel").sql is None


@pytest.mark.parametrize("question", ["What is the highest reading?", "the largest reading", "lowest reading?"])
def test_the_most_of_numbers_in_several_units_is_a_row_with_its_unit(warehouse, engine, question):
    made = "SELECT * FROM VALUES ('A1', 7.0, 'kWh'), ('B2', 7.0, 'm3') AS t(meter_id, reading, unit)"
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.readings AS {made}")

    answer = engine(more=["readings"], readings={"column_configs": [{"column_name": "reading", "synonyms": ["usage"]}]})
    answer = answer.ask(question.replace("reading", "usage"))

    assert warehouse.run(answer.sql, read_only=True).rows() == [["A1", "7.0", "kWh"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who were the payers of online sales?", [("Ada",), ("Bert",)]),
        ("payer of shop sales in December 2023", [("Bert",)]),
        ("Which payer was charged online in January 2024, and how much?", [("Ada", "900.0")]),
    ],
)
def test_a_synonym_of_a_reference_shows_the_name_of_what_it_refers_to(rows, question, expected):
    configs = [
        {"column_name": "customer_id", "synonyms": ["payer"]},
        {"column_name": "amount", "synonyms": ["charged"]},
    ]

    assert rows(question, sales={"column_configs": configs}) == expected
