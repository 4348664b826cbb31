"""A support desk: answers questions about orders from Genie and questions about products from manuals."""

import json
import os

import mlflow
from databricks.sdk import WorkspaceClient
from openai import OpenAI

MODEL = os.environ.get("DESK_MODEL", "databricks-claude-sonnet-4")
INDEX = "main.desk.manuals"
INSTRUCTIONS = "You are a support desk. Use a tool for facts, then answer in one sentence."
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": name,
            "description": description,
            "parameters": {"type": "object", "properties": {"question": {"type": "string"}}, "required": ["question"]},
        },
    }
    for name, description in (
        ("orders", "Counts and sums about orders"),
        ("manuals", "What the manuals say about a product"),
    )
]


class Desk:
    """The agent; where its workspace is, the environment says."""

    def __init__(self, space_id: str) -> None:
        self.w, self.space_id = WorkspaceClient(), space_id
        mlflow.set_experiment("/Shared/desk")
        self.openai = OpenAI(
            base_url=f"{self.w.config.host}/serving-endpoints", api_key=self.w.config.token, max_retries=3
        )

    @mlflow.trace(name="desk")
    def answer(self, question: str) -> str:
        """One turn: the model may call tools before it answers."""
        messages = [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": question}]
        for _ in range(3):
            said = self.openai.chat.completions.create(model=MODEL, messages=messages, tools=TOOLS).choices[0].message
            if not said.tool_calls:
                return said.content or ""
            messages.append(said.model_dump(exclude_none=True))
            for call in said.tool_calls:
                result = self.call(call.function.name, **json.loads(call.function.arguments))
                messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
        return "I could not find that out."

    @mlflow.trace(span_type="TOOL")
    def call(self, tool: str, question: str) -> str:
        """The answer of a tool, as text."""
        return self.orders(question) if tool == "orders" else self.manuals(question)

    def orders(self, question: str) -> str:
        """Asks Genie; gives the rows, or what it said instead."""
        message = self.w.genie.start_conversation_and_wait(self.space_id, question)
        for part in message.attachments or []:
            if part.query:
                found = self.w.genie.get_message_attachment_query_result(
                    self.space_id, message.conversation_id, message.id, part.attachment_id
                )
                return json.dumps(found.statement_response.result.data_array)
        return " ".join(part.text.content for part in message.attachments or [] if part.text)

    def manuals(self, question: str) -> str:
        """Searches the manuals."""
        found = self.w.vector_search_indexes.query_index(INDEX, columns=["text"], query_text=question, num_results=1)
        return found.result.data_array[0][0]
