"""Numbers that are asked for without a word for their sum."""

import pytest

TABLES = """
CREATE TABLE main.stall.delivery (delivery_id INT, grower_name STRING, fruit STRING, unit_price INT,
 total_price INT COMMENT 'Boxes times unit price', promised_on DATE COMMENT 'When the grower said it would come',
 came_on DATE);
INSERT INTO main.stall.delivery VALUES (1, 'Ada', 'Pear', 4, 40, DATE'2024-01-02', DATE'2024-01-03'),
 (2, 'Bo', 'Plum', 9, 45, DATE'2024-01-05', DATE'2024-01-05'),
 (3, 'Ada', 'Pear', 4, 40, DATE'2024-02-01', DATE'2024-02-01'),
 (4, 'Bo', 'Pear', 5, 20, DATE'2023-02-01', DATE'2023-02-01')
"""


@pytest.fixture(scope="module")
def engine_of_stall(asked_about):
    return asked_about("stall", TABLES)


@pytest.fixture(scope="module")
def ask(engine_of_stall, warehouse):
    def asked(question):
        answer = engine_of_stall.ask(question)
        assert answer.sql is not None, answer.text
        return [" ".join(map(str, row)) for row in warehouse.run(answer.sql).rows()]

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "What is the total price of all pears delivered in 2024?",
        "pear, total price 2024",
        "total price of pear deliveries that came in 2024",
    ],
)
def test_a_price_that_is_called_total_adds_up(ask, question):
    assert ask(question) == ["80"]


@pytest.mark.parametrize("question", ["top 2 growers by total price", "total price by grower, highest first"])
def test_who_is_told_by_a_name_only_is_ranked_by_a_sum(ask, question):
    assert ask(question) == ["Ada 80", "Bo 65"]


def test_a_day_whose_comment_mentions_somebody_stands_in_for_nobody(engine_of_stall):
    answer = engine_of_stall.ask("top 2 growers by unit price")

    assert answer.sql is None


QUARRY = """
CREATE TABLE main.quarry.sale_line (line_id INT, sold_on DATE, slabs INT, unit_price INT COMMENT 'Price of one slab');
INSERT INTO main.quarry.sale_line VALUES (1, DATE'2024-01-03', 4, 10), (2, DATE'2024-02-01', 1, 30)
"""


def test_takings_are_the_pieces_times_the_price_of_one(asked_about, warehouse):
    built = asked_about("quarry", QUARRY)

    (row,) = warehouse.run(built.ask("What was our turnover in 2024?").sql).rows()

    assert [int(value) for value in row] == [70]


def test_the_price_of_one_is_no_turnover_where_it_is_open_how_many_were_sold(asked_about):
    both = QUARRY.replace("slabs INT", "slabs_ordered INT").replace("unit_price", "slabs_cut INT, unit_price")

    built = asked_about("quarry", both.replace("4,", "4, 4,").replace("1, 30", "1, 1, 30"))

    assert built.ask("What was our turnover in 2024?").sql is None
