"""What a phrase of a question may mean in a space, and how surely."""

from dataclasses import dataclass, field

from mocks.genie.knowledge.space import Column, Snippet, Table


@dataclass(frozen=True)
class Value:
    """A value that occurs in a column, or several that share a word."""

    column: Column
    text: str
    among: tuple[str, ...] = ()
    pattern: str = field(default="", compare=False)
    inner: bool = field(default=False, compare=False)

    @property
    def texts(self) -> tuple[str, ...]:
        """All values that are meant."""
        return self.among or (self.text,)


Meaning = Table | Column | Value | Snippet


@dataclass(frozen=True)
class Entry:
    """What a phrase may mean, and how sure that is."""

    meaning: Meaning
    rank: float
