"""What the README claims, it can show."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
ROWS = re.findall(r"^\| (\w+) \| .* \| `(tests/[^`]+)` \|$", README, re.MULTILINE)
SERVICES = {file.parent.name for file in (ROOT / "mocks").glob("*/routes.py")}


def test_every_service_has_a_row():
    assert {service for service, _ in ROWS} == SERVICES


@pytest.mark.parametrize(("service", "test"), ROWS)
def test_a_row_names_a_test_that_drives_a_client(service, test):
    text = (ROOT / test).read_text()

    assert len(re.findall(r"^def test_", text, re.MULTILINE)) >= 3


@pytest.mark.parametrize("target", re.findall(r"(?:`|^)make ([\w-]+)", README, re.MULTILINE))
def test_a_make_target_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", re.findall(r"`((?:docs|tests|agent|mocks|benchmarks)/[\w./-]+)`", README))
def test_a_path_exists(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("image", re.findall(r"!\[.*?\]\(([^)]+)\)", README))
def test_an_image_exists(image):
    assert (ROOT / image).stat().st_size > 10_000


def test_the_first_screen_shows_the_two_commands():
    first = "\n".join(README.splitlines()[:20])

    assert "make demo" in first
    assert "make test" in first


def test_the_table_of_the_probe_was_written_by_its_command():
    table = README.partition("<!-- probes: begin")[2].partition("<!-- probes: end")[0]

    assert re.search(r"\d+ of \d+ pass", table)


@pytest.mark.parametrize("words", re.findall(r"^sandbricks ([\w -]+?)(?:  |$)", README, re.MULTILINE))
def test_a_command_is_known(words):
    told = subprocess.run([ROOT / ".venv/bin/sandbricks", words.split()[0], "--help"], capture_output=True, check=False)

    assert told.returncode == 0


LEDGER = (ROOT / "docs" / "coverage.md").read_text()


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_the_ledger_has_a_witness_for_each_service(service):
    section = LEDGER.partition(f"## {service}\n")[2].partition("\n## ")[0]

    assert re.search(r"\| (?:SDK|MLflow|OpenAI|SQL connector|plain HTTP).* \| `tests/", section)


def test_every_witness_in_the_ledger_exists():
    witnesses = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", LEDGER))

    assert witnesses
    assert [f"{f}::{t}" for f, t in sorted(witnesses) if f"def {t}(" not in (ROOT / f).read_text()] == []
