"""Models in Unity Catalog, kept in MLflow's own registry under their three-level names.

Emulated: models and versions with aliases, tags, descriptions, search, deletion; their files through the Files API.
Differs: a version is PENDING_REGISTRATION until its files are in, as on Databricks, but its files lie on this disk.
Refused: stages; the native form /api/2.1/unity-catalog/models.
"""
