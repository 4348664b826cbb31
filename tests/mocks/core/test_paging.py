import pytest

from mocks.core.errors import InvalidParameterValue
from mocks.core.paging import page


def test_pages_together_are_the_whole_list():
    items, token, seen = list(range(25)), None, []

    while True:
        chosen, token = page(items, 10, token)
        seen += chosen
        if token is None:
            break

    assert seen == items


@pytest.mark.parametrize("token", ["x", "YXQ6LTE=", "%%%", "ÿ"])
def test_a_token_that_nobody_gave_is_refused(token):
    with pytest.raises(InvalidParameterValue):
        page([1], 1, token)


def test_a_negative_size_is_refused():
    with pytest.raises(InvalidParameterValue):
        page([1], -1, None)
