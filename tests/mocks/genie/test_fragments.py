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


@pytest.fixture
def visits(engine, warehouse):
    warehouse.run(
        "CREATE OR REPLACE TABLE main.default.visits (visit_id INT, visitor STRING COMMENT 'Full name of a visitor',"
        " finding STRING)"
    )
    warehouse.run(
        "INSERT INTO main.default.visits VALUES (1, 'Ann Archer', 'Hip fracture'), "
        "(2, 'Bo Archer', 'Wrist fracture'), (3, 'Cy Reed', 'Mild fever')"
    )
    return engine(more=["visits"])


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("fracture visits", [("1",), ("2",)]),
        ("visits with fractures", [("1",), ("2",)]),
        ("How many visits were there because of some fracture?", [("2",)]),
        ("How many visits have a finding containing the word fracture?", [("2",)]),
        ("How many visits have fever in their finding?", [("1",)]),
        ("How many visits with the surname Archer?", [("2",)]),
    ],
)
def test_a_word_inside_the_texts_of_a_column_is_found_there(visits, warehouse, question, found):
    answer = visits.ask(question)

    assert answer.sql is not None, answer.text
    assert sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows()) == found


def test_a_word_inside_texts_that_are_not_asked_about_is_asked_back(visits):
    assert visits.ask("How many customers have a fracture?").sql is None


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("products with 'ov' in the name", [("Rover",)]),
        ("products that have the letters ell in their name", [("Bell",)]),
        ("customers whose name has er in it", [("Bert",)]),
        ("products with a name that ends in oat", [("Goat",)]),
    ],
)
def test_a_part_of_a_name_is_said_in_many_ways(engine, warehouse, question, found):
    answer = engine().ask(question)

    rows = answer.sql and sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())
    assert rows == found
