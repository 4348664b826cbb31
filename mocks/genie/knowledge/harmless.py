"""Words that name nothing by themselves and yet may belong in any question: light verbs, units, kinds, titles."""

from mocks.genie.knowledge.quantities import PERCENT
from mocks.genie.language.english import KINDS, MONEY
from mocks.genie.language.filling import BEHIND_FLAGS, TITLES
from mocks.genie.language.units import UNITS
from mocks.genie.language.verbs import LIGHT, MAKING, MEASURING, TIES, UNDER
from mocks.genie.language.words import stem, stem_set

HARMLESS = (
    LIGHT
    | TIES
    | MEASURING
    | MAKING
    | UNDER
    | KINDS
    | MONEY
    | UNITS.keys()
    | stem_set(" ".join(PERCENT))
    | TITLES
    | stem_set("current valid surname forename times time")
    | {stem(noun) for noun in BEHIND_FLAGS}
)
