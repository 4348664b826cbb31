"""The table of SQL features says nothing that no test shows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| `(.+?)::(.+?)` \|$", (ROOT / "docs/sql.md").read_text(), re.MULTILINE)


def test_the_table_has_rows_and_names_each_feature_once():
    features = [feature for feature, *_ in ROWS]

    assert len(features) > 15
    assert len(set(features)) == len(features)


@pytest.mark.parametrize(("feature", "_", "file", "test"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_names_a_test_that_exists(feature, _, file, test):
    found = ROOT / file if "/" in file else ROOT / "tests/mocks/engines" / file

    assert f"def {test}(" in found.read_text()


@pytest.mark.parametrize("word", ["COLLATE", "UNDROP", "CACHE"])
def test_what_is_said_to_be_refused_is_named_in_the_document(word):
    assert f"`{word}`" in (ROOT / "docs/sql.md").read_text().partition("Refused:")[2]
