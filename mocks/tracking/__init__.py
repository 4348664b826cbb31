"""MLflow tracking and traces: the real MLflow server, with what Databricks does differently on top.

Emulated: experiments, runs, metrics, artifacts, logged models, traces, spans, assessments; MLflow's pages under /ml.
Differs: artifacts lie on this disk; presigned URLs lead back to the sandbox.
Refused: relative experiment names.
"""
