"""`vector_search(index => …, query_text => …)` in SQL: a table made of what the index answers over its public URL."""

import json
from typing import Any

from sqlglot import exp

from mocks.core.errors import ApiError
from mocks.core.workspace import Workspace
from mocks.engines.metastore.names import quoted
from mocks.engines.metastore.securables import TABLE, VECTOR_INDEX, Securables
from mocks.engines.metastore.tables import read_tables
from mocks.engines.public_api import PublicApi
from mocks.engines.translating import dialect
from mocks.engines.translating.ai_calls import VECTOR_SEARCH
from mocks.engines.translating.row_functions import by_rows
from mocks.engines.warehouse.duck import Duck
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_CALL, _SCORE = "vector_search", "search_score"
# Older names of the arguments (docs: functions/vector_search).
_ARGUMENTS = {"query": "query_text", "limit": "num_results"}
_KNOWN = {"index", "query_text", "query_vector", "num_results", "query_type"}


class VectorFunction:
    """The function in the SQL of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._api = PublicApi(workspace)
        self._duck, self._records = workspace.engine(Duck), Securables(workspace)
        text, numbers = "VARCHAR", "DOUBLE[]"
        answer = by_rows(self._answer, text, nulls=True)
        self._duck.register(VECTOR_SEARCH, answer, (text, text, numbers, "INTEGER", text), text)

    def lower(self, tree: exp.Expr) -> list[str]:
        """Puts a query in place of each call; gives the indexes that are asked.

        Raises: SqlError
        """
        asked = []
        for table in list(tree.find_all(exp.Table)):
            call = table.this
            if isinstance(call, exp.Anonymous) and call.name.lower() == _CALL and not table.args.get("db"):
                told = _arguments(call)
                index = told["index"].name
                table.replace(self._query(index, told, table.args.get("alias")))
                asked.append(index.lower())
        return asked

    def _query(self, index: str, told: dict[str, exp.Expr], alias: exp.Expr | None) -> exp.Expr:
        columns = self._columns(index)
        kinds = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
        names = ", ".join(f"found.row.{quoted(name)} AS {quoted(name)}" for name, _ in columns)
        inner = f"SELECT UNNEST(CAST(CAST(answer AS JSON) AS STRUCT({kinds})[])) AS row"
        text = f"SELECT {names} FROM ({inner}) AS found"  # noqa: S608  # quoted
        query: exp.Expr = exp.maybe_parse(text, dialect="duckdb")
        place = next(column for column in query.find_all(exp.Column) if column.name == "answer")
        place.replace(exp.Anonymous(this=VECTOR_SEARCH, expressions=_given(index, told)))
        return exp.Subquery(this=query, alias=alias or exp.TableAlias(this=exp.to_identifier(_CALL)))

    def _columns(self, index: str) -> list[tuple[str, str]]:
        with self._duck.reading() as cursor:
            record = self._records.find(cursor, TABLE, index.lower())
            if record is None or record.details.get("format") != VECTOR_INDEX:
                raise SqlError("VECTOR_SEARCH_INDEX_NOT_FOUND", f"The vector index '{index}' does not exist.", "42704")
            (found,) = read_tables(cursor, [record])
        told = [(column.name, dialect.type_for_duck(column.type_text)) for column in found.columns]
        return [*told, (_SCORE, "DOUBLE")]

    def _answer(
        self, index: str, text: str | None, vector: list[float] | None, count: int | None, kind: str | None
    ) -> str:
        body: dict[str, Any] = {"num_results": count or 10, "query_type": kind or "ANN"}
        body |= {"query_vector": vector} if vector else {"query_text": text}
        try:
            told = self._api.ask("POST", f"/api/2.0/vector-search/indexes/{index}/query", body)
        except ApiError as error:
            raise ValueError(f"[VECTOR_SEARCH_ERROR] {error.message} SQLSTATE: 08000") from None
        names = [column["name"] for column in told["manifest"]["columns"][:-1]]
        rows = told["result"].get("data_array") or []
        return json.dumps([dict(zip([*names, _SCORE], row, strict=True)) for row in rows])


def _arguments(call: exp.Anonymous) -> dict[str, exp.Expr]:
    told: dict[str, exp.Expr] = {}
    for one in call.expressions:
        if not isinstance(one, exp.Kwarg):
            raise unsupported("vector_search with arguments that are not named")
        name = one.this.name.lower()
        told[_ARGUMENTS.get(name, name)] = one.expression
    unknown = set(told) - _KNOWN
    if unknown:
        raise unsupported(f"the argument {', '.join(sorted(unknown))} of vector_search")
    if not isinstance(told.get("index"), exp.Literal) or not told.keys() & {"query_text", "query_vector"}:
        text = "vector_search needs index, a text that is a constant, and query_text or query_vector."
        raise SqlError("REQUIRED_PARAMETER_NOT_FOUND", text, "4274K")
    return told


def _given(index: str, told: dict[str, exp.Expr]) -> list[exp.Expr]:
    kinds = {"query_text": "STRING", "query_vector": "ARRAY<DOUBLE>", "num_results": "INT", "query_type": "STRING"}
    return [
        exp.Literal.string(index),
        *(
            exp.cast(told.get(name, exp.Null()).copy(), exp.DataType.build(kind, dialect="databricks"))
            for name, kind in kinds.items()
        ),
    ]
