"""The rules of the house that no other tool checks."""

import ast
import functools
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("mocks", "sandbox", "agent")
SOURCES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
TESTS = sorted(file for package in ("tests", "benchmarks") for file in (ROOT / package).rglob("*.py"))
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


def _names(paths: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@functools.cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def _nodes(file: Path, *kinds: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(_tree(file)) if isinstance(node, kinds)]


def test_a_file_has_at_most_300_lines():
    assert _names(file for file in SOURCES + TESTS if len(file.read_text().splitlines()) > 300) == []


def test_a_function_has_at_most_40_lines():
    functions = [f for file in SOURCES for f in _nodes(file, ast.FunctionDef, ast.AsyncFunctionDef)]

    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40] == []


def test_a_service_has_the_same_four_files_as_every_other():
    wanted = [folder / name for folder in SERVICES for name in ("__init__.py", "routes.py", "store.py", "wire.py")]

    assert _names(file for file in wanted if not file.is_file()) == []


@pytest.mark.parametrize("word", ["Emulated:", "Differs:", "Refused:"])
def test_a_service_says_what_it_emulates_how_it_differs_and_what_it_refuses(word):
    told = {folder: ast.get_docstring(_tree(folder / "__init__.py")) or "" for folder in SERVICES}

    assert _names(folder for folder in SERVICES if word not in told[folder]) == []


def test_a_file_is_named_for_its_subject():
    assert _names(file for file in SOURCES if file.stem in FORBIDDEN_NAMES) == []


def test_the_environment_is_read_in_one_file_only():
    ours = [file for file in SOURCES if "agent" not in file.parts]
    read = [file for file in ours if any(node.attr == "environ" for node in _nodes(file, ast.Attribute))]

    assert _names(read) == ["sandbox/config.py"]


def test_no_module_changes_a_global():
    assert _names(file for file in SOURCES if _nodes(file, ast.Global)) == []


def test_the_top_level_is_fixed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP_LEVEL


def test_the_lock_files_name_no_index():
    locks = [ROOT / "requirements.lock", ROOT / "tests/conformance/requirements.lock"]

    assert [lock for lock in locks if "://" in lock.read_text()] == []
