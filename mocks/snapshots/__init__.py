"""Snapshots: the state of a workspace, kept under a name and put into any workspace of the sandbox.

Emulated: nothing of Databricks; part of the control API under `/_sandbox`. A snapshot holds the records, the tables
with their history, files, vectors and what MLflow knows, as JSON lines, DuckDB and SQLite files and Parquet, with a
manifest that names the version of the format.
Differs: users with tokens of their own are not kept. If another workspace of the sandbox has the same MLflow ids, what
is loaded gets new ones.
Refused: a snapshot of a newer format; a name that exists, unless it is to be overwritten.
"""
