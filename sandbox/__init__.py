"""Starts, stops, points and resets the sandbox."""
