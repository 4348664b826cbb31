"""Scorers of an experiment: registered, versioned, and those that are started really score the traces that arrive.

Emulated: scheduled scorers (list, create, replace, delete) and their versions. A started scorer is run on each finished
trace that its filter and its sample rate choose, in a child process, and what it says is written on the trace. A hash
of its id decides whether a trace is sampled, so the answer never changes; no scorer scores a trace twice, not even
after a crash. One that raises, or takes longer than a minute, leaves an assessment with its error. Traces in Unity
Catalog are scored by the experiments that are linked to their location.
Differs: a trace is scored when it arrives, not every quarter of an hour; one that does not match a filter is looked at
again when its tags or assessments change. Traces of evaluation runs are left out, as by MLflow's own online scoring.
Refused: starting scorers of whole sessions, filters that MLflow cannot read, backfills and the cadence of monitoring.
"""
