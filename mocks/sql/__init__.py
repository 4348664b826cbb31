"""SQL: warehouses, statement execution, sessions, and the managed MCP server over them.

Emulated: statements run by DuckDB, waited for or polled, INLINE and EXTERNAL_LINKS, in JSON_ARRAY, ARROW_STREAM and
    CSV, chunks, named parameters, limits, cancel; warehouses; `/api/2.0/mcp/sql`.
Differs: warehouses start at once and share one DuckDB; old results are forgotten when memory runs short; ARROW_STREAM
    is given INLINE too, in `attachment`.
Refused: what the dialect does not translate (state FAILED, UNSUPPORTED_FEATURE), compression of results, Thrift.
"""
