"""Which tables hold persons, whom a question may call people or ask for with `who`."""

from mocks.genie.knowledge.names import table_names
from mocks.genie.knowledge.space import Table
from mocks.genie.language.english import PEOPLE
from mocks.genie.language.words import stem_set, stems

_OF_PEOPLE = stem_set("birth birthday dob gender salary wage surname forename")


def is_of_people(table: Table) -> bool:
    """Whether the rows of a table are persons."""
    if not table.labels:
        return False
    named = len(table.labels) > 1 or any(label.spoken == "full name" for label in table.labels)
    names = (table.spoken, *table.synonyms, *table_names(table.description))
    called = any(PEOPLE & set(stems(name)[-1:]) for name in names)
    return named or called or any(_OF_PEOPLE & set(stems(c.spoken)) for c in table.columns)
