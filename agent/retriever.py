"""Passages for a question: by meaning, within the contracts that it names, with the amendments that govern them."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.entities import Document, SpanType

from agent.amendments import amends, order
from agent.settings import Settings

COLUMNS = (
    "chunk_id",
    "doc_uri",
    "title",
    "kind",
    "status",
    "contract_id",
    "amendment_no",
    "effective_date",
    "section",
    "content",
)
_NO_DRAFT = {"status NOT": "draft"}
_AMENDMENTS = 20  # so many that none is missing between the contract and the newest one
_LIKELY = 3
_LIBRARY = 2


class Retriever:
    """Searches the vector index of the chunks table."""

    def __init__(self, w: WorkspaceClient, settings: Settings) -> None:
        self._w, self._settings = w, settings
        self.scoped, self.k = settings.scoped, settings.k

    def identifiers(self, text: str) -> list[str]:
        """The contract numbers in the text, each once, in order."""
        if not self._settings.identifier:
            return []
        return list(dict.fromkeys(found[0] for found in re.finditer(self._settings.identifier, text.upper())))

    def search(self, query: str, contract_ids: Sequence[str]) -> list[Document]:
        """Sections by likeness, each behind the newest amendment that changes it, older ones after all; no draft."""
        with mlflow.start_span(self._settings.index_name, span_type=SpanType.RETRIEVER) as span:
            span.set_inputs({"query": query, "contract_ids": list(contract_ids)})
            found = self._found(query, contract_ids)
            span.set_outputs(found)
        return found

    def _found(self, query: str, contract_ids: Sequence[str]) -> list[Document]:
        if not self.scoped:
            return self._query(query, {}, self._settings.k)
        return self._of_contracts(query, contract_ids) if contract_ids else self._anywhere(query)

    def _anywhere(self, query: str) -> list[Document]:
        return self._query(query, _NO_DRAFT, self._settings.k, "HYBRID")

    def _of_contracts(self, query: str, contract_ids: Sequence[str]) -> list[Document]:
        found = [self._of_contract(query, contract_id) for contract_id in contract_ids]
        library = self._query(query, {"contract_id": "", **_NO_DRAFT}, _LIBRARY) if any(found) else []
        return _distinct(_in_turns([*found, library]))

    def _of_contract(self, query: str, contract_id: str) -> list[Document]:
        own = {"contract_id": contract_id, **_NO_DRAFT}
        sections = self._query(query, own | {"kind NOT": "amendment"}, self._settings.k)
        amendments = self._query(query, own | {"kind": "amendment"}, _AMENDMENTS)
        newest_first = sorted(amendments, key=order, reverse=True)
        ordered: list[Document] = []
        older: list[Document] = []
        for section in sections:
            changes = [amendment for amendment in newest_first if amends(amendment, section)]
            ordered += [*changes[:1], section]
            older += changes[1:]
        return [*ordered, *older, *sorted(amendments[:_LIKELY], key=order, reverse=True)]

    def _query(self, query: str, filters: dict[str, Any], number: int, query_type: str = "ANN") -> list[Document]:
        """By meaning alone within one contract: there the words that tell contracts apart are in every passage."""
        answer = self._w.vector_search_indexes.query_index(
            self._settings.index_name,
            list(COLUMNS),
            query_text=query,
            filters_json=json.dumps(filters),
            num_results=number,
            query_type=query_type,
        )
        names = [column.name for column in (answer.manifest and answer.manifest.columns) or ()]
        rows: Iterable[list[Any]] = (answer.result and answer.result.data_array) or ()
        return [_document(dict(zip(names, row, strict=True))) for row in rows]


def _document(row: dict[str | None, Any]) -> Document:
    row["amendment_no"] = int(float(row["amendment_no"] or 0))  # the SDK declares every cell a string
    content = row.pop("content")
    return Document(
        page_content=content, metadata={str(name): value for name, value in row.items()}, id=row["chunk_id"]
    )


def _in_turns(lists: Sequence[Sequence[Document]]) -> Iterable[Document]:
    """Two of each list, then the next two: what is compared stays together."""
    for start in range(0, max(map(len, lists), default=0), 2):
        for documents in lists:
            yield from documents[start : start + 2]


def _distinct(documents: Iterable[Document]) -> list[Document]:
    """The first of each."""
    kept: dict[str | None, Document] = {}
    for document in documents:
        kept.setdefault(document.id, document)
    return list(kept.values())
