"""What MLflow's built-in scorers call when their judge is Databricks' own: here a client of the two judge endpoints.

MLflow looks for these functions in the package databricks-agents, which the sandbox does not bring along; on Databricks
the process that runs scorers has its own, too. Written from what goes over the wire; used if that package is missing.
"""

import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlflow.entities import Feedback

ASSESSMENTS, COMPLETIONS = "/api/2.0/agents/chat-assessments", "/api/2.0/agents/chat-completions"
_NO_REQUEST = " "  # the field is required, and these judges have none


def install() -> None:
    """Puts the functions where MLflow looks for them."""
    if importlib.util.find_spec("databricks.agents") is not None:
        return
    judges = (relevance_to_query, context_sufficiency, correctness, groundedness, safety, guidelines, chunk_relevance)
    client = SimpleNamespace(get_chat_completions_result=chat_completion)
    context = SimpleNamespace(build_managed_rag_client=lambda: client)
    _module("databricks.agents", [])
    _module("databricks.agents.evals", [])
    _module("databricks.agents.evals.judges", judges)
    _module("databricks.rag_eval", [])
    _module("databricks.rag_eval.context", [], eval_context=lambda wrapped: wrapped, get_context=lambda: context)
    unused = SimpleNamespace(set=lambda _: None)
    _module("databricks.rag_eval.env_vars", [], RAG_EVAL_EVAL_SESSION_CLIENT_NAME=unused)


def relevance_to_query(*, request: str, response: str, assessment_name: str | None = None) -> "Feedback":
    """Whether the response is about the request."""
    return _one("relevance_to_query", assessment_name, chat_request=request, chat_response=response)


def context_sufficiency(
    *,
    request: str,
    retrieved_context: Any,
    expected_facts: Sequence[str] | None = None,
    expected_response: str | None = None,
    assessment_name: str | None = None,
) -> "Feedback":
    """Whether what was retrieved suffices for what is expected."""
    return _one(
        "context_sufficiency",
        assessment_name,
        chat_request=request,
        retrieval_context=_retrieved(retrieved_context),
        ground_truth=_truth(expected_facts, expected_response),
    )


def correctness(
    *,
    request: str,
    response: str,
    expected_facts: Sequence[str] | None = None,
    expected_response: str | None = None,
    assessment_name: str | None = None,
) -> "Feedback":
    """Whether the response says what is expected."""
    truth = _truth(expected_facts, expected_response)
    return _one("correctness", assessment_name, chat_request=request, chat_response=response, ground_truth=truth)


def groundedness(
    *, request: str, response: str, retrieved_context: Any, assessment_name: str | None = None
) -> "Feedback":
    """Whether the response rests on what was retrieved."""
    context = _retrieved(retrieved_context)
    return _one(
        "groundedness", assessment_name, chat_request=request, chat_response=response, retrieval_context=context
    )


def safety(*, response: str, request: str | None = None, assessment_name: str | None = None) -> "Feedback":
    """Whether the response is harmless; the endpoint is asked whether it is harmful."""
    asked = {"chat_request": request or _NO_REQUEST, "chat_response": response}
    return _one("harmfulness", assessment_name or "safety", flipped=True, **asked)


def guidelines(
    *, guidelines: str | Sequence[str], context: dict[str, Any], assessment_name: str | None = None
) -> "Feedback":
    """Whether the guidelines are kept."""
    told = [guidelines] if isinstance(guidelines, str) else list(guidelines)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in context.items()}
    return _one("guidelines", assessment_name, chat_request=_NO_REQUEST, guidelines=told, guidelines_context=texts)


def chunk_relevance(*, request: str, retrieved_context: Any, assessment_name: str | None = None) -> "list[Feedback]":
    """Whether each passage is about the request."""
    name, said = "chunk_relevance", []
    for number, passage in enumerate(_retrieved(retrieved_context)["retrieved_documents"]):
        context = {"retrieved_documents": [passage]}
        result = _asked(name, chat_request=request, retrieval_context=context)
        ratings = result["retrieval_assessment"]["positional_ratings"][name]["rating"]
        feedback = _feedback(assessment_name or name, ratings[0]["rating"])
        feedback.metadata = {"chunk_index": str(number)}
        said.append(feedback)
    return said


def chat_completion(
    user_prompt: str,
    system_prompt: str,
    model: str | None = None,
    tools: Sequence[Any] | None = None,
    use_case: str | None = None,
) -> SimpleNamespace:
    """The answer of the model that judges by a prompt."""
    body: dict[str, Any] = {"user_prompt": user_prompt, "system_prompt": system_prompt, "model": model}
    if tools:
        body["tools"] = [tool.to_dict() if hasattr(tool, "to_dict") else tool for tool in tools]
    headers = {"chat-completions-use-case": use_case} if use_case else {}
    told = _post(COMPLETIONS, body, headers)
    return SimpleNamespace(output=told.get("output"), output_json=told.get("output_json"))


def _one(judge: str, name: str | None, *, flipped: bool = False, **told: Any) -> "Feedback":
    rating = _asked(judge, **told)["response_assessment"]["ratings"][judge]
    return _feedback(name or judge, rating, flipped)


def _asked(judge: str, **told: Any) -> dict[str, Any]:
    body = {"assessment_input": told, "requested_assessments": [{"assessment_name": judge}]}
    result: dict[str, Any] = _post(ASSESSMENTS, body, {})["result"]
    return result


def _post(path: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    from mlflow.exceptions import MlflowException
    from mlflow.utils.databricks_utils import get_databricks_host_creds
    from mlflow.utils.rest_utils import http_request, verify_rest_response

    creds = get_databricks_host_creds("databricks")  # type: ignore[no-untyped-call]  # MLflow's own
    answer = http_request(creds, path, "POST", json=body, extra_headers=headers)  # type: ignore[no-untyped-call]
    told: dict[str, Any] = verify_rest_response(answer, path).json()
    if error := told.get("error"):  # with HTTP 200, as the endpoint reports what a judge could not do
        raise MlflowException(f"{error.get('error_code')}: {error.get('error_msg')}")
    return told


def _feedback(name: str, rating: dict[str, Any], flipped: bool = False) -> "Feedback":
    from mlflow.entities import AssessmentSource, Feedback
    from mlflow.exceptions import MlflowException

    if error := rating.get("error"):
        raise MlflowException(f"{error.get('error_code')}: {error.get('error_msg')}")
    value = str(rating["value"]["categorical_value"]).lower()
    if flipped:
        value = {"yes": "no", "no": "yes"}.get(value, value)
    source = AssessmentSource(source_type="LLM_JUDGE", source_id="databricks")
    return Feedback(name=name, value=value, rationale=rating["value"].get("justification"), source=source)


def _retrieved(context: Any) -> dict[str, Any]:
    passages = context if isinstance(context, list) else [context]
    documents = [
        {key: passage[key] for key in ("doc_uri", "content") if passage.get(key) is not None}
        if isinstance(passage, dict)
        else {"content": json.dumps(passage)}
        for passage in passages
    ]
    return {"retrieved_documents": documents}


def _truth(facts: Sequence[str] | None, response: str | None) -> dict[str, Any]:
    return {"expected_facts": list(facts)} if facts else {"expected_chat_response": response}


def _module(name: str, functions: Sequence[Callable[..., Any]], **members: Any) -> None:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None, is_package=True)
    module.__path__ = []
    vars(module).update({function.__name__: function for function in functions} | members)
    parent, _, own = name.rpartition(".")
    setattr(sys.modules[parent], own, module)
    sys.modules[name] = module
