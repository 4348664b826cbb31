"""Every function of the reference's list is computed as its examples say, or refused by its name.

`function_examples.tsv` has a query and its rows, or a `!` and the condition with which it fails: the examples of the
function pages, and a few that follow from their rules. `documented_functions.txt` is the list of the functions.
"""

import json
import re
from pathlib import Path

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse

HERE = Path(__file__).parent
EXAMPLES = [line.split("\t") for line in (HERE / "function_examples.tsv").read_text().splitlines()]
FUNCTIONS = (HERE / "documented_functions.txt").read_text().split()
# Shown by tests of their own: they need endpoints, files, indexes or a history.
ELSEWHERE = {"read_files", "table_changes", "vector_search"} | {
    *("ai_analyze_sentiment", "ai_classify", "ai_extract", "ai_fix_grammar", "ai_gen", "ai_mask", "ai_query"),
    *("ai_similarity", "ai_summarize", "ai_translate", "current_time"),
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    data = tmp_path_factory.mktemp("examples") / "data"
    workspaces = Workspaces(Settings(data=data, host="http://127.0.0.1:8329", token="t", control_token="c"))
    yield workspaces.named(DEFAULT).engine(Warehouse)
    workspaces.close()


@pytest.mark.parametrize(("query", "found"), [one for one in EXAMPLES if one[1][0] != "!"])
def test_an_example_gives_its_rows(shared, query, found):
    assert shared.run(query).rows() == json.loads(found)


@pytest.mark.parametrize(("query", "condition"), [one for one in EXAMPLES if one[1][0] == "!"])
def test_an_example_fails_as_it_should(shared, query, condition):
    with pytest.raises(SqlError, match=re.escape(condition[1:])):
        shared.run(query)


def _is_shown(name):
    return name in ELSEWHERE or any(re.search(rf"\b{name}\b", query, re.IGNORECASE) for query, _ in EXAMPLES)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if not _is_shown(name)])
def test_a_function_without_example_is_refused_by_its_name(shared, name):
    with pytest.raises(SqlError, match=f"does not support (the function|the table function) {name}"):
        shared.run(f"SELECT {name}(1)")
