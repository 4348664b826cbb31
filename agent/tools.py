"""The two tools of the agent: search in the documents, and Genie over the tables."""

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any

from langchain_core.messages import AnyMessage, HumanMessage, ToolMessage
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.prebuilt import InjectedState
from mlflow.entities import Document

from agent.amendments import InForce, in_force
from agent.genie import Genie, sql
from agent.prompts import AMBIGUOUS, GENIE, SEARCH, UNKNOWN
from agent.retriever import Retriever

_SEVERAL = 3
Found = tuple[str, dict[str, Any]]


def search_tool(retriever: Retriever) -> BaseTool:
    def search_contracts(query: str, state: Annotated[dict[str, Any], InjectedState]) -> Found:
        """Searches the documents; a follow-up question stays with the contracts of the one before it."""
        named = retriever.identifiers(query) or _asked_before(retriever, state["messages"])
        found = retriever.search(query, named)
        return _told(found, named if retriever.scoped else None), {"sources": [_source(document) for document in found]}

    return StructuredTool.from_function(
        search_contracts, description=SEARCH, response_format="content_and_artifact", parse_docstring=False
    )


def genie_tool(genie: Genie) -> BaseTool:
    def ask_genie(question: str) -> Found:
        """Asks Genie a question that stands alone; what was said before is for the model to put into it."""
        answer = genie.ask(question)
        told = {name: answer.get(name) for name in ("content", "status")}
        return json.dumps(told, ensure_ascii=False), {"sql": sql(answer)}

    return StructuredTool.from_function(
        ask_genie, description=GENIE, response_format="content_and_artifact", parse_docstring=False
    )


def _asked_before(retriever: Retriever, messages: Sequence[AnyMessage]) -> list[str]:
    for message in reversed(messages):
        if isinstance(message, HumanMessage) and (named := retriever.identifiers(str(message.content))):
            return named
    return []


def _told(found: Sequence[Document], named: Sequence[str] | None) -> str:
    """The passages as the model reads them, and what it should know about a search within named contracts."""
    told: dict[str, Any] = {"passages": [_passage(one) for one in in_force(found)]}
    if named is None:
        return json.dumps(told, ensure_ascii=False)
    unknown = sorted(set(named) - {document.metadata["contract_id"] for document in found})
    if unknown:
        told["note"] = UNKNOWN.format(contracts=", ".join(unknown))
    elif not named and (several := _several(found)):
        told["note"] = AMBIGUOUS.format(contracts=", ".join(several))
    return json.dumps(told, ensure_ascii=False)


def _several(found: Sequence[Document]) -> list[str]:
    contracts = sorted({document.metadata["contract_id"] for document in found} - {""})
    return contracts if len(contracts) >= _SEVERAL else []


def _passage(one: InForce) -> dict[str, Any]:
    about = one.passage.metadata
    changed_by = " and ".join(_name(amendment) for amendment in one.amendments)
    told = {
        "source": _name(one.passage),
        "section": f"{about['section']}, as amended by {changed_by}" if changed_by else about["section"],
        "contract_id": about["contract_id"],
        "kind": about["kind"],
        "effective_date": about["effective_date"],
        "text": one.text,
    }
    return {name: value for name, value in told.items() if value}


def _name(document: Document) -> str:
    return PurePosixPath(document.metadata["doc_uri"]).name


def _source(document: Document) -> dict[str, Any]:
    return {name: document.metadata.get(name) for name in ("doc_uri", "section", "chunk_id", "score")}


def artifacts(messages: Iterable[AnyMessage]) -> Iterable[dict[str, Any]]:
    """What the tools found, beside what they told the model."""
    return (m.artifact for m in messages if isinstance(m, ToolMessage) and isinstance(m.artifact, dict))
