"""Parts of texts that a question names."""

import pytest

from mocks.genie.language.fragments import find_fragments


@pytest.mark.parametrize(
    ("question", "pattern"),
    [
        ("customers whose email contains mail.test", "%mail.test%"),
        ("products starting with 'Go'", "Go%"),
        ("names that end in er", "%er"),
    ],
)
def test_a_part_of_a_text_is_found(question, pattern):
    assert [fragment.pattern for _, _, fragment in find_fragments(question)] == [pattern]


def test_a_customer_is_found_by_a_part_of_the_name(rows):
    assert rows("customers whose name contains er") == [("Bert",)]


def test_a_product_is_found_by_its_beginning(rows):
    assert rows("products whose name starts with R") == [("Rover",)]
