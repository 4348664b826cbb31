"""What Genie is told to answer: a test's own SQL, which really runs, or its own words, for questions that it names."""

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Self

from pydantic import ConfigDict, Field, model_validator

from mocks.core.wire import Wire
from mocks.core.workspace import Workspace

if TYPE_CHECKING:
    from mocks.genie.answer import Answer

SCRIPTED = "script"


class GenieScript(Wire):
    """One answer; the question is compared without case and final marks, and may have asterisks."""

    model_config = ConfigDict(extra="forbid")
    id: str = ""
    space_id: str | None = None
    question: str = Field(min_length=1)
    sql: str | None = None
    text: str | None = None
    times: int | None = Field(default=None, ge=1)
    fired: int = 0

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.sql is None and self.text is None:
            raise ValueError("a script has sql, text or both")
        return self

    def fits(self, space_id: str, question: str) -> bool:
        """Whether it answers this question."""
        spent = self.times is not None and self.fired >= self.times
        return not spent and self.space_id in (None, space_id) and fnmatchcase(_plain(question), _plain(self.question))


class GenieScripts:
    """The scripts of one workspace; the first that fits answers."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._scripts = workspace.collection("genie_scripts", GenieScript, "Script")

    def all(self) -> list[GenieScript]:
        """The scripts, oldest first."""
        return self._scripts.all()

    def add(self, script: GenieScript) -> GenieScript:
        """Takes a script after the others."""
        with self._workspace.lock:
            last = max((int(known.id) for known in self.all()), default=0)
            made = script.model_copy(update={"id": f"{last + 1:08d}", "fired": 0})
            return self._scripts.create(made.id, made)

    def clear(self) -> None:
        """Forgets all."""
        for script in self.all():
            self._scripts.delete(script.id)

    def find(self, space_id: str, question: str) -> GenieScript | None:
        """The script for this question."""
        return next((known for known in self.all() if known.fits(space_id, question)), None)

    def taken(self, space_id: str, question: str) -> "Answer | None":
        """The answer that a script has for this question, counted as given."""
        from mocks.genie.answer import Answer

        with self._workspace.lock:
            script = self.find(space_id, question)
            if script is None:
                return None
            self._scripts.put(script.id, script.model_copy(update={"fired": script.fired + 1}))
        return Answer(script.text or "This answer was scripted.", script.sql, SCRIPTED)


def _plain(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip("?.! ")
