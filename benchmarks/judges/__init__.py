"""Balanced pairs for every kind of judge, and how well the rule judge tells them apart."""
