"""Prompts in Unity Catalog, kept as MLflow's own prompts.

Emulated: text and chat templates, versions, aliases, tags, search, links to traces.
Differs: MLflow keeps them beside its models, so their names carry a prefix there.
Refused: names that have not three levels, schemas that do not exist.
"""
