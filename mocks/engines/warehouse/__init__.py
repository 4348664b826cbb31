"""The SQL warehouse: DuckDB locked down, statements under way, their results and their errors."""
