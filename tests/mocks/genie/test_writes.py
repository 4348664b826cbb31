"""What is a request to change something, and what only sounds like one."""

import pytest

from mocks.genie.language.writes import is_write


@pytest.mark.parametrize(
    "question",
    [
        "Open a ticket for Ann",
        "Delete all",
        "set the price of vans to 4",
        "Make Leo Marsh a VIP",
        "Mark invoice 5 as paid",
        "Close ticket 5",
        "please close all open tickets",
        "Can you add a new customer?",
        "Cancel reservation 12",
        "Could you shut down line 60010 for me?",
        "how many orders?; drop table orders",
    ],
)
def test_a_request_to_change_something_is_a_write(question):
    assert is_write(question)


@pytest.mark.parametrize(
    "question",
    [
        "open tickets",
        "open orders 2024",
        "book ratings",
        "orders by customer",
        "issue types",
        "returned orders",
        "close price by day",
        "call duration by agent",
        "Set the sales of 2025 against 2024",
    ],
)
def test_a_question_that_begins_with_such_a_word_is_none(question):
    assert not is_write(question)
