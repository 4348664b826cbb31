import pytest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which products are priced above average?", [("Goat",), ("Rover",)]),
        ("products cheaper than the average price", [("Bell",)]),
        ("products more expensive than average", [("Goat",), ("Rover",)]),
        ("How many sales have an amount below the average amount?", [("2",)]),
    ],
)
def test_a_number_is_compared_with_the_average_of_all_rows(rows, question, expected):
    assert rows(question) == expected


def test_a_number_is_compared_with_the_average_of_its_own_group(rows):
    assert rows("sales with an amount above the average for their channel") == [("2",), ("3",)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("customers whose total amount is above average", [("Bert", "1209.5")]),
        ("products with more sales than average", [("Bell", "2")]),
    ],
)
def test_what_is_put_together_for_each_thing_is_compared_with_the_average_thing(rows, question, expected):
    assert rows(question) == expected


def test_it_asks_back_where_nothing_could_be_above_average(engine):
    assert engine().ask("customers above average").sql is None
