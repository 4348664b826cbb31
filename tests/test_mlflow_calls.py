"""The tables of MLflow calls name tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = set(
    re.findall(r"^def (test_\w+)", "\n".join(f.read_text() for f in ROOT.glob("tests/c*/**/test_*.py")), re.MULTILINE)
)
ROWS = [
    row
    for file in ROOT.glob("docs/mlflow-calls*.md")
    for row in re.findall(r"\| (test_\w+) \|$", file.read_text(), re.M)
]


@pytest.mark.parametrize("test", sorted(set(ROWS)))
def test_a_row_names_a_test_that_exists(test):
    assert test in TESTS
