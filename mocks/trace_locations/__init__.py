"""Traces in Unity Catalog: locations of a schema (V4) and of a table prefix (V5), and OTLP ingestion.

Emulated: locations made and linked to experiments; spans by OTLP (protobuf or JSON); trace infos, tags, assessments,
links to runs, search, reading whole traces; the spans as rows of the location's table, for SQL.
Differs: the traces lie in the MLflow server, in an experiment of their location that only the pages show, and the table
holds their spans beside them; tags and assessments are in no table, and the table of logs stays empty.
Refused: a schema that does not exist; a search over locations and experiments without one, as on the real service.
"""
