"""Model serving: foundation-model endpoints for chat and embeddings, and the records of endpoints made by the user.

Emulated: chat completions with tools, streaming and structured output, the Responses API, embeddings, invocations;
endpoints listed and described; external-model endpoints stored with config and tags.
Differs: behind a chat endpoint answers the stand-in writer, or the server named by `--llm URL[#model]`; behind an
embedding endpoint all-MiniLM-L6-v2, its 384 numbers padded with zeros. Every response says who answered: in the header
`x-sandbricks-answered-by` and as `sandbricks_output.answered_by`, chat also as `system_fingerprint`; `model` is the
endpoint that was asked.
Refused: endpoints over registered models (501, issue 4); querying an external model (501): nothing is called outside.
"""
