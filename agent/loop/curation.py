"""Genie's remedy: questions that it answered wrongly become example queries and joins of the space."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from databricks.sdk import WorkspaceClient
from databricks.sdk.service.dashboards import GenieMessage

from agent import scoring
from agent.golden import Question
from agent.settings import Settings
from agent.warehouse import StatementError, Warehouse

_NO_ALIAS = r"(?:ON|WHERE|JOIN|INNER|LEFT|GROUP|ORDER|LIMIT|USING|UNION)"
_SOURCE = re.compile(
    rf"\b(?:FROM|JOIN)\s+(?P<table>[a-z_]\w*)(?:\s+(?:AS\s+)?(?P<alias>(?!{_NO_ALIAS}\b)[a-z_]\w*))?", re.I
)
_USING = re.compile(r"\bJOIN\s+(?P<table>[a-z_]\w*)(?:\s+(?:AS\s+)?\w+)?\s+USING\s*\(\s*(?P<column>\w+)\s*\)", re.I)
_ONE_OF = re.compile(r"\b(?:(?P<alias>\w+)\.)?(?P<column>\w+)\s+IN\s*\((?P<values>\s*'[^)]*')\s*\)", re.I)
_EQUAL = re.compile(r"\b(?P<one>\w+)\.(?P<mine>\w+)\s*=\s*(?P<other>\w+)\.(?P<theirs>\w+)")


@dataclass(frozen=True)
class Curated:
    """How a space does on training questions that it had failed and on held-out ones, before and after; by question."""

    space_id: str
    examples: int
    joins: int
    filters: int
    trained: dict[str, float]
    before: dict[str, float]
    after: dict[str, float]

    def told(self) -> str:
        return (
            f"Genie: a copy of the space learnt {self.examples} queries, {self.joins} joins and {self.filters} filters "
            f"from failed training questions; right afterwards {_share(self.trained)} of them; held-out questions: "
            f"{_share(self.before)} before, {_share(self.after)} after"
        )


def curate(w: WorkspaceClient, settings: Settings, failed: Sequence[Question], held_out: Sequence[Question]) -> Curated:
    """Teaches a copy of the settings' space what the right queries of the failed questions show."""
    space = Space.copy(w, settings, f"{settings.genie_space_title}, taught")
    before = space.scores(held_out)
    examples, joins, filters = space.teach(failed)
    return Curated(space.id, examples, joins, filters, space.scores(failed), before, space.scores(held_out))


def teachable(questions: Iterable[Question]) -> list[Question]:
    """Those that Genie alone answers, in one turn, with a query that is known."""
    return [one for one in questions if one.route == "genie" and one.expected_sql and len(one.turns) == 1]


class Space:
    """One Genie space that may be changed."""

    def __init__(self, w: WorkspaceClient, settings: Settings, space_id: str) -> None:
        self._w, self._schema, self.id = w, f"{settings.catalog}.{settings.schema}", space_id
        self._warehouse = Warehouse(w, settings)

    @classmethod
    def copy(cls, w: WorkspaceClient, settings: Settings, title: str) -> "Space":
        """What the original holds, under a new title."""
        assert settings.genie_space_id is not None  # the version was registered with it
        original = w.genie.get_space(settings.genie_space_id, include_serialized_space=True)
        made = w.genie.create_space(Warehouse(w, settings).id, str(original.serialized_space), title=title)
        return cls(w, settings, made.space_id)

    def teach(self, failed: Sequence[Question]) -> tuple[int, int, int]:
        """Adds the right queries as examples, with the joins and the filters in them; how many of each.

        Refused if the space was changed meanwhile.
        """
        told = self._w.genie.get_space(self.id, include_serialized_space=True)
        space: dict[str, Any] = json.loads(str(told.serialized_space))
        tables = {one["identifier"].rpartition(".")[2] for one in space["data_sources"]["tables"]}
        examples = [self._example(one, tables) for one in failed]
        joins = [join for one in failed for join in self._joins(str(one.expected_sql), tables)]
        filters = [found for one in failed for found in _filters(one, tables)]
        instructions = space.setdefault("instructions", {})
        numbers = (
            _add(instructions, "example_question_sqls", examples),
            _add(instructions, "join_specs", joins),
            _add(instructions.setdefault("sql_snippets", {}), "filters", filters),
        )
        self._w.genie.update_space(self.id, serialized_space=json.dumps(space), etag=told.etag)
        return numbers

    def scores(self, questions: Sequence[Question]) -> dict[str, float]:
        """1.0 where the rows of Genie's query are those of the right one."""
        return {one.id: float(self._right(one)) for one in questions}

    def _right(self, question: Question) -> bool:
        expected = question.expected_rows or self._warehouse.run(str(question.expected_sql))
        answer = self._w.genie.start_conversation_and_wait(self.id, question.text)
        return any(scoring.same_result(self._rows(query), expected, False) for query in _queries(answer))

    def _rows(self, query: str) -> list[Any]:
        try:
            return list(self._warehouse.run(query))
        except StatementError:
            return []

    def _example(self, question: Question, tables: set[str]) -> dict[str, Any]:
        def qualified(found: re.Match[str]) -> str:
            table = found["table"]
            return found[0].replace(table, f"{self._schema}.{table}", 1) if table in tables else found[0]

        return {"question": [question.text], "sql": [_SOURCE.sub(qualified, str(question.expected_sql))]}

    def _joins(self, sql: str, tables: set[str]) -> list[dict[str, Any]]:
        """Each equation between columns of two tables, written out or by `USING` with the first table."""
        named = _named(sql)
        sides = [
            ((named.get(found["one"], ""), found["mine"]), (named.get(found["other"], ""), found["theirs"]))
            for found in _EQUAL.finditer(sql)
        ]
        first = next(iter(named.values()), "")
        sides += [((first, one["column"]), (one["table"], one["column"])) for one in _USING.finditer(sql)]
        return [
            self._join(*sorted(two)) for two in sides if {table for table, _ in two} <= tables and len(set(two)) == 2
        ]

    def _join(self, left: tuple[str, str], right: tuple[str, str]) -> dict[str, Any]:
        equal = f"{left[0]}.{left[1]} = {right[0]}.{right[1]}"
        return {"left": self._table(left[0]), "right": self._table(right[0]), "sql": [equal]}

    def _table(self, name: str) -> dict[str, str]:
        return {"identifier": f"{self._schema}.{name}", "alias": name}


def _named(sql: str) -> dict[str, str]:
    """The tables by their aliases, in the order in which they come."""
    return {found["alias"] or found["table"]: found["table"] for found in _SOURCE.finditer(sql)}


def _filters(question: Question, tables: set[str]) -> list[dict[str, Any]]:
    """A word of the question that stands in a list of values says what it means: active is `Active` or `Evergreen`."""
    sql, found = str(question.expected_sql), []
    named = _named(sql)
    asked = set(re.findall(r"[a-z]+", question.text.lower()))
    for one in _ONE_OF.finditer(sql):
        table = named.get(one["alias"] or "", next(iter(named.values()), ""))
        for word in (value.lower() for value in re.findall(r"'([^']*)'", one["values"])):
            if word in asked and table in tables:
                condition = f"{table}.{one['column']} IN ({one['values'].strip()})"
                found.append({"display_name": f"{word} {table}", "sql": [condition], "synonyms": [word]})
    return found


def _add(to: dict[str, Any], name: str, new: Sequence[dict[str, Any]]) -> int:
    """Each under an id that is its own, in the order of the ids, as Genie keeps them; how many are new."""
    known = {one["id"]: one for one in to.get(name, ())}
    added = {_id(json.dumps(one, sort_keys=True)): one for one in new}
    to[name] = [{"id": id_, **one} for id_, one in sorted((known | added).items())]
    return len(added.keys() - known.keys())


def _share(values: Mapping[str, float]) -> str:
    return f"{sum(values.values()):.0f} of {len(values)}"


def _queries(answer: GenieMessage) -> list[str]:
    return [one.query.query for one in answer.attachments or () if one.query and one.query.query]


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
