"""The tools of a schema or function, and their calls."""

from collections.abc import Sequence
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.mcp import INVALID_PARAMS, McpError, Tool
from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.names import backticked
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import FUNCTION, Securable
from mocks.engines.warehouse.python_functions import PythonFunctions, WorkerError
from mocks.engines.warehouse.sql_warehouse import Parameter, SqlError, Warehouse
from mocks.functions.wire import FunctionResult, checked, json_schema, text

MOST_ROWS = 100
SYSTEM = ("system", "ai")


class FunctionStore:
    """The functions of one workspace as tools."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def tools(self, catalog: str, schema: str, name: str | None) -> Sequence[Tool]:
        """One tool, or one for each function of the schema.

        Raises: McpError
        """
        if (catalog, schema) == SYSTEM:
            return self._system_tools(name)
        metastore = self._workspace.engine(Metastore)
        try:
            if name is not None:
                return [self._tool(metastore.get(FUNCTION, f"{catalog}.{schema}.{name}"))]
            found = metastore.within(FUNCTION, f"{catalog}.{schema}".lower())
        except SqlError as error:
            raise McpError(INVALID_PARAMS, f"BAD_REQUEST: {error.subject or error.message} not found.") from None
        names = [record.name for record in found]
        seen = set(self._workspace.engine(Grants).visible(self._workspace.user_name, FUNCTION, names))
        return [self._tool(record) for record in found if "__" not in record.name and record.name in seen]

    def _tool(self, record: Securable) -> Tool:
        parameters = record.details["parameters"]
        schemas = {told["name"]: _schema(told) for told in parameters}
        return Tool(
            name=record.name.replace(".", "__"),
            description=record.comment or f"Calls the function {record.name}.",
            input_schema={
                "type": "object",
                "properties": schemas,
                "required": [told["name"] for told in parameters if told["default"] is None],
            },
            call=lambda given, _: self._call(record, schemas, given),
        )

    def _call(self, record: Securable, schemas: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        unknown = given.keys() - schemas.keys()
        if unknown:
            raise McpError(INVALID_PARAMS, f"BAD_REQUEST: {record.name} has no parameter '{min(unknown)}'.")
        values, arguments = _bound(record, {name: checked(name, given[name], schemas[name]) for name in given})
        called = f"{backticked(*record.name.split('.'))}({', '.join(arguments)})"
        statement = f"SELECT * FROM {called}" if record.details["returns"] else f"SELECT {called} AS output"  # noqa: S608  # quoted
        try:
            found = self._workspace.engine(Warehouse).run(
                statement, parameters=values, row_limit=MOST_ROWS, user=self._workspace.user_name
            )
        except SqlError as error:
            raise McpError(INVALID_PARAMS, f"BAD_REQUEST: {error.message}") from None
        names = [column.name for column in found.columns]
        return FunctionResult(is_truncated=found.truncated, columns=names, rows=found.rows()).body()

    def _system_tools(self, name: str | None) -> Sequence[Tool]:
        """What the schema `system.ai` has on the real service and can be computed here."""
        if name not in (None, "python_exec"):
            raise McpError(INVALID_PARAMS, f"BAD_REQUEST: system.ai.{name} not found.")
        code = {"type": "string", "description": "Python code; what it prints is the result."}
        return [
            Tool(
                name="system__ai__python_exec",
                description="Runs Python code in a confined process without network and files; gives what it prints.",
                input_schema={"type": "object", "properties": {"code": code}, "required": ["code"]},
                call=lambda given, _: self._execute(given),
                read_only=False,
            )
        ]

    def _execute(self, given: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(given["code"], str):
            raise InvalidParameterValue("The argument code must be a text.")
        try:
            told = self._workspace.engine(PythonFunctions).execute(given["code"])
        except WorkerError as error:
            told = {"printed": "", "error": str(error)}
        printed = "\n".join(part for part in (told["printed"], told.get("error")) if part)
        return FunctionResult(is_truncated=False, columns=["output"], rows=[[printed]]).body()


def _schema(told: dict[str, Any]) -> dict[str, Any]:
    from mocks.engines.statements.routines import sql_type

    described = json_schema(sql_type(told["sql_type"]))
    return described | ({"description": told["comment"]} if told["comment"] else {})


def _bound(record: Securable, given: dict[str, Any]) -> tuple[list[Parameter], list[str]]:
    """The parameters of the statement, and the arguments of the call; what is left out has its default."""
    values: list[Parameter] = []
    arguments = []
    for told in record.details["parameters"]:
        name, kind = told["name"], told["sql_type"]
        if name not in given:
            arguments.append(f"({told['default']})")
            continue
        nested = isinstance(given[name], list | dict)
        values.append((name, text(given[name]), "STRING" if nested else kind))
        arguments.append(f"from_json(:{name}, '{kind}')" if nested else f":{name}")
    return values, arguments
