"""Functions of Unity Catalog: made by SQL and by databricks-sdk, called in SQL and through the managed MCP server."""

import asyncio
import json
import urllib.request

import pytest
from databricks.sdk.errors import NotFound
from databricks.sdk.service.catalog import (
    ColumnTypeName,
    CreateFunction,
    CreateFunctionParameterStyle,
    CreateFunctionRoutineBody,
    CreateFunctionSecurityType,
    CreateFunctionSqlDataAccess,
    FunctionParameterInfo,
    FunctionParameterInfos,
)
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.exceptions import McpError

GREET = """CREATE OR REPLACE FUNCTION greet(name STRING COMMENT 'whom to greet', times INT DEFAULT 1)
    RETURNS STRING LANGUAGE PYTHON COMMENT 'Says hello' AS $$
import re
def loud(text):
    return re.sub('l', 'L', text)
return ' '.join([loud('hello ' + (name or 'nobody'))] * times)
$$"""


@pytest.fixture
def rows(run):
    def values(statement):
        answer = run(statement)
        assert answer.status.error is None, answer.status.error
        return answer.result.data_array

    return values


@pytest.fixture
def mcp(server, workspace):
    def ask(path, work):
        async def session():
            headers = {"Authorization": f"Bearer {workspace['token']}"}
            async with (
                streamablehttp_client(f"{server.host}/api/2.0/mcp/functions/{path}", headers=headers) as (
                    read,
                    write,
                    _,
                ),
                ClientSession(read, write) as client,
            ):
                await client.initialize()
                return await work(client)

        return asyncio.run(session())

    return ask


def output(result):
    return json.loads(result.content[0].text)


def test_a_python_function_computes_in_sql_for_every_row(run, rows):
    run(GREET)

    assert rows("SELECT greet('al', 2), greet(NULL)") == [["heLLo aL heLLo aL", "heLLo nobody"]]
    assert rows("SELECT count(DISTINCT greet(CAST(id AS STRING))) FROM range(5000)") == [["5000"]]


def test_a_python_function_made_by_the_sdk_computes_and_is_shown_as_it_was_made(w, rows):
    text = {"type_text": "bigint", "type_name": ColumnTypeName.LONG}
    parameter = FunctionParameterInfo(name="x", type_json='{"name":"x","type":"long"}', position=0, comment="n", **text)
    made = w.functions.create(
        CreateFunction(
            name="twice",
            catalog_name="main",
            schema_name="default",
            input_params=FunctionParameterInfos([parameter]),
            data_type=ColumnTypeName.LONG,
            full_data_type="BIGINT",
            routine_body=CreateFunctionRoutineBody.EXTERNAL,
            routine_definition="return x * 2",
            external_language="PYTHON",
            parameter_style=CreateFunctionParameterStyle.S,
            is_deterministic=True,
            sql_data_access=CreateFunctionSqlDataAccess.NO_SQL,
            is_null_call=False,
            security_type=CreateFunctionSecurityType.DEFINER,
            specific_name="twice",
        )
    )

    assert rows("SELECT twice(21)") == [["42"]]
    assert (made.full_name, made.external_language, made.routine_definition) == (
        *("main.default.twice", "PYTHON", "return x * 2"),
    )
    assert [p.comment for p in w.functions.get("main.default.twice").input_params.parameters] == ["n"]


@pytest.mark.parametrize(
    ("parameters", "arguments", "returned", "body", "value"),
    [
        ("a ARRAY<INT>", "array(1, 2)", "INT", "return sum(a)", "3"),
        ("m MAP<STRING, INT>", "map('k', 5)", "INT", "return m['k']", "5"),
        ("d DECIMAL(10,2)", "1.5", "DECIMAL(10,2)", "return d * 2", "3.00"),
        ("d DATE", "DATE'2024-01-31'", "DATE", "import datetime\nreturn d + datetime.timedelta(1)", "2024-02-01"),
        ("b BINARY", "CAST('ab' AS BINARY)", "BINARY", "return b[::-1]", "YmE="),
        ("x INT", "1", "ARRAY<STRING>", "return [str(x), None]", '["1",null]'),
        ("x INT", "1", "STRUCT<a: INT, b: STRING>", "return {'a': x, 'b': 'y'}", '{"a":1,"b":"y"}'),
        ("", "", "DOUBLE", "import numpy\nreturn float(numpy.sqrt(16))", "4.0"),
    ],
)
def test_values_of_every_type_go_in_and_out(run, rows, parameters, arguments, returned, body, value):
    run(f"CREATE FUNCTION f({parameters}) RETURNS {returned} LANGUAGE PYTHON AS $$\n{body}\n$$")

    assert rows(f"SELECT f({arguments})") == [[value]]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 1 / 0", "ZeroDivisionError"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 80))", "PermissionError"),
        ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1')", "PermissionError"),
        ("open('/etc/passwd')", "PermissionError"),
        ("open('/tmp/written', 'w')", "PermissionError"),
        ("import os\nos.listdir('/')", "PermissionError"),
        ("import os\nos.system('true')", "PermissionError"),
        ("import subprocess\nsubprocess.run(['true'])", "PermissionError"),
        ("import ctypes\nctypes.CDLL(None).getpid()", "PermissionError"),
        ("import os\nos.fork()", "PermissionError"),
        ("return len(bytes(2 * 1024**3))", "MemoryError"),
        ("import os\nos._exit(0)", "the process ended"),
        ("raise SystemExit", "SystemExit"),
        ("return 'no number'", "does not fit the return type"),
        ("return (", "SyntaxError"),
    ],
)
def test_what_a_body_must_not_or_cannot_do_fails_the_statement_and_nothing_else(run, rows, body, said):
    run(f"CREATE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS $$\n{body}\n$$")

    failed = run("SELECT f()").status.error.message
    assert failed.startswith("[UDF_USER_CODE_ERROR.GENERIC] Execution of function main.default.f failed.")
    assert said in failed
    assert rows("SELECT 1") == [["1"]]


def test_a_body_sees_nothing_of_the_gateway_s_environment(run, rows):
    run("CREATE FUNCTION f() RETURNS STRING LANGUAGE PYTHON AS $$\nimport os\nreturn ','.join(sorted(os.environ))\n$$")

    assert rows("SELECT f()") == [["LANG,OMP_NUM_THREADS,OPENBLAS_NUM_THREADS"]]


def test_a_replaced_function_computes_anew_and_a_dropped_one_is_gone(w, run, rows):
    run("CREATE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS $$ return 1 $$")
    assert rows("SELECT f()") == [["1"]]

    run("CREATE OR REPLACE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS $$ return 2 $$")
    assert rows("SELECT f()") == [["2"]]
    run("DROP FUNCTION f")
    with pytest.raises(NotFound):
        w.functions.get("main.default.f")
    assert "UNRESOLVED_ROUTINE" in run("SELECT f()").status.error.message


def test_functions_are_listed_described_and_given_to_another_owner(w, run, rows):
    run(GREET)

    w.functions.update("main.default.greet", owner="ann@x.org")

    assert [found.full_name for found in w.functions.list("main", "default")] == ["main.default.greet"]
    assert rows("SHOW USER FUNCTIONS") == [["default.greet"]]
    described = "\n".join(row[0] for row in rows("DESCRIBE FUNCTION EXTENDED greet"))
    for told in ("main.default.greet", "whom to greet", "STRING", "Says hello", "PYTHON", "ann@x.org", "re.sub"):
        assert told in described


def test_another_language_is_refused(run):
    assert "functions in SCALA" in run("CREATE FUNCTION f() RETURNS INT LANGUAGE SCALA AS $$ 1 $$").status.error.message


def test_the_managed_server_describes_functions_by_their_parameters_and_comments(run, mcp):
    run(GREET)

    (tool,) = mcp("main/default", lambda client: client.list_tools()).tools

    assert (tool.name, tool.description) == ("main__default__greet", "Says hello")
    assert tool.inputSchema["properties"] == {
        "name": {"type": "string", "description": "whom to greet"},
        "times": {"type": "integer"},
    }
    assert tool.inputSchema["required"] == ["name"]


def test_a_tool_call_computes_with_defaults_for_what_is_left_out(run, mcp):
    run(GREET)

    told = mcp("main/default/greet", lambda client: client.call_tool("main__default__greet", {"name": "al"}))

    assert output(told) == {"is_truncated": False, "columns": ["output"], "rows": [["heLLo aL"]]}


def test_a_tool_call_takes_lists_and_gives_tables(run, mcp):
    run(
        "CREATE FUNCTION up(a ARRAY<INT>) RETURNS TABLE(i INT, d DOUBLE) "
        "RETURN SELECT x, x * 1.5D FROM explode(a) AS t(x)"
    )

    told = mcp("main/default", lambda client: client.call_tool("main__default__up", {"a": [1, 2]}))

    assert output(told)["columns"] == ["i", "d"]
    assert sorted(output(told)["rows"]) == [["1", "1.5"], ["2", "3.0"]]


@pytest.mark.parametrize(
    ("path", "name", "arguments", "said"),
    [
        ("main/default/nope", "main__default__nope", {}, "BAD_REQUEST: main.default.nope not found"),
        ("main/default", "main__default__nope", {}, "BAD_REQUEST: tool 'main__default__nope' not found"),
        ("main/default", "greet", {}, "BAD_REQUEST: tool 'greet' malformed"),
        ("main/default", "main__default__greet", {}, "BAD_REQUEST: Missing parameter value for 'name'"),
        ("main/default", "main__default__greet", {"name": 1}, "BAD_REQUEST: The value of parameter 'name'"),
        ("main/default", "main__default__greet", {"name": "a", "x": 1}, "BAD_REQUEST: main.default.greet has no"),
    ],
)
def test_a_wrong_call_is_an_error_that_says_why(run, mcp, path, name, arguments, said):
    run(GREET)

    async def call(client):
        with pytest.raises(McpError) as caught:
            await client.call_tool(name, arguments)
        return str(caught.value)

    assert said in mcp(path, call)


def test_python_exec_gives_what_the_code_prints(mcp):
    told = mcp("system/ai", lambda c: c.call_tool("system__ai__python_exec", {"code": "print(sum(range(10)))"}))
    failed = mcp(
        "system/ai", lambda c: c.call_tool("system__ai__python_exec", {"code": "print(1)\nopen('/etc/passwd')"})
    )

    assert output(told)["rows"] == [["45\n"]]
    assert "PermissionError" in output(failed)["rows"][0][0]


def test_a_slow_call_is_kept_alive_by_pings_until_its_answer_comes(server, workspace, run):
    run("CREATE FUNCTION slow() RETURNS INT LANGUAGE PYTHON AS $$\nimport time\ntime.sleep(2.5)\nreturn 7\n$$")
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "main__default__slow", "arguments": {}},
    }
    headers = {"Authorization": f"Bearer {workspace['token']}", "Content-Type": "application/json"}
    address = f"{server.host}/api/2.0/mcp/functions/main/default"

    with urllib.request.urlopen(urllib.request.Request(address, json.dumps(call).encode(), headers)) as answer:
        kind, told = answer.headers["Content-Type"], answer.read().decode()

    assert kind.startswith("text/event-stream")
    assert told.startswith(": ping")
    (data,) = [line.removeprefix("data: ") for line in told.splitlines() if line.startswith("data: ")]
    assert json.loads(data)["result"]["structuredContent"]["rows"] == [["7"]]


def test_the_official_client_waits_for_a_slow_call(run, mcp):
    run("CREATE FUNCTION slow() RETURNS INT LANGUAGE PYTHON AS $$\nimport time\ntime.sleep(2.5)\nreturn 7\n$$")

    assert output(mcp("main/default", lambda c: c.call_tool("main__default__slow", {})))["rows"] == [["7"]]


def test_a_table_function_that_tells_no_columns_has_those_of_its_query(w, run, rows):
    run("CREATE FUNCTION evens(most INT) RETURNS TABLE RETURN SELECT id, id / 2 AS half FROM range(evens.most)")

    assert rows("SELECT half FROM evens(3) WHERE id = 2") == [["1.0"]]
    assert w.functions.get("main.default.evens").full_data_type == "(id BIGINT, half DOUBLE)"
