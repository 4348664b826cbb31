"""The real engines behind the services: DuckDB, Chroma, MLflow, the embedding model, the chat models."""
