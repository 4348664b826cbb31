"""Which tables hold people, and which nouns are what people are: authors, drivers, curators."""

from functools import lru_cache

from mocks.engines.judging.persons import persons
from mocks.genie.knowledge.names import table_names
from mocks.genie.knowledge.space import Table
from mocks.genie.language.derivation import is_doer
from mocks.genie.language.english import PEOPLE
from mocks.genie.language.words import stem, stem_set, stems

_OF_PEOPLE = stem_set("birth birthday dob gender salary wage surname forename")
_FIRMS = stem_set("""
supplier vendor company firm carrier sponsor agency partner account organisation organization advertiser insurer lender
operator airline publisher studio contractor club association merchant retailer brand courier haulier shipper school
""")
# By what persons are reached, where their noun is in no dictionary: hirers, bidders.
_REACHED = stem_set("email mail phone mobile telephone cellphone")
# Nouns for persons that are more often things, or firms.
_RATHER_THINGS = stem_set(
    "order contact counter printer case party subject source supplier vendor ground head volume pet"
)


def is_of_people(table: Table) -> bool:
    """Whether the rows of a table are persons."""
    if not table.labels:
        return False
    named = len(table.labels) > 1 or any(label.spoken == "full name" for label in table.labels)
    names = (table.spoken, *table.synonyms, *table_names(table.description))
    called = any(is_person(last) for name in names for last in stems(name)[-1:])
    said = {word for column in table.columns for word in stems(column.spoken)}
    noun = stems(table.spoken)[-1]
    return named or called or bool(_OF_PEOPLE & said or (_REACHED & said and is_doer(noun) and noun not in _FIRMS))


def may_act(table: Table) -> bool:
    """Whether the rows of a table are persons, or firms that do what persons do."""
    return is_of_people(table) or bool(table.labels and _FIRMS & set(stems(table.spoken)[-1:]))


def is_person(word_stem: str) -> bool:
    """Whether a noun, given by its stem, says what a person is or does."""
    return word_stem in PEOPLE or word_stem in _nouns()


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(map(stem, persons())) - _RATHER_THINGS
