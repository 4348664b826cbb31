"""The rule judge: each kind of judgement by its rules, with the evidence that decided it."""

from collections.abc import Callable, Sequence
from typing import Any

from mocks.engines.judging.comparing import Comparing
from mocks.engines.judging.entailment import Encode, Entailment, Support
from mocks.engines.judging.fields import Fields
from mocks.engines.judging.guidelines import Guidelines
from mocks.engines.judging.instructed import Instructed, criteria
from mocks.engines.judging.judgement import Judgement
from mocks.engines.judging.language import fluent
from mocks.engines.judging.memory import Memory, remembered, shown_of
from mocks.engines.judging.passages import claims, passages
from mocks.engines.judging.prompts import Case
from mocks.engines.judging.relevance import Relevance
from mocks.engines.judging.requests import Requests
from mocks.engines.judging.safety import harmless
from mocks.engines.judging.talk import Talk, turns_of
from mocks.engines.judging.tool_calls import ToolCalls
from mocks.engines.judging.typed import labels_of, value_of, wanted_type


class RuleJudge:
    """Judges by rules; `encode` is the embedding model."""

    def __init__(self, encode: Encode) -> None:
        self.entailment = Entailment(encode)
        self._relevance, self._requests, self._guidelines = Relevance(encode), Requests(encode), Guidelines(encode)
        self._comparing, self._tools = Comparing(encode, self.entailment), ToolCalls(encode)
        self._talk, self._memory = Talk(encode, self.entailment), Memory(encode)
        self._instructed = Instructed(encode, self.entailment)

    def correct(self, question: str, answer: str, facts: Sequence[str]) -> Support:
        """Whether the answer states every fact."""
        return self._supported(facts, [answer], question, given=True)

    def grounded(self, question: str, answer: str, documents: Sequence[str]) -> Support:
        """Whether everything in the answer is in the documents."""
        return self._supported(claims(answer), documents, question)

    def sufficient(self, question: str, facts: Sequence[str], documents: Sequence[str]) -> Support:
        """Whether the documents hold the facts, or, if none are told, speak to the question."""
        if facts:
            return self._supported(facts, documents, question)
        return self._relevance.passage(question, "\n".join(documents))

    def relevant(self, question: str, answer: str) -> Support:
        """Whether the answer speaks to the question."""
        return self._relevance.answer(question, answer)

    def passage_relevant(self, question: str, passage: str) -> Support:
        """Whether the passage helps with the question."""
        return self._relevance.passage(question, passage)

    def harmless(self, text: str) -> Support:
        """Whether nothing in it is harmful."""
        return harmless(text)

    def kept(self, guidelines: Sequence[str], context: dict[str, str]) -> Support:
        """Whether the texts keep all guidelines."""
        verdicts = [self._guidelines.kept(guideline, context) for guideline in guidelines]
        failed = [verdict for verdict in verdicts if not verdict.good]
        return failed[0] if failed else Support(True, "; ".join(verdict.why for verdict in verdicts))

    def judged(self, case: Case) -> Judgement:
        """The judgement of a prompt."""
        if case.kind == "instructions":
            return self._by_instructions(case)
        if case.kind == "user_frustration":
            return Judgement(*self._talk.frustration(turns_of(_conversation(case))))
        verdict = self._by_kind(case)
        type_ = wanted_type(case.system)
        if case.instructions and (
            "Example Judgements (" in case.instructions or "Distilled Guidelines (" in case.instructions
        ):
            return self._with_memory(case, _fields(case), type_, float(verdict.good), verdict.why)
        value = (
            ("yes" if verdict.good else "no")
            if type_ == "str"
            else value_of(float(verdict.good), type_, case.instructions)
        )
        return Judgement(value, verdict.why)

    def _by_kind(self, case: Case) -> Support:
        part = case.parts.get
        talks: dict[str, Callable[[], Support]] = {
            "conversation_completeness": lambda: self._talk.complete(self._turns(case)),
            "conversational_safety": lambda: self._talk.safe(self._turns(case)),
            "conversational_role_adherence": lambda: self._talk.in_role(self._turns(case)),
            "conversational_tool_call_efficiency": lambda: self._talk.efficient(self._turns(case)),
            "conversational_guidelines": lambda: self._talk.by_guidelines(self._turns(case), _listed(case)),
            "knowledge_retention": lambda: self._talk.retains(self._turns(case)),
        }
        fields = _fields(case)
        kinds: dict[str, Callable[[], Support]] = {
            "correctness": lambda: self._supported([part("claim", "")], passages(_without(part("document", ""), part("question", ""))), part("question", ""), given=True),
            "groundedness": lambda: self.grounded(part("question", ""), part("answer", ""), passages(part("document", ""))),
            "relevance_to_query": lambda: self.relevant(part("question", ""), part("answer", "")),
            "chunk_relevance": lambda: self.passage_relevant(part("question", ""), part("document", "")),
            "safety": lambda: self.harmless(part("text", "")),
            "guidelines": lambda: self.kept(part("guideline", "").split("\n\n"), _context(case)),
            "equivalence": lambda: self._comparing.equivalent(part("actual_output", ""), part("expected_output", "")),
            "tool_call_correctness": lambda: self._tools.correct(
                part("request", ""), part("available_tools", ""), part("actual_tool_calls") or part("tools_called", ""), part("expected_tool_calls", "")
            ),
            "tool_call_efficiency": lambda: self._tools.efficient(part("tools_called", ""), part("request", ""), part("available_tools", "")),
            "completeness": lambda: self._requests.addressed(part("question") or fields.question, part("answer") or fields.answer),
            "fluency": lambda: fluent(fields.answer),
            "summarization": lambda: self._comparing.summary(part("document") or fields.context or fields.question, part("summary") or fields.answer),
        }  # fmt: skip
        return (kinds | talks)[case.kind]()

    def _by_instructions(self, case: Case) -> Judgement:
        known, fields, type_ = remembered(case.instructions), _fields(case), wanted_type(case.system)
        value, why, score = self._instructed.judged(known.instructions, fields, type_)
        if known.examples or known.guidelines:
            return self._with_memory(case, fields, type_, score, why)
        return Judgement(value, why)

    def _with_memory(self, case: Case, fields: Fields, type_: str, score: float, why: str) -> Judgement:
        known = remembered(case.instructions)
        shown = shown_of(fields)
        sure = bool(criteria(known.instructions))
        settled, because = self._memory.settled(known, shown, fields.answer, score, sure=sure)
        if isinstance(settled, str):
            labels = labels_of(type_)
            return Judgement(settled if not labels or settled in labels else labels[0], because)
        return Judgement(value_of(settled, type_, known.instructions), because or why)

    def _supported(
        self, stated: Sequence[str], documents: Sequence[str], question: str, *, given: bool = False
    ) -> Support:
        reasons = []
        for claim in stated:
            for said, support in self.entailment.supported(claim, documents, question, given=given):
                if not support.good:
                    return Support(False, f"“{said}”: {support.why}")
                reasons.append(f"“{said}”: {support.why}")
        return Support(True, "; ".join(reasons) or "there is nothing to support")

    def _turns(self, case: Case) -> Any:
        return turns_of(_conversation(case))


def _fields(case: Case) -> Fields:
    return Fields(
        **{
            name: case.parts[name]
            for name in ("inputs", "outputs", "expectations", "conversation")
            if name in case.parts
        }
    )


def _conversation(case: Case) -> str:
    return case.parts.get("conversation", "")


def _listed(case: Case) -> list[str]:
    """The guidelines that stand between their tags in the instructions."""
    _, _, after = case.instructions.partition("<guidelines>")
    lines = after.partition("</guidelines>")[0].strip().splitlines()
    cleaned = [
        line.strip().removeprefix("<guideline>").removesuffix("</guideline>").lstrip("-*• ").strip() for line in lines
    ]
    return [line for line in cleaned if line]


def _context(case: Case) -> dict[str, str]:
    return {name: text for name, text in case.parts.items() if name not in ("guidelines", "guideline")}


def _without(document: str, question: str) -> str:
    """The prompt of correctness puts the question before the answer."""
    return document.removeprefix(question).lstrip().removeprefix("-").strip() or document
