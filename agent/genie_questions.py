"""The benchmark questions of a Genie space, as a file has them and as the space keeps them."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from databricks.sdk import WorkspaceClient

_FORMS = (
    ("top", r"\blimit\s+\d"),
    ("absence", r"\bnot\s+(exists|in)\b|\banti\s+join\b"),
    ("share", r"\b100(\.0+)?\s*\*|\bover\s*\("),
    ("grouped", r"\bgroup\s+by\b"),
    ("figure", r"\b(count|count_if|sum|avg|min|max|median|percentile\w*)\s*\("),
)


class QuestionsError(Exception):
    """The file does not hold benchmark questions."""


@dataclass(frozen=True)
class Benchmark:
    """One wording, its kind, and the SQL that is meant."""

    question: str
    kind: str
    sql: str

    @property
    def id(self) -> str:
        """The same for the same wording, so that its results can be followed from run to run."""
        return hashlib.sha256(self.question.encode()).hexdigest()[:32]

    def serialized(self) -> dict[str, Any]:
        answer = {"format": "SQL", "content": [self.sql]}
        return {"id": self.id, "question": [self.question], "answer": [answer]}


def read(file: Path) -> list[Benchmark]:
    """The wordings of the file: YAML or JSON, a list of `kind`, `ask` (one wording or several) and `sql`.

    Entries without `sql` are left out: an eval run compares results.

    Raises: QuestionsError
    """
    try:
        entries = yaml.safe_load(file.read_text())
        found = {one.question: one for entry in entries if entry.get("sql") for one in _benchmarks(entry)}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise QuestionsError(f"{file} cannot be read: {error}") from error
    except (AttributeError, KeyError, TypeError) as error:
        raise QuestionsError(f"{file} is no list of entries with kind, ask and sql: {error!r}.") from error
    if not found:
        raise QuestionsError(f"{file} has no entry with sql.")
    return sorted(found.values(), key=lambda one: one.id)


def _benchmarks(entry: dict[str, Any]) -> Iterator[Benchmark]:
    asked = entry["ask"]
    for wording in [asked] if isinstance(asked, str) else asked:
        yield Benchmark(str(wording), str(entry["kind"]), str(entry["sql"]))


def publish(w: WorkspaceClient, space_id: str, benchmarks: list[Benchmark]) -> None:
    """Makes them the benchmark of the space, in place of those that it had."""
    space = w.genie.get_space(space_id, include_serialized_space=True)
    told = json.loads(space.serialized_space or "{}")
    wanted = {"questions": [one.serialized() for one in benchmarks]}
    if told.get("benchmarks") != wanted:
        told["benchmarks"] = wanted
        w.genie.update_space(space_id, serialized_space=json.dumps(told), etag=space.etag)


def form(sql: str) -> str:
    """The category of a question of which nobody has told the kind: what the SQL that is meant looks like."""
    return next((name for name, pattern in _FORMS if re.search(pattern, sql, re.IGNORECASE)), "list")
