"""Views and functions that ask who their user is."""

import pytest

from mocks.core.principals import Principal


@pytest.fixture
def t(engines, warehouse):
    engines.principals.put("ann@x.y", Principal(user_name="ann@x.y", token="t", groups=["hr"]))
    warehouse.run("CREATE TABLE t AS SELECT * FROM VALUES ('ann@x.y', 1), ('bob@x.y', 2) AS t(who, pay)")


def test_a_view_shows_each_user_what_is_theirs(t, warehouse, rows):
    warehouse.run("CREATE VIEW mine AS SELECT pay FROM t WHERE who = current_user()")

    assert rows("SELECT * FROM mine", user="ann@x.y") == [["1"]]
    assert rows("SELECT * FROM mine", user="bob@x.y") == [["2"]]
    assert rows("SELECT * FROM mine") == []


def test_a_view_masks_what_a_group_may_not_see(t, warehouse, rows):
    warehouse.run(
        "CREATE VIEW masked AS SELECT who, CASE WHEN is_account_group_member('hr') THEN pay END AS pay FROM t"
    )

    assert rows("SELECT pay FROM masked ORDER BY who", user="ann@x.y") == [["1"], ["2"]]
    assert rows("SELECT pay FROM masked", user="bob@x.y") == [[None], [None]]


def test_a_function_asks_who_its_user_is(t, warehouse, rows):
    warehouse.run("CREATE FUNCTION me() RETURNS STRING RETURN session_user()")

    assert rows("SELECT me()", user="bob@x.y") == [["bob@x.y"]]
