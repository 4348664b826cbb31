"""Model serving: foundation-model endpoints for chat and embeddings, and endpoints over registered models.

Emulated: chat completions with tools, streaming and structured output, the Responses API, embeddings, invocations;
registered versions run from their own code, each in a process of its own, and the traffic is drawn by percentage;
updates without an interruption, build and server logs, inference tables, agent deployments; external-model endpoints
stored with config and tags.
Differs: behind a chat endpoint answers the stand-in writer, or the server that `--llm [ENDPOINT=]URL[#MODEL]` names, a
recording or a script (`mocks/backends`); behind an embedding endpoint all-MiniLM-L6-v2, its 384 numbers padded with
zeros. Every response says who answered: in the header
`x-sandbricks-answered-by` and as `sandbricks_output.answered_by`, chat also as `system_fingerprint`; `model` is the
endpoint that was asked.
Refused: querying an external model that is mapped to no server (501): nothing is called outside unless told.
"""
