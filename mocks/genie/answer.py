"""What came of a question to a space."""

from dataclasses import dataclass, field

from mocks.genie.knowledge.space import Parameter
from mocks.genie.reading.definite import Definite


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
