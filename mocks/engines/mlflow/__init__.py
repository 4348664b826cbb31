"""The real MLflow: its server, its registry, and what is read from its traces."""
