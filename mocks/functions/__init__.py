"""The managed MCP servers over functions of Unity Catalog.

Emulated: `/api/2.0/mcp/functions/{catalog}/{schema}[/{function}]`: a tool for each function, SQL or Python, its schema
    made of parameters, types, defaults and comments; calls are computed by the SQL engine, Python bodies in a confined
    child process (no network, no files, limited memory and time); `system/ai` with `python_exec`.
Differs: a result is `{is_truncated, columns, rows}` with the cells as strings; its exact form is not documented.
Refused: names with `__`, which the tool names could not tell apart; table functions in Python.
"""
