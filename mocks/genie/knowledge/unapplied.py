"""Which sentences of the instructions changed nothing, so that a curator is told."""

import re
from dataclasses import replace
from itertools import takewhile
from operator import itemgetter

from mocks.genie.knowledge.codes import told_codes
from mocks.genie.knowledge.computed import told_durations
from mocks.genie.knowledge.dating import told_dates
from mocks.genie.knowledge.definitions import defined_filters, defined_tables, defined_terms
from mocks.genie.knowledge.fiscal import first_fiscal_month
from mocks.genie.knowledge.instructed import always, told_measures
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.space import Space
from mocks.genie.language.sentences import told


def unapplied(space: Space, lexicon: Lexicon) -> tuple[str, ...]:
    """The sentences of which nothing was understood, in order."""
    sentences = [sentence for text in space.instructions for sentence in told(text)]
    codes = [(name, values[0]) for name, _, values in told_codes(space)]
    listed = [
        s for s in sentences if any(name in s and re.search(rf"\b{re.escape(code)}\b", s) for name, code in codes)
    ]
    left = (s for s in sentences if s not in listed and not _says(replace(space, instructions=(s,)), lexicon))
    return tuple(dict.fromkeys(left))


def _says(space: Space, lexicon: Lexicon) -> bool:
    filters = takewhile(itemgetter(1), defined_filters(space))  # what is told comes first
    named = (told_codes(space), defined_terms(space), defined_tables(space), told_durations(space), told_dates(space))
    said = (next(iter(one), None) for one in (*named, told_measures(space, lexicon), filters, always(space, lexicon)))
    return first_fiscal_month(space) is not None or any(one is not None for one in said)
