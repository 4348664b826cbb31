"""The Review App: who labels which traces by which questions, and the page on which it is done.

Emulated: review apps of experiments with agents and label schemas of every input type, labeling sessions with their
MLflow run, assigned users and items (traces and records of datasets), states of items; the page that clients link to,
where a reviewer reads a trace and answers the questions: the labels land as HUMAN assessments on the trace.
Differs: the page is plain HTML without scripts; who has signed in labels, whoever was assigned.
Refused: chat rounds with an agent in a session (the page says so), the newer review queues (404).
"""
