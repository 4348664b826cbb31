"""What answers behind the chat endpoints: the control API for scripts, recordings and model servers.

Emulated: a script answers the requests that it matches, with text, JSON, tool calls, an error or a delay; a recording
is an answer that a model once gave; a model server is any that speaks OpenAI's Chat Completions. All are told per
workspace.
Differs: the Databricks service has no such switches; these lie under `/_sandbox` and want the control token.
Refused: recordings of embeddings and of endpoints over registered models, which are computed here anyway.
"""
