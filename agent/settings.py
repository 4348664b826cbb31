"""Every name and knob of the agent, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("settings.yaml")


@dataclass(frozen=True)
class Settings:
    """Where the documents, tables and endpoints are, and how much the agent reads."""

    catalog: str = "main"
    schema: str = "contracts"
    volume: str = "raw"
    chunks: str = "chunks"
    index: str = "chunks_index"
    vector_endpoint: str = "contracts"
    genie_space_title: str = "Contract tables"
    genie_space_id: str | None = None
    warehouse_id: str | None = None
    chat_endpoint: str = "databricks-claude-sonnet-4-5"
    embedding_endpoint: str = "databricks-gte-large-en"
    prompt: str = "contract_agent"
    prompt_alias: str = "champion"
    model: str = "agent"
    model_alias: str = "champion"
    endpoint: str = "contract-agent"
    experiment: str = "/Shared/contract-agent"
    profile: str = "contracts"  # or "plain": documents of any kind, without numbers, amendments and parties
    identifier: str = r"\b[A-Z]{2,5}-\d{2,6}\b"
    reader: str = "here"  # or "spark": files are read on the nodes of a cluster
    volumes_root: str = ""  # what stands before /Volumes/... on those nodes
    chunking: str = "section"
    chunk_characters: int = 1200
    chunk_overlap: int = 100
    scoped: bool = True  # search within the contracts that a question names; else anywhere, by likeness alone
    k: int = 5
    max_steps: int = 6

    @classmethod
    def load(cls, file: Path = FILE) -> "Settings":
        return cls.of(yaml.safe_load(file.read_text()) or {})

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Settings":
        """Refuses a name that is no setting, so that a typing error is seen."""
        unknown = set(told) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"Unknown settings: {', '.join(sorted(unknown))}.")
        return cls(**told)

    def with_space(self, space_id: str) -> "Settings":
        return replace(self, genie_space_id=space_id)

    @property
    def volume_path(self) -> str:
        return f"/Volumes/{self.catalog}/{self.schema}/{self.volume}"

    @property
    def chunks_table(self) -> str:
        return self.full_name(self.chunks)

    @property
    def files_table(self) -> str:
        return self.full_name(f"{self.chunks}_files")

    @property
    def index_name(self) -> str:
        return self.full_name(self.index)

    @property
    def prompt_name(self) -> str:
        return self.full_name(self.prompt)

    @property
    def model_name(self) -> str:
        return self.full_name(self.model)

    def full_name(self, name: str) -> str:
        return f"{self.catalog}.{self.schema}.{name}"
