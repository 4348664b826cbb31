"""Both and neither: of one column a row has one value, of what belongs to a thing there may be a row for each."""

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "customers who bought both a Rover and a Bell",
        "Which customers bought a Rover and a Bell?",
        "Show customers who bought the Rover as well as the Bell",
        "List the customers with sales of a Bell and also of a Rover",
        "customers with both online and shop sales of a Rover or a Bell",
    ],
)
def test_a_thing_to_which_both_belong_has_a_row_for_each(rows, question):
    assert rows(question) == [("Ada",)]


@pytest.mark.parametrize(
    "question", ["customers who bought a Rover or a Goat", "customers that bought either a Rover or a Goat"]
)
def test_one_of_them_is_enough_where_the_question_says_or(rows, question):
    assert rows(question) == [("Ada",), ("Bert",)]


def test_a_row_has_either_of_the_values_of_its_own_column(rows):
    assert rows("customers in Turin and Lyon") == [("Ada",), ("Bert",), ("Cleo",)]


@pytest.mark.parametrize(
    "question",
    [
        "customers who bought a Bell but not a Rover",
        "Which customers bought a Bell but never a Rover?",
        "customers who bought a Bell and no Rover",
    ],
)
def test_one_but_not_the_other(rows, question):
    assert rows(question) == [("Bert",)]


@pytest.mark.parametrize(
    "question", ["customers who bought neither a Rover nor a Goat", "Which customers bought neither Rover nor Goat?"]
)
def test_neither_of_them(rows, question):
    assert rows(question) == [("Cleo",)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("customers with sales in both 2023 and 2024", [("Bert",)]),
        ("customers with sales in 2023 or 2024", [("Ada",), ("Bert",)]),
        ("customers with sales in 2024 but not in 2023", [("Ada",)]),
        ("How many sales were there in 2023 and 2024?", [("4",)]),
        ("sales in 2024 but not in February 2024", [("1",)]),
    ],
)
def test_stretches_of_time_are_read_alike(rows, question, found):
    assert rows(question) == found
