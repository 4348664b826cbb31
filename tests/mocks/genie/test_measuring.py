"""What is added up, averaged or counted, and what never is."""

import pytest

REVIEWS = """
CREATE OR REPLACE TABLE main.default.reviews (review_id INT, customer_id INT, product_id INT, rating INT,
 written_on DATE,
 mood STRING COMMENT 'How the customer felt: calm or furious');
INSERT INTO main.default.reviews VALUES (1, 1, 1, 5, DATE'2024-01-01', 'calm'), (2, 1, 1, 4, DATE'2024-02-01', 'calm'),
 (3, 2, 2, 1, DATE'2024-02-01', 'furious')
"""


@pytest.fixture
def asked(engine, warehouse):
    for statement in REVIEWS.split(";\n"):
        warehouse.run(statement)
    return lambda question: engine(more=["reviews"]).ask(question)


def test_marks_on_a_scale_have_an_average_and_no_sum(asked, warehouse):
    answer = asked("rating per product")

    assert sorted(map(tuple, warehouse.run(answer.sql).rows())) == [("Goat", "1.0"), ("Rover", "4.5")]


@pytest.mark.parametrize("question", ["total reviews", "reviews, count"])
def test_a_total_of_what_has_no_number_to_add_up_counts(asked, warehouse, question):
    assert [tuple(row) for row in warehouse.run(asked(question).sql).rows()] == [("3",)]


def test_the_number_of_a_reference_is_never_a_measure(engine):
    answer = engine().ask("top 2 customers of sales")

    assert "ORDER BY sales.customer_id" not in (answer.sql or "")


@pytest.mark.parametrize("question", ["How many reviews by angry customers?", "biggest customer"])
def test_a_condition_that_no_column_holds_makes_it_ask_back(asked, question):
    assert asked(question).sql is None


def test_a_word_of_some_other_comment_is_no_reason_to_leave_a_condition_out(asked):
    assert asked("How many customers felt well?").sql is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("average amount of online and shop sales", [("Online", "1050.0"), ("Shop", "14.25")]),
        ("top 1 products by sales", [("Bell", "2")]),
    ],
)
def test_what_is_named_beside_each_other_or_ranked_is_told_apart(rows, question, expected):
    assert rows(question) == expected


def test_a_synonym_for_a_name_does_not_keep_things_from_being_counted_by_group(rows):
    named = {"column_configs": [{"column_name": "customer_name", "synonyms": ["customer", "client"]}]}

    assert rows("customers per city", customers=named) == [("Lyon", "1"), ("Turin", "2")]


ORDERS = """
CREATE OR REPLACE TABLE main.default.parts (part_id INT PRIMARY KEY, part_name STRING, list_price DOUBLE,
 unit_cost DOUBLE);
INSERT INTO main.default.parts VALUES (1, 'Bell', 9.5, 4.0), (2, 'Rim', 40.0, 22.0);
CREATE OR REPLACE TABLE main.default.students (student_id INT PRIMARY KEY, student_name STRING, signup_date DATE,
 referred_by_student_id INT, graduated_on DATE);
INSERT INTO main.default.students VALUES (1, 'Ann', DATE'2020-01-01', NULL, NULL),
 (2, 'Bo', DATE'2021-01-01', 1, DATE'2022-01-01'), (3, 'Cy', DATE'2022-01-01', 1, NULL);
CREATE OR REPLACE TABLE main.default.orders (order_id INT PRIMARY KEY, student_id INT, part_id INT,
 shipping_fee DOUBLE);
INSERT INTO main.default.orders VALUES (1, 1, 1, 3.0), (2, 2, 2, 5.0)
"""


@pytest.fixture
def ordered(engine, warehouse):
    for statement in ORDERS.split(";\n"):
        warehouse.run(statement)
    built = engine(more=["parts", "students", "orders"])
    return built.ask


@pytest.mark.parametrize(
    "question",
    [
        "What is the average order value?",
        "Name the two students with the highest total order amount",
        "How much did every part sell for?",
        "How many orders were below the list price?",
        "average age of students",
    ],
)
def test_a_number_that_is_not_named_is_neither_a_fee_nor_a_key_nor_another_day(ordered, question):
    assert ordered(question).sql is None


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Count referred students", "2"),
        ("How many students graduated?", "1"),
        ("Count all students, graduates included.", "3"),
        ("average shipping fee", "4.0"),
    ],
)
def test_what_was_done_is_counted_where_its_column_is_filled(ordered, warehouse, question, number):
    answer = ordered(question)

    assert answer.sql is not None, answer.text
    assert [tuple(row) for row in warehouse.run(answer.sql).rows()] == [(number,)]


def test_the_most_frequent_of_things_without_a_name_of_their_own_share_a_name(engine, warehouse):
    warehouse.run("CREATE OR REPLACE TABLE main.default.services (id INT, name STRING, done_on DATE)")
    warehouse.run(
        "INSERT INTO main.default.services VALUES (1, 'Wash', DATE'2024-01-01'), (2, 'Tune', DATE'2024-01-02'),"
        " (3, 'Wash', DATE'2024-01-03'), (4, 'Wash', DATE'2024-01-04')"
    )
    answer = engine(more=["services"]).ask("most frequent services")

    assert answer.sql is not None, answer.text
    assert next(iter(warehouse.run(answer.sql, read_only=True).rows()))[0] == "Wash"
