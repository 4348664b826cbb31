"""A Genie space as a tool: the managed MCP server of the workspace, polled until its answer is there."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

import mlflow
from databricks.sdk import WorkspaceClient
from langchain_core.tools import BaseTool
from langchain_mcp_adapters.client import MultiServerMCPClient
from mlflow.entities import SpanType

from agent.access import WorkspaceAuth
from agent.settings import Settings

_ENDED = {"COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED"}
_PAUSE = 0.5
_POLLS = 600

T = TypeVar("T")
Answer = dict[str, Any]


class GenieError(Exception):
    """There is no such space, or its server answers out of turn."""


class Genie:
    """Asks one space."""

    def __init__(self, w: WorkspaceClient, settings: Settings) -> None:
        self.space_id = settings.genie_space_id or find_space(w, settings.genie_space_title)
        self._client = MultiServerMCPClient(
            {
                "genie": {
                    "transport": "streamable_http",
                    "url": f"{w.config.host}/api/2.0/mcp/genie/{self.space_id}",
                    "auth": WorkspaceAuth(w.config),
                    "timeout": timedelta(seconds=60),
                }
            }
        )

    @cached_property
    def _tools(self) -> dict[str, BaseTool]:
        return {tool.name: tool for tool in _run(self._client.get_tools())}

    def ask(self, question: str) -> Answer:
        """The whole envelope of the answer: its texts, and its queries with their rows."""
        with mlflow.start_span(f"genie {self.space_id}", span_type=SpanType.TOOL) as span:
            told = {"query": question}
            span.set_inputs(told)
            ask = self._tool(f"query_space_{self.space_id}")
            poll = self._tool(f"poll_response_{self.space_id}")
            answer = _run(_ended(ask, poll, told))
            span.set_attribute("genie.sql", sql(answer))
            span.set_outputs(answer)
        return answer

    def _tool(self, name: str) -> BaseTool:
        if name not in self._tools:
            raise GenieError(f"The space's MCP server has no tool {name}, only {', '.join(self._tools)}.")
        return self._tools[name]


async def _ended(ask: BaseTool, poll: BaseTool, told: dict[str, str]) -> Answer:
    answer = _envelope(await ask.ainvoke(told))
    for _ in range(_POLLS):
        if answer.get("status") in _ENDED:
            return answer
        await asyncio.sleep(_PAUSE)
        message = {"conversation_id": answer["conversationId"], "message_id": answer["messageId"]}
        answer = _envelope(await poll.ainvoke(message))
    raise GenieError(f"Genie gave no answer within {_PAUSE * _POLLS:.0f} s.")


def find_space(w: WorkspaceClient, title: str) -> str:
    token = None
    while True:
        page = w.genie.list_spaces(page_token=token)
        for space in page.spaces or ():
            if space.title == title:
                return space.space_id
        token = page.next_page_token
        if not token:
            raise GenieError(f"This workspace has no Genie space called {title!r}.")


def sql(answer: Answer) -> list[str]:
    """The queries that Genie ran for an answer."""
    queries = (answer.get("content") or {}).get("queryAttachments") or ()
    return [query["query"] for query in queries if query.get("query")]


def _envelope(content: Any) -> Answer:
    """An MCP tool answers a list of content blocks; Genie's first one is its envelope as JSON."""
    if isinstance(content, list):
        content = next((block["text"] for block in content if block.get("type") == "text"), "")
    answer: Answer = json.loads(content)
    return answer


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own, because the caller may already be inside a running event loop (a notebook, a server)."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
