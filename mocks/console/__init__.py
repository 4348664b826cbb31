"""The web pages of a workspace: what is in it, chat with its agents, Genie, endpoints with their traffic, monitoring.

Emulated: talking to an endpoint with streaming, sources, SQL and thumbs that land as `user_feedback` on the trace;
asking a Genie space and adding a question to its curated examples; dividing the traffic of an endpoint; quality,
feedback, latency, tokens and cost of each version over time.
Differs: plain pages rendered here; small scripts stream and ease, none is needed. They are ours, not Databricks' own.
Refused: conversations with models that take tables or tensors; costs without prices (the page says so).
"""
