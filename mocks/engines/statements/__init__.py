"""What a statement does that DuckDB does not do by itself: DDL, SHOW, sessions, history, files, upkeep."""
