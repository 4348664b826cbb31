"""Genie: questions in plain words become SQL over the tables of a space.

Emulated: spaces with their serialized_space, conversations, messages, query results, feedback, comments, downloads,
eval runs over the space's benchmarks, the managed MCP server of a space
and the one over all spaces. A test may script the answer to a question; its SQL really runs.
With grants enforced, access lists on spaces hold and SQL runs with the rights of whoever asks.
Differs: curated examples and a grammar over the space's own words instead of a language model, and it asks back rather
than guess. A word that nobody wrote is read as the name nearest in meaning, by the embedding model, and the answer says
so. With `--llm` a model proposes the SQL where no example query answers; it is checked, repaired once, and named in the
answer.
Refused: visualizations; a question that would write.
"""
