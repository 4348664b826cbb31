"""SQL: warehouses, statement execution, sessions, Thrift for the drivers, and the managed MCP server.

Emulated: statements run by DuckDB, waited for or polled, INLINE and EXTERNAL_LINKS, in JSON_ARRAY, ARROW_STREAM and
    CSV, chunks, named and positional parameters, limits, cancel; sessions that keep USE, temporary views, variables
    and settings; HiveServer2's Thrift service for databricks-sql-connector, with Arrow or column-based rows and the
    catalog calls; warehouses; the query history; `/api/2.0/mcp/sql`.
Differs: warehouses start at once and share one DuckDB; old results are forgotten when memory runs short; ARROW_STREAM
    is given INLINE too, in `attachment`; Thrift results come through the connection, never by cloud fetch.
Refused: what the dialect does not translate (state FAILED, UNSUPPORTED_FEATURE), compression of results.
"""
