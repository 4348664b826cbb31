"""Databricks SQL as DuckDB understands it: grammar, functions, types and names, where the two mean different things."""
