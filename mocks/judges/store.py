"""Judgements as the managed endpoints give them."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from mocks.core.workspace import Workspace
from mocks.engines.chat.backends import Backends
from mocks.engines.judging.judgement import Judgement
from mocks.judges.by_model import asked_of_model
from mocks.judges.wire import AssessmentCall, AssessmentInput, CompletionCall

if TYPE_CHECKING:
    from mocks.engines.judging.entailment import Support

MODEL = "databricks-gpt-oss-120b"  # the endpoint whose model judges, if one is named by `--llm`
CHUNKS = "chunk_relevance"


class JudgeStore:
    """The judges of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        from mocks.engines.chat.judge import Judge  # hundreds of patterns, which the start does not wait for

        self._workspace, self._rules = workspace, workspace.engine(Judge).rules
        self._backends = workspace.engine(Backends)

    def assess(self, call: AssessmentCall) -> dict[str, Any]:
        """The ratings that were asked for; an unknown name is an error in the body, with status 200."""
        told = call.assessment_input
        ratings: dict[str, Any] = {}
        positional: dict[str, Any] = {}
        for name in (one.assessment_name for one in call.requested_assessments):
            if name == CHUNKS:
                positional[name] = {"rating": self._chunks(told)}
            elif name in self._kinds(told):
                ratings[name] = self._rated(name, told)
            else:
                known = ", ".join([*self._kinds(told), CHUNKS])
                message = f"There is no judge called '{name}'; there are {known}."
                return {"error": {"error_code": "INVALID_PARAMETER_VALUE", "error_msg": message}}
        result = {
            "response_assessment": {"ratings": ratings},
            "retrieval_assessment": {"positional_ratings": positional},
        }
        return {"result": result}

    def complete(self, call: CompletionCall) -> dict[str, str]:
        """The answer to a judge's prompt, as text and as a chat completion."""
        system = [{"role": "system", "content": call.system_prompt}] if call.system_prompt else []
        body: dict[str, Any] = {"messages": [*system, {"role": "user", "content": call.user_prompt}]}
        if call.tools:
            body["tools"] = call.tools
        completion = self._backends.behind(MODEL, body).complete(body)
        answer = completion.answers[0]
        message: dict[str, Any] = {"role": "assistant", "content": answer.reply.text}
        if answer.reply.calls:
            calls = [(call.id, {"name": call.name, "arguments": call.arguments}) for call in answer.reply.calls]
            message["tool_calls"] = [{"id": id_, "type": "function", "function": function} for id_, function in calls]
        whole = {
            "id": f"chatcmpl-{self._workspace.new_id()}",
            "object": "chat.completion",
            "model": completion.answered_by,
            "choices": [{"index": 0, "message": message, "finish_reason": answer.finish}],
            "usage": completion.usage.body(),
        }
        return {"output": answer.reply.text, "output_json": json.dumps(whole, ensure_ascii=False)}

    def _rated(self, name: str, told: AssessmentInput) -> dict[str, Any]:
        return _rating(self._decided(name, self._kinds(told)[name], _shown(told)))

    def _chunks(self, told: AssessmentInput) -> list[dict[str, Any]]:
        question, rated = _text(told.chat_request), []
        for position, passage in enumerate(_passages(told)):
            judge = _bound(self._rules.passage_relevant, question, passage)
            shown = {"question": question, "document": passage}
            rated.append({"position": position, "rating": _rating(self._decided(CHUNKS, judge, shown))})
        return rated

    def _decided(self, name: str, by_rules: "Callable[[], Support]", shown: dict[str, Any]) -> Judgement:
        """By the model if there is one, else by the rules; or by both, and where they disagree."""
        mode = self._workspace.settings.judge
        if self._backends.model(MODEL) is None or mode == "rules":
            return _judgement(name, by_rules())
        model = asked_of_model(self._backends, MODEL, name, shown)
        if mode == "model":
            return model
        rules = _judgement(name, by_rules())
        verb = "agrees" if rules.value == model.value else f"disagrees and says “{rules.value}”"
        return Judgement(model.value, f"{model.why} (The rule judge {verb}: {rules.why})", model.judge)

    def _kinds(self, told: AssessmentInput) -> "dict[str, Callable[[], Support]]":
        question, answer, passages = _text(told.chat_request), _text(told.chat_response), _passages(told)
        facts = told.ground_truth.facts if told.ground_truth else []
        guidelines = [told.guidelines] if isinstance(told.guidelines, str) else list(told.guidelines or ())
        context = told.guidelines_context or {"request": question, "response": answer}
        return {
            "correctness": lambda: self._rules.correct(question, answer, facts),
            "groundedness": lambda: self._rules.grounded(question, answer, passages),
            "relevance_to_query": lambda: self._rules.relevant(question, answer),
            "context_sufficiency": lambda: self._rules.sufficient(question, facts, passages),
            "harmfulness": lambda: self._rules.harmless(answer),
            "guidelines": lambda: self._rules.kept(guidelines, context),
        }


def _judgement(name: str, verdict: "Support") -> Judgement:
    """The service asks whether a text is harmful, where the rules say whether it is harmless."""
    good = not verdict.good if name == "harmfulness" else verdict.good
    return Judgement("yes" if good else "no", verdict.why)


def _rating(judgement: Judgement) -> dict[str, Any]:
    return {"value": {"categorical_value": judgement.value, "justification": judgement.rationale}}


def _bound(judge: "Callable[[str, str], Support]", one: str, other: str) -> "Callable[[], Support]":
    return lambda: judge(one, other)


def _shown(told: AssessmentInput) -> dict[str, Any]:
    shown = {
        "request": _text(told.chat_request).strip(),
        "response": _text(told.chat_response),
        "documents": _passages(told),
        "expected": told.ground_truth.facts if told.ground_truth else [],
        "guidelines": told.guidelines,
        "context": told.guidelines_context,
    }
    return {key: value for key, value in shown.items() if value}


def _passages(told: AssessmentInput) -> Sequence[str]:
    documents = told.retrieval_context.retrieved_documents if told.retrieval_context else []
    return [document.content or "" for document in documents]


def _text(told: Any) -> str:
    """A request or response in whatever shape a client sends it."""
    if isinstance(told, str) or told is None:
        return told or ""
    if isinstance(told, dict):
        messages = told.get("messages") or [choice.get("message", {}) for choice in told.get("choices") or ()]
        if messages:
            return _text(messages[-1].get("content"))
    return json.dumps(told, ensure_ascii=False)
