"""Answers that a curator prepared: example queries, and trusted functions whose parameters a question fills."""
