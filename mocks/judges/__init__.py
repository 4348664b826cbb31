"""Judges: the two managed endpoints that MLflow's scorers ask when their model is "databricks".

Emulated: assessments (correctness, groundedness, relevance to the query, relevance of each chunk, sufficiency of the
context, harmfulness, guidelines) and completions of judge prompts, with the tools of trace judges; all other built-in
judges and `make_judge` come in as prompts, here or at a chat endpoint.
Differs: on Databricks language models judge; here the rule judge does (`mocks/engines/judging`), which compares
numbers, names, denials and meanings, and says so in every rationale. With `--llm` the model judges; `--judge both`
asks both and tells where they disagree.
Refused: assessments with other names (an error in the body, as the service reports it).
"""
