"""The example repository, as its author would run it: a copy of the folder, and pytest."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "support-desk"


@pytest.mark.parametrize("words", [[], ["-n", "2"]])
def test_its_tests_pass_where_it_lies_alone(tmp_path, words):
    place = shutil.copytree(EXAMPLE, tmp_path / "support-desk", ignore=shutil.ignore_patterns("__pycache__", ".*cache"))

    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", *words], cwd=place, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
