import json
import sqlite3

import pytest

from mocks.core.errors import InvalidParameterValue
from mocks.vector_search.filters import condition

ROWS = {
    "a": {"color": "red", "size": 1, "on": True, "text": "Gas pipeline safety"},
    "b": {"color": "blue", "size": 5, "on": False, "text": "pipelines"},
    "c": {"color": None, "size": 9.5, "on": None, "text": 'it\'s 50% "odd"'},
}
COLUMNS = {"color", "size", "on", "text"}


@pytest.fixture
def keys():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE rows (key TEXT, body TEXT)")
    database.executemany("INSERT INTO rows VALUES (?, ?)", [(key, json.dumps(row)) for key, row in ROWS.items()])

    def matching(filters=None, text=None):
        wanted = condition(None if filters is None else json.dumps(filters), text, COLUMNS)
        query = f"SELECT key FROM rows WHERE {wanted.sql} ORDER BY key"
        return [key for (key,) in database.execute(query, wanted.values)]

    yield matching
    database.close()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"color": "red"}, ["a"]),
        ({"color": ["red", "blue"]}, ["a", "b"]),
        ({"color NOT": "red"}, ["b", "c"]),
        ({"color NOT": ["red", "blue"]}, ["c"]),
        ({"size >": 1, "size <=": 5}, ["b"]),
        ({"on": True}, ["a"]),
        ({"text LIKE": "pipeline"}, ["a"]),
        ({"text NOT LIKE": "pipeline"}, ["b", "c"]),
        ({"text LIKE": "50%"}, ["c"]),
        ({"color OR size >": ["red", 5]}, ["a", "c"]),
        ({"text": 'it\'s 50% "odd"'}, ["c"]),
        ({"color": "red' OR 1=1 --"}, []),
    ],
)
def test_the_dictionary_form_means_what_its_documentation_says(keys, filters, expected):
    assert keys(filters) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("color = 'red'", ["a"]),
        ("color <> 'red'", ["b", "c"]),
        ("color IN ('red', 'blue') AND size > 2", ["b"]),
        ("NOT (size < 5 OR color = 'blue')", ["c"]),
        ("size BETWEEN 1 AND 5", ["a", "b"]),
        ("color IS NULL", ["c"]),
        ("color IS NOT NULL", ["a", "b"]),
        ("text LIKE 'Gas%'", ["a"]),
        ("size >= -1.5", ["a", "b", "c"]),
    ],
)
def test_the_sql_form_means_what_sql_means(keys, text, expected):
    assert keys(text=text) == expected


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        ("{not json", None),
        ("[1]", None),
        ('{"weight": 1}', None),
        ('{"color": {"a": 1}}', None),
        ('{"color OR size": ["red"]}', None),
        (None, "weight = 1"),
        (None, "color ="),
        (None, "color = (SELECT 1)"),
        (None, "DROP TABLE rows"),
        (None, "length(color) > 1"),
    ],
)
def test_a_filter_that_is_not_understood_is_refused_rather_than_ignored(filters, text):
    with pytest.raises(InvalidParameterValue):
        condition(filters, text, COLUMNS)
