"""Served models: one process each, in an environment of their own."""
