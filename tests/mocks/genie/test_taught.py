"""An example query teaches its words: what they mean in its SQL they mean in every later question."""

import pytest


def examples(*pairs):
    return {"example_question_sqls": [{"question": [question], "sql": [sql]} for question, sql in pairs]}


_NO_SALE = (
    "SELECT customer_name FROM main.default.customers c WHERE NOT EXISTS"
    " (SELECT 1 FROM main.default.sales s WHERE s.customer_id = c.customer_id)"
)
_ONLINE = (
    "SELECT c.customer_name, 100.0 * count_if(s.channel = 'Online') / count(*) FROM main.default.sales s"
    " JOIN main.default.customers c ON s.customer_id = c.customer_id GROUP BY c.customer_name"
)
NOTHING_BOUGHT = "Which customers have never carried anything home?", _NO_SALE
WEB = "Percentage of clicks among the sales of each customer", _ONLINE


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who never carried something home?", [("Cleo",)]),
        ("Which products were never carried home?", []),
        ("How many customers have carried something home?", [("2",)]),
    ],
)
def test_the_words_of_what_shall_not_be_mean_its_table(rows, question, expected):
    assert rows(question, instructions=examples(NOTHING_BOUGHT)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("percentage of clicks per product", [("Bell", "0.00"), ("Goat", "100.00"), ("Rover", "100.00")]),
        ("How many clicks were there in 2024?", [("2",)]),
        ("total amount of clicks", [("2100.0",)]),
    ],
)
def test_the_words_of_a_share_mean_its_condition(rows, question, expected):
    assert rows(question, instructions=examples(WEB)) == expected


def test_two_words_for_two_conditions_teach_neither(engine):
    shop = "SELECT count(*) FROM main.default.sales WHERE channel = 'Shop' AND quantity > 1"
    told = examples(("Number of zippy and bulky sales", shop))

    assert engine(told).ask("How many zippy sales were there in 2024?").sql is None


def test_a_computed_rate_keeps_its_name_beside_a_column_that_is_called_rate(rows):
    rate = "SELECT p.category, 100.0 * count_if(s.channel = 'Online') / count(*) FROM main.default.sales s"
    rate += " JOIN main.default.products p ON s.product_id = p.product_id GROUP BY p.category"
    also = {"column_configs": [{"column_name": "amount", "synonyms": ["rate"]}]}

    assert rows("web rate", instructions=examples(("Web rate by category", rate)), sales=also) == [
        ("50.00000000000000",)
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many products were rented?", [("2",)]),
        ("Which products have been rented?", [("Bell",), ("Rover",)]),
    ],
)
def test_a_verb_of_a_table_keeps_the_things_that_it_was_done_to(warehouse, engine, question, expected):
    rentals = "SELECT 1 AS rental_id, 1 AS product_id UNION ALL SELECT 2, 3"
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.rentals AS {rentals}")
    sql = engine(more=["rentals"]).ask(question).sql

    assert sorted(tuple(row) for row in warehouse.run(sql, read_only=True).rows()) == expected


@pytest.mark.parametrize("question", ["Who has no sales?", "Who has never had a sale?"])
def test_who_lacks_a_thing_are_those_without_it(rows, question):
    assert rows(question) == [("Cleo",)]
