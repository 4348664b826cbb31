"""The Review App: who labels which traces by which questions, and the page on which it is done.

Emulated: review apps of experiments with agents and label schemas of every input type, labeling sessions with their
MLflow run, assigned users and items (traces and records of datasets), states of items; the page that clients link to,
where a reviewer reads a trace and answers the questions: the labels land as HUMAN assessments on the trace.
Also the newer review queues with their questions, members and items, and the same page for them.
Differs: who has signed in labels, whoever was assigned (the page tells for whom it is); a label of a review question is
named for the question's title; answers about a record of a dataset become expectations of the record.
Refused: chat rounds with an agent inside a session; agents are talked to on the chat page.
"""
