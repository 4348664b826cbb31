import pytest

from mocks.genie.engine import COMPOSED, CURATED


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many sales are there?", [("4",)]),
        ("number of customers", [("3",)]),
        ("How many sales were online?", [("2",)]),
        ("What is the total amount by channel?", [("Online", "2100.0"), ("Shop", "28.5")]),
        ("total amount for each channel", [("Online", "2100.0"), ("Shop", "28.5")]),
        ("average price by category", [("Mountain bike", "1200.0"), ("Part", "9.5"), ("Road bike", "900.0")]),
        ("List all the distinct cities", [("Lyon",), ("Turin",)]),
        ("Which customers are in Turin?", [("Ada",), ("Cleo",)]),
        ("How many customers are not in Turin?", [("1",)]),
        ("Which customer has the most sales?", [("Ada", "2")]),
        ("Which products have a price above 100?", [("Goat",), ("Rover",)]),
        ("total amount by city", [("Lyon", "1209.5"), ("Turin", "919.0")]),
        ("total amount in 2024", [("2119.0",)]),
        ("How many sales in February 2024?", [("2",)]),
        ("total quantity of road bike sales", [("1",)]),
        ("Which customers have no sales?", [("Cleo",)]),
        ("What are the 2 highest prices?", [("Goat", "1200.0"), ("Rover", "900.0")]),
    ],
)
def test_a_question_in_the_words_of_the_tables_is_answered(rows, question, expected):
    assert rows(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is the airspeed velocity of an unladen swallow?",
        "How many frustrated customers are there?",
        "total weight by channel",
        "How many sales were made by robots?",
    ],
)
def test_a_word_that_the_space_does_not_know_makes_it_ask_back(engine, question):
    answer = engine().ask(question)

    assert answer.sql is None
    assert "I do not know what" in answer.text


@pytest.mark.parametrize(
    "question", ["Delete all sales", "'; DROP TABLE sales; -- how many sales?", "please update the prices"]
)
def test_a_question_that_would_write_is_refused(engine, question):
    assert engine().ask(question).sql is None


@pytest.mark.parametrize("question", ["", "?", "🦄🦄", "数据有多少", "SELECT * FROM sales" * 500, "how many " * 1000])
def test_strange_questions_are_answered_with_words(engine, question):
    assert engine().ask(question).text


def test_the_same_question_gives_the_same_sql(engine):
    assert len({engine().ask("total amount by city").sql for _ in range(3)}) == 1


def test_a_follow_up_adds_its_condition(rows):
    assert rows("And how many of those were online?", "How many sales are there?") == [("2",)]


def test_a_follow_up_replaces_the_period(rows):
    assert rows("same for 2023", "What is the total amount by channel in 2024?") == [("Shop", "9.5")]


def test_a_follow_up_narrows_a_list(rows):
    assert rows("only in Lyon", "Which customers do we have?") == [("Bert",)]


def test_a_synonym_teaches_a_word(rows):
    synonym = {"column_configs": [{"column_name": "amount", "synonyms": ["turnover"]}]}

    assert rows("total turnover by channel", sales=synonym) == [("Online", "2100.0"), ("Shop", "28.5")]


def test_an_instruction_says_what_a_term_means(rows):
    told = {"text_instructions": [{"content": ['"buyer" means customers.customer_name.\n']}]}

    assert rows("list the distinct buyers", instructions=told) == [("Ada",), ("Bert",), ("Cleo",)]


def test_a_curated_filter_is_used_by_its_name(rows):
    told = {"sql_snippets": {"filters": [{"display_name": "big sales", "sql": ["sales.amount > 100"]}]}}

    assert rows("how many big sales are there?", instructions=told) == [("2",)]


def test_a_curated_measure_is_used_by_its_name(rows):
    told = {"sql_snippets": {"measures": [{"alias": "revenue", "sql": ["SUM(sales.amount)"]}]}}

    assert rows("revenue by channel", instructions=told) == [("Online", "2100.0"), ("Shop", "28.5")]


def test_an_example_query_answers_its_question_in_other_words(engine):
    example = {"question": ["How many bikes did we sell?"], "sql": ["SELECT 7 AS bikes"]}

    answer = engine({"example_question_sqls": [example]}).ask("Show me the number of bikes that we sell")

    assert (answer.sql, answer.route) == ("SELECT 7 AS bikes", CURATED)


def test_an_example_query_takes_the_values_of_the_question(rows):
    example = {
        "question": ["units sold of product 3"],
        "sql": ["SELECT SUM(quantity) FROM main.default.sales WHERE product_id = 3"],
    }

    assert rows("units sold of product 1", instructions={"example_question_sqls": [example]}) == [("1",)]


def test_an_excluded_column_is_not_known(engine):
    hidden = {"column_configs": [{"column_name": "price", "exclude": True}]}

    assert engine(products=hidden).ask("average price by category").sql is None


def test_a_sum_that_a_join_would_count_twice_is_refused(engine):
    answer = engine().ask("total price by channel")

    assert answer.sql is None
    assert "no join that gives each row one partner" in answer.text


def test_the_route_is_told(engine):
    assert engine().ask("How many sales are there?").route == COMPOSED


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many sales did each customer make?", [("Ada", "2"), ("Bert", "2")]),
        ("What percentage of sales was online?", [("50.00",)]),
        ("Which customers have at least 2 sales?", [("Ada", "2"), ("Bert", "2")]),
        ("highest price by category", [("Mountain bike", "1200.0"), ("Part", "9.5"), ("Road bike", "900.0")]),
        ("What is the cheapest product?", None),
    ],
)
def test_a_question_of_several_clauses_is_answered(rows, question, expected):
    if expected is not None:
        assert rows(question) == expected
    else:
        assert len(rows(question)) == 1


@pytest.mark.parametrize("question", ["What about Turin?", "And online?", "How many are there?", "What is the total?"])
def test_a_question_that_needs_an_earlier_one_makes_it_ask_back(engine, question):
    assert engine().ask(question).sql is None


def test_an_instruction_that_defines_a_state_is_used(rows):
    told = {"text_instructions": [{"content": ["A big sale is one where channel = 'Online'.\n"]}]}

    assert rows("how many big sales are there?", instructions=told) == [("2",)]
