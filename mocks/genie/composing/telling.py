"""Of which tables a question speaks by what it says of their rows."""

from mocks.genie.knowledge.space import Space, Table
from mocks.genie.language.verbs import is_participle, is_verb
from mocks.genie.reading.frame import is_role
from mocks.genie.reading.items import Item


def told_of(item: Item, space: Space) -> Table | None:
    """The table that a word names, be it by what was done; that of a value that names a thing of it, a role or a deed.

    Nothing for a mere adjective or kind: `software vendors` speak of no tickets whose topic is software.
    """
    value = item.value
    if value is None:
        return next((e.meaning for e in item.entries if isinstance(e.meaning, Table)), None)
    table = space.table(value.column.table)
    written = item.words[:1].isupper() and any(item.words in text for text in value.texts)
    done = is_participle(item.words) or is_verb(item.words) or item.before.split()[-1:] == ["on"]  # `on aspirin`
    return table if value.column in table.labels or is_role(space, item) or written or done else None
