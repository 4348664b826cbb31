"""The foundation-model endpoints that every workspace has."""

from dataclasses import dataclass

CHAT, EMBEDDINGS = "llm/v1/chat", "llm/v1/embeddings"


@dataclass(frozen=True)
class FoundationEndpoint:
    """An endpoint: its name, what it does, and how long its vectors are if it embeds."""

    name: str
    task: str
    display_name: str
    dimension: int | None = None


ENDPOINTS = (
    FoundationEndpoint("databricks-claude-sonnet-4-5", CHAT, "Claude Sonnet 4.5"),
    FoundationEndpoint("databricks-claude-sonnet-4", CHAT, "Claude Sonnet 4"),
    FoundationEndpoint("databricks-claude-3-7-sonnet", CHAT, "Claude 3.7 Sonnet"),
    FoundationEndpoint("databricks-gemini-2-5-flash", CHAT, "Gemini 2.5 Flash"),
    FoundationEndpoint("databricks-gpt-5", CHAT, "GPT-5"),
    FoundationEndpoint("databricks-gpt-5-mini", CHAT, "GPT-5 mini"),
    FoundationEndpoint("databricks-gpt-oss-120b", CHAT, "GPT OSS 120B"),
    FoundationEndpoint("databricks-gpt-oss-20b", CHAT, "GPT OSS 20B"),
    FoundationEndpoint("databricks-llama-4-maverick", CHAT, "Llama 4 Maverick"),
    FoundationEndpoint("databricks-meta-llama-3-3-70b-instruct", CHAT, "Meta Llama 3.3 70B Instruct"),
    FoundationEndpoint("databricks-meta-llama-3-1-8b-instruct", CHAT, "Meta Llama 3.1 8B Instruct"),
    FoundationEndpoint("databricks-bge-large-en", EMBEDDINGS, "BGE Large (En)", 1024),
    FoundationEndpoint("databricks-gte-large-en", EMBEDDINGS, "GTE Large (En)", 1024),
)
BY_NAME = {endpoint.name: endpoint for endpoint in ENDPOINTS}
EMBEDDING_ENDPOINTS = {endpoint.name: endpoint.dimension for endpoint in ENDPOINTS if endpoint.dimension is not None}
