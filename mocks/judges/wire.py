"""Bodies of the judge endpoints."""

from typing import Any

from pydantic import Field

from mocks.core.wire import Wire


class RetrievedDocument(Wire):
    """A passage that was retrieved."""

    content: str | None = None
    doc_uri: str | None = None


class RetrievalContext(Wire):
    """All passages."""

    retrieved_documents: list[RetrievedDocument] = []


class GroundTruth(Wire):
    """What is expected, as facts or as a response."""

    expected_facts: list[str] | None = None
    expected_chat_response: str | None = None

    @property
    def facts(self) -> list[str]:
        """The facts, or the response as one."""
        return self.expected_facts or ([self.expected_chat_response] if self.expected_chat_response else [])


class AssessmentInput(Wire):
    """What is to be judged."""

    chat_request: Any = None
    chat_response: Any = None
    retrieval_context: RetrievalContext | None = None
    ground_truth: GroundTruth | None = None
    guidelines: list[str] | str | None = None
    guidelines_context: dict[str, str] | None = None


class RequestedAssessment(Wire):
    """The name of a judgement that is wanted."""

    assessment_name: str


class AssessmentCall(Wire):
    """A request for judgements."""

    assessment_input: AssessmentInput
    requested_assessments: list[RequestedAssessment] = Field(min_length=1)


class CompletionCall(Wire):
    """A prompt of a judge."""

    user_prompt: str
    system_prompt: str | None = None
    model: str | None = None
    tools: list[dict[str, Any]] | None = None
