"""Routes of the judges."""

from typing import Annotated, Any

from fastapi import Body, Depends

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.judges.store import JudgeStore
from mocks.judges.wire import AssessmentCall, CompletionCall

api = Api()
Store = Annotated[JudgeStore, Depends(in_workspace(JudgeStore))]


@api.post("/api/2.0/agents/chat-assessments")
def assess_chat(body: AssessmentCall, store: Store) -> dict[str, Any]:
    """Judges a request, its response and what was retrieved."""
    return store.assess(body)


@api.post("/api/2.0/agents/chat-completions")
def complete_judge_prompt(body: CompletionCall, store: Store) -> dict[str, str]:
    """Answers the prompt of a judge."""
    return store.complete(body)


@api.post("/api/2.0/managed-evals/custom-judge-model/record-event")
def record_usage(_: Annotated[Any, Body()]) -> None:
    """What a client judged by itself is accepted and not kept."""
