"""Prompts in Unity Catalog, kept as MLflow's own prompts.

Emulated: text and chat templates, versions, aliases, tags, search by name and tags, links to traces, runs and models.
Differs: MLflow keeps them beside its models, so their names carry a prefix there.
Refused: names that have not three levels, schemas that do not exist, changing a template, deleting a prompt that has
versions or a version that an alias points at, filters other than by name and tags.
"""
