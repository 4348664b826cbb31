"""Messages: a question, and the attachments that its answer has."""

from typing import TYPE_CHECKING, Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.executions import Execution
from mocks.genie.results import Results
from mocks.genie.wire import Attachment, Message

if TYPE_CHECKING:
    from mocks.genie.answer import Answer


class Replies:
    """Writes the messages of one workspace."""

    def __init__(self, workspace: Workspace, results: Results) -> None:
        self._workspace, self._results = workspace, results

    def asked(self, space_id: str, conversation_id: str, content: str, status: str) -> Message:
        """A question of the caller without an answer."""
        message_id, now = self._workspace.new_id(), self._workspace.now_ms()
        return Message(
            id=message_id,
            message_id=message_id,
            conversation_id=conversation_id,
            space_id=space_id,
            user_id=self._workspace.user_id,
            content=content,
            status=status,
            created_timestamp=now,
            last_updated_timestamp=now,
        )

    def answered(self, message: Message, answer: "Answer") -> Message:
        """The message with its answer, for which a query is run."""
        if answer.sql is None:
            return self._ended(message, attachments=self._text(answer))
        try:
            execution = self._results.run(answer.sql, answer.bound)
        except InvalidParameterValue as error:
            return self.failed(message, error.message)
        return self._ended(message, attachments=[self._query(answer, execution)])

    def failed(self, message: Message, why: str) -> Message:
        """The message that got no answer."""
        return self._ended(message, status="FAILED", error={"type": "SQL_EXECUTION_EXCEPTION", "error": why})

    def _ended(self, message: Message, status: str = "COMPLETED", **told: Any) -> Message:
        now = self._workspace.now_ms()
        return message.model_copy(update={"status": status, "last_updated_timestamp": now, **told})

    def _query(self, answer: "Answer", execution: Execution) -> Attachment:
        assert execution.result is not None
        count = {"row_count": int(execution.result.table.num_rows), "is_truncated": execution.result.truncated}
        query: dict[str, Any] = {
            "query": answer.sql,
            "description": answer.text,
            "title": answer.route,
            "statement_id": execution.id,
            "query_result_metadata": count,
        }
        if answer.parameters:
            told = [{"keyword": p.name, "sql_type": p.type, "value": p.value} for p in answer.parameters]
            query["parameters"] = told
        if answer.thoughts:
            query["thoughts"] = [{"thought_type": kind, "content": said} for kind, said in answer.thoughts]
        return Attachment(attachment_id=self._workspace.new_id(), query=query)

    def _text(self, answer: "Answer") -> list[Attachment]:
        said = [Attachment(attachment_id=self._workspace.new_id(), text={"content": answer.text})]
        if answer.suggestions:
            questions = {"questions": list(answer.suggestions)}
            said.append(Attachment(attachment_id=self._workspace.new_id(), suggested_questions=questions))
        return said
