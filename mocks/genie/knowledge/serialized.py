"""Reading a `serialized_space`: what it says, together with what the catalog and samples of its tables say."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.engines.warehouse.sql_warehouse import SqlError, TableInfo, Warehouse
from mocks.genie.knowledge.aggregated import with_aggregates
from mocks.genie.knowledge.decoded import is_coded
from mocks.genie.knowledge.expressions import EXPRESSIONS, qualified, with_expressions
from mocks.genie.knowledge.keys import primary_key, references_of, told_joins
from mocks.genie.knowledge.sampling import MOST_TEXTS, Samples
from mocks.genie.knowledge.space import (
    BOOLEAN,
    DATE,
    NUMBER,
    OTHER,
    TEXT,
    Column,
    Example,
    Function,
    Parameter,
    Snippet,
    Space,
    Table,
)
from mocks.genie.knowledge.texts import text_of
from mocks.genie.language.abbreviations import short_names, spelled_out

_PREFIX = re.compile(
    r"^(?:dim|fact|fct|tbl|tb|stg|raw|src|vw|lkp|ref|mst|int|mart|agg|[dftv])_(?=[A-Za-z])", re.IGNORECASE
)
_TYPES = {"TEXT": "STRING", "NUMBER": "DOUBLE", "INTEGER": "INT", "LONG": "BIGINT"}
_KINDS = {
    **dict.fromkeys(("STRING", "VARCHAR", "CHAR"), TEXT),
    **dict.fromkeys(("BYTE", "SHORT", "INT", "LONG", "FLOAT", "DOUBLE", "DECIMAL"), NUMBER),
    **dict.fromkeys(("DATE", "TIMESTAMP", "TIMESTAMP_NTZ"), DATE),
    "BOOLEAN": BOOLEAN,
}


def parse(serialized: str) -> dict[str, Any]:
    """A `serialized_space` as an object.

    Raises: InvalidParameterValue
    """
    try:
        value = json.loads(serialized)
    except ValueError as error:
        raise InvalidParameterValue(f"serialized_space is not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise InvalidParameterValue("serialized_space must be a JSON object.")
    return value


def read_space(serialized: str, warehouse: Warehouse, samples: Samples | None = None) -> Space:
    """The space over the tables as they are now; tables that are gone are left out."""
    samples = samples or Samples(warehouse)
    given = parse(serialized)
    told = (given.get("data_sources") or {}).get("tables") or []
    tables = tuple(_tables(told, warehouse, samples))
    instructions = given.get("instructions") or {}
    snippets = tuple(qualified(tuple(_snippets(instructions.get("sql_snippets") or {})), tables))
    examples = tuple(_examples(instructions.get("example_question_sqls") or []))
    tables = with_aggregates(with_expressions(tables, snippets, warehouse), snippets, examples)
    return Space(
        tables=tables,
        joins=tuple(told_joins(instructions.get("join_specs") or [], tables, warehouse)),
        examples=examples,
        functions=tuple(_functions(instructions.get("sql_functions") or [], warehouse)),
        snippets=tuple(snippet for snippet in snippets if snippet.kind != EXPRESSIONS),
        instructions=tuple(text_of(item.get("content")) for item in instructions.get("text_instructions") or []),
        questions=tuple(text_of(q.get("question")) for q in (given.get("config") or {}).get("sample_questions") or []),
    )


def _tables(told: list[dict[str, Any]], warehouse: Warehouse, samples: Samples) -> Iterator[Table]:
    """The tables; what the short name of one stands for tells what it stands for in names of columns."""
    found = [(item, *known) for item in told if (known := _described(item, warehouse)) is not None]
    names = [item["identifier"].rpartition(".")[2].replace("_", " ") for item, *_ in found]
    said = " ".join([*names, *(description for *_, description in found)])
    named = [(item, info, told, spelled_out(_short(item), told, said, of_table=True)) for item, info, told in found]
    things: dict[str, str] = {}
    for item, _, _, spoken in sorted(named, key=lambda one: -len(one[-1].split())):  # a thing outdoes a compound
        things |= short_names(_short(item), spoken)
    for item, info, description, spoken in named:
        configs = {c.get("column_name", "").lower(): c for c in item.get("column_configs") or []}
        try:
            columns = tuple(_columns(info, configs, f"{description} {said}", samples, things))
        except SqlError:
            continue
        synonyms = tuple(item.get("synonyms") or ())
        yield Table(info.name.full, columns, description, synonyms, spoken, primary_key(info), references_of(info))


def _described(item: dict[str, Any], warehouse: Warehouse) -> tuple[TableInfo, str] | None:
    """A table with its description, by the space and by its comment."""
    try:
        info = warehouse.table(item["identifier"])
    except SqlError:
        return None
    return info, " ; ".join(filter(None, (text_of(item.get("description")), info.comment)))


def _short(item: dict[str, Any]) -> str:
    return _PREFIX.sub("", item["identifier"].rpartition(".")[2])


def _columns(
    info: TableInfo,
    configs: dict[str, dict[str, Any]],
    comment: str,
    samples: Samples,
    things: dict[str, str],
) -> Iterator[Column]:
    columns = [*_read_columns(info, configs, samples)]
    said = " ".join([comment, *(c.description for c in columns)])
    for column in columns:
        yield replace(_as_flag(column), spoken=spelled_out(column.name, column.description, said, things))


def _as_flag(column: Column) -> Column:
    """A column of texts that only says yes or no is one of truth."""
    found = {value.lower() for value in column.values}
    for yes, no in (("y", "n"), ("yes", "no"), ("true", "false"), ("t", "f")):
        if column.kind == TEXT and found and yes in found and found <= {yes, no}:
            truth = next(value for value in column.values if value.lower() == yes)
            return replace(column, kind=BOOLEAN, truth=truth, values=())
    return column


def _read_columns(info: TableInfo, configs: dict[str, dict[str, Any]], samples: Samples) -> Iterator[Column]:
    sampled = samples.of(info)
    for column in info.columns:
        config = configs.get(column.name.lower(), {})
        if config.get("exclude"):
            continue
        kind, sample = _KINDS.get(column.type_name, OTHER), sampled[column.name]
        told = kind == TEXT or (kind == NUMBER and is_coded(column.comment or "", sample.values))
        yield Column(
            table=info.name.full,
            name=column.name,
            kind=kind,
            synonyms=tuple(config.get("synonyms") or ()),
            description=" ; ".join(filter(None, (text_of(config.get("description")), column.comment))),
            values=sample.values if told and sample.distinct <= MOST_TEXTS and _is_matched(config) else (),
            unique=0 < sample.rows == sample.distinct or primary_key(info) == (column.name.lower(),),
            filled=sample.filled / sample.rows if sample.rows else 1.0,
            variety=sample.distinct / sample.rows if sample.rows else 1.0,
            keys=frozenset(sample.values),
            timed=column.type_name.startswith("TIMESTAMP"),
            first=sample.first,
            last=sample.last,
        )


def _examples(items: list[dict[str, Any]]) -> Iterator[Example]:
    for item in items:
        sql = text_of(item.get("sql"))
        for question in item.get("question") or []:
            yield Example(question, sql, tuple(map(_parameter, item.get("parameters") or [])))


def _parameter(told: dict[str, Any]) -> Parameter:
    default = told.get("default_value") or {}
    values = (default.get("values") or []) if isinstance(default, dict) else [default]
    kind = str(told.get("type_hint") or "STRING").upper()
    return Parameter(str(told.get("name", "")), _TYPES.get(kind, kind), str(values[0]) if values else "")


def _is_matched(config: dict[str, Any]) -> bool:
    """Whether questions may name the column's values, which a curator can switch off."""
    return config.get("enable_entity_matching") is not False


def _functions(items: list[dict[str, Any]], warehouse: Warehouse) -> Iterator[Function]:
    """The functions that are there; what the space says of one comes before what the catalog says."""
    for item in items:
        try:
            record = warehouse.function(str(item.get("identifier", "")))
        except SqlError:
            continue
        details = record.details
        told = " ; ".join(filter(None, (text_of(item.get("description")), record.comment)))
        body = details["routine_definition"] if details["external_language"] is None else ""
        columns = tuple(column["name"] for column in details["returns"])
        parameters = tuple(map(_argument, details["parameters"]))
        yield Function(record.name, parameters, told, body or "", bool(columns), columns)


def _argument(told: dict[str, Any]) -> Parameter:
    comment = told["comment"] or ""
    return Parameter(told["name"], told["sql_type"], "", comment, optional=told["default"] is not None)


def _snippets(kinds: dict[str, list[dict[str, Any]]]) -> Iterator[Snippet]:
    for kind, items in kinds.items():
        for item in items or []:
            names = (item.get("alias"), item.get("display_name"), *(item.get("synonyms") or ()))
            yield Snippet(kind, tuple(name for name in names if name), text_of(item.get("sql")))
