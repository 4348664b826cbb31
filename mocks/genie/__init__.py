"""Genie: questions in plain words become SQL over the tables of a space.

Emulated: spaces with their serialized_space, conversations, messages, query results, feedback, the managed MCP server.
Differs: no language model: curated examples and a grammar over the space's own words; it asks back rather than guess.
Refused: eval runs, comments and downloads; a question that would write.
"""
