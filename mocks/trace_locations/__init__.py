"""Traces in Unity Catalog: locations of a schema (V4) and of a table prefix (V5), and OTLP ingestion.

Emulated: locations made and linked to experiments; spans by OTLP (protobuf or JSON); trace infos, tags, assessments,
links to runs, search, reading whole traces.
Differs: the traces lie in the MLflow server, in an experiment of their location that only the pages show.
Refused: a schema that does not exist; a search over locations and experiments without one, as on the real service.
"""
