"""Genie: questions in plain words become SQL over the tables of a space.

Emulated: spaces with their serialized_space, conversations, messages, query results, feedback, comments,
eval runs over the space's benchmarks, the managed MCP server of a space
and the one over all spaces. A test may script the answer to a question; its SQL really runs.
Differs: no language model: curated examples and a grammar over the space's own words; it asks back rather than guess.
Refused: downloads and visualizations; a question that would write.
"""
