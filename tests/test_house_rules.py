"""The rules of the house that no other tool checks."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("mocks", "sandbox", "agent")
SOURCES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
SERVICES = sorted(file.parent for file in (ROOT / "mocks").glob("*/routes.py"))
TOP_LEVEL = {
    ".ci",
    ".github",
    ".dockerignore",
    ".gitignore",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "agent",
    "benchmarks",
} | {*("docker-compose.yml", "docs", "mocks", "pyproject.toml", "requirements.lock", "sandbox", "tests")}
FORBIDDEN_NAMES = {"utils", "helpers", "base", "manager", "common"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("file", SOURCES, ids=_name)
def test_a_file_has_at_most_300_lines(file):
    assert len(file.read_text().splitlines()) <= 300


@pytest.mark.parametrize("file", SOURCES, ids=_name)
def test_a_function_has_at_most_40_lines(file):
    functions = [
        node
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40] == []


@pytest.mark.parametrize("folder", SERVICES, ids=_name)
def test_a_service_has_the_same_four_files_as_every_other(folder):
    assert {"__init__.py", "routes.py", "store.py", "wire.py"} <= {file.name for file in folder.iterdir()}


@pytest.mark.parametrize("folder", SERVICES, ids=_name)
def test_a_service_says_what_it_emulates_how_it_differs_and_what_it_refuses(folder):
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""

    assert [word for word in ("Emulated:", "Differs:", "Refused:") if word not in text] == []


@pytest.mark.parametrize("file", SOURCES, ids=_name)
def test_a_file_is_named_for_its_subject(file):
    assert file.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize(
    "file", [f for f in SOURCES if f.parts[-2:] != ("sandbox", "config.py") and "agent" not in f.parts], ids=_name
)
def test_the_environment_is_read_in_one_file_only(file):
    assert "environ" not in {
        node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("file", SOURCES, ids=_name)
def test_no_module_changes_a_global(file):
    assert [n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Global)] == []


def test_the_top_level_is_fixed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP_LEVEL


def test_the_lock_files_name_no_index():
    locks = [ROOT / "requirements.lock", ROOT / "tests/conformance/requirements.lock"]

    assert [lock for lock in locks if "://" in lock.read_text()] == []
