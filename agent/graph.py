"""The graph: a model that decides, tools that look things up, until there is an answer or no step left."""

import httpx
import mlflow
from databricks.sdk import WorkspaceClient
from langchain_core.messages import SystemMessage
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.prebuilt import ToolNode
from pydantic import SecretStr

from agent.access import WorkspaceAuth
from agent.genie import Genie
from agent.prompts import LAST_STEP
from agent.retriever import Retriever
from agent.settings import Settings
from agent.state import State
from agent.tools import genie_tool, search_tool

_PATIENCE = httpx.Timeout(300, connect=30)

Graph = CompiledStateGraph[State, None, State, State]


def build(w: WorkspaceClient, settings: Settings) -> Graph:
    tools = [search_tool(Retriever(w, settings)), genie_tool(Genie(w, settings))]
    model = chat_model(w, settings)
    deciding = model.bind_tools(tools)

    def decide(state: State) -> dict[str, object]:
        system = [SystemMessage(system_prompt(settings))]
        steps = state["steps"] + 1
        if steps > settings.max_steps:
            answer = model.invoke([*system, *state["messages"], SystemMessage(LAST_STEP)])
        else:
            answer = deciding.invoke([*system, *state["messages"]])
        return {"messages": [answer], "steps": steps}

    graph = StateGraph(State)
    graph.add_node("agent", decide)
    graph.add_node("tools", ToolNode(tools))
    graph.add_edge(START, "agent")
    graph.add_conditional_edges("agent", _next, {"tools": "tools", "end": END})
    graph.add_edge("tools", "agent")
    return graph.compile()


def _next(state: State) -> str:
    return "tools" if getattr(state["messages"][-1], "tool_calls", None) else "end"


def chat_model(w: WorkspaceClient, settings: Settings) -> ChatOpenAI:
    auth = WorkspaceAuth(w.config)
    return ChatOpenAI(
        model=settings.chat_endpoint,
        base_url=f"{w.config.host}/serving-endpoints",
        api_key=SecretStr("set by WorkspaceAuth"),
        http_client=httpx.Client(auth=auth, timeout=_PATIENCE),
        http_async_client=httpx.AsyncClient(auth=auth, timeout=_PATIENCE),
        temperature=0,
        stream_usage=True,
    )


def system_prompt(settings: Settings) -> str:
    """The registered prompt that the alias points to; MLflow keeps it for a minute."""
    prompt = mlflow.genai.load_prompt(f"prompts:/{settings.prompt_name}@{settings.prompt_alias}")
    return str(prompt.template)
