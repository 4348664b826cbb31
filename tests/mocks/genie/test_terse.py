"""Questions in a few words, and words that stand for a thing and for something of it."""

import pytest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("online sales, count", [("2",)]),
        ("sales in February 2024: how many", [("2",)]),
        ("customers in Turin, number", [("2",)]),
        ("customers with two sales or more", [("Ada", "2"), ("Bert", "2")]),
    ],
)
def test_what_is_asked_at_the_end_is_asked_of_all_before_it(rows, question, expected):
    assert rows(question) == expected


def test_a_synonym_for_a_name_does_not_keep_the_things_from_being_counted(rows):
    named = {"column_configs": [{"column_name": "product_name", "synonyms": ["product", "article"]}]}

    assert rows("How many products are there?", products=named) == [("3",)]
