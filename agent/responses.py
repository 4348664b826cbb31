"""The agent's face to the Responses API: messages in, items and custom outputs out."""

from collections.abc import Generator, Iterator
from typing import Any
from uuid import uuid4

import mlflow
from langchain_core.messages import AIMessage, AIMessageChunk, AnyMessage, BaseMessage
from mlflow.pyfunc.model import ResponsesAgent
from mlflow.types.responses import (
    ResponsesAgentRequest,
    ResponsesAgentResponse,
    ResponsesAgentStreamEvent,
    output_to_responses_items_stream,
    to_chat_completions_input,
)

from agent.graph import Graph
from agent.tools import artifacts

_DONE = "response.output_item.done"


class ContractAgent(ResponsesAgent):
    """Answers from documents and tables, with sources, SQL and the trace's id in `custom_outputs`."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def predict(self, request: ResponsesAgentRequest) -> ResponsesAgentResponse:  # type: ignore[override]  # as MLflow wants it
        events = list(self._events(request))
        output = [event.model_dump()["item"] for event in events if event.type == _DONE]
        return ResponsesAgentResponse(output=output, custom_outputs=events[-1].custom_outputs)

    def predict_stream(  # type: ignore[override]  # as MLflow wants it
        self, request: ResponsesAgentRequest
    ) -> Generator[ResponsesAgentStreamEvent, None, None]:
        yield from self._events(request)

    def _events(self, request: ResponsesAgentRequest) -> Iterator[ResponsesAgentStreamEvent]:
        """The last event carries the custom outputs."""
        _name_session(request)
        said: list[AnyMessage] = []
        last: ResponsesAgentStreamEvent | None = None
        start: Any = {"messages": to_chat_completions_input(request.input), "steps": 0}
        told: Any
        for mode, told in self._graph.stream(start, stream_mode=["updates", "messages"]):
            if mode == "messages":
                yield from _delta(told[0])
                continue
            for update in told.values():
                said += update["messages"]
                for event in output_to_responses_items_stream(iter(update["messages"])):
                    if last:
                        yield last
                    last = event
        assert last is not None  # the graph ends with a message of the model
        last.custom_outputs = _custom_outputs(said)
        yield last


def _delta(message: BaseMessage) -> Iterator[ResponsesAgentStreamEvent]:
    if isinstance(message, AIMessageChunk) and isinstance(message.content, str) and message.content:
        yield ResponsesAgentStreamEvent(
            **ResponsesAgent.create_text_delta(message.content, message.id or f"msg_{uuid4()}")
        )


def _custom_outputs(said: list[AnyMessage]) -> dict[str, Any]:
    found = list(artifacts(said))
    span = mlflow.get_current_active_span()
    return {
        "sources": [source for one in found for source in one.get("sources", ())],
        "sql": [statement for one in found for statement in one.get("sql", ())],
        "trace_id": span.trace_id if span else None,
        "model": next((m.response_metadata.get("model_name") for m in said if isinstance(m, AIMessage)), None),
    }


def _name_session(request: ResponsesAgentRequest) -> None:
    context = request.context
    named = {
        "mlflow.trace.session": context.conversation_id if context else None,
        "mlflow.trace.user": context.user_id if context else None,
    }
    metadata = {name: value for name, value in named.items() if value}
    if metadata:
        mlflow.update_current_trace(metadata=metadata)
