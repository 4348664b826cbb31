"""What the graph carries from node to node."""

from typing import Annotated, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages


class State(TypedDict):
    """The conversation, and how often the tools were used for the question at hand."""

    messages: Annotated[list[AnyMessage], add_messages]
    steps: int
