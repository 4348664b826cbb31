"""What came of a question to a space."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mocks.genie.knowledge.space import Parameter
from mocks.genie.reading.definite import Definite
from mocks.genie.refusal import AskBack, Declined

_UNDERSTANDING = "THOUGHT_TYPE_UNDERSTANDING"


@dataclass(frozen=True)
class Answer:
    """What came of a question: a query with a sentence on it, or a text that asks back or declines.

    A query that speaks of one thing answers the question only if there is but one.
    """

    text: str
    sql: str | None = None
    route: str = ""
    suggestions: tuple[str, ...] = field(default=())
    parameters: tuple[Parameter, ...] = ()
    definite: Definite | None = None
    thoughts: tuple[tuple[str, str], ...] = ()

    @property
    def bound(self) -> tuple[tuple[str, str, str], ...]:
        """Name, value and type of each parameter, as statements take them."""
        return tuple((one.name, one.value, one.type) for one in self.parameters)


def as_read(answer: Answer, meant: Mapping[str, str]) -> Answer:
    """The answer, which says in which words the question was read."""
    told = [f"I read {word!r} as {right!r}." if right else f"I left out {word!r}." for word, right in meant.items()]
    read = " ".join(told)
    return replace(answer, text=f"{read} {answer.text}", thoughts=((_UNDERSTANDING, read), *answer.thoughts))


def teachable(refusal: AskBack, question: str) -> str:
    """What was not understood, and how a curator can teach it."""
    if isinstance(refusal, Declined):
        return refusal.text
    return f"{refusal.text} A curator can add an example query for {question.strip()[:200]!r} to this space."
