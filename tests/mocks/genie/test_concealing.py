"""What is left of a table that somebody may not read."""

from mocks.genie.knowledge.concealing import concealed
from mocks.genie.knowledge.space import BOOLEAN, TEXT, Column, Join, Space, Table

NAME = Column("a.b.secret", "name", TEXT, values=("Zebulon",), keys=frozenset(("Zebulon",)), unique=True)
FLAG = Column("a.b.secret", "active", BOOLEAN, truth="Y")
OPEN = Column("a.b.open", "name", TEXT, values=("Anna",))
SPACE = Space((Table("a.b.secret", (NAME, FLAG)), Table("a.b.open", (OPEN,))), (Join(NAME, OPEN),))


def test_a_hidden_table_keeps_its_columns_and_loses_all_that_was_read_from_it():
    found = concealed(SPACE, frozenset(("a.b.secret",)))

    shown = [*found.columns(), found.joins[0].left, found.joins[0].right]
    assert [(c.name, c.kind, c.values, c.keys, c.truth, c.unique) for c in shown[:2]] == [
        ("name", TEXT, (), frozenset(), "", False),
        ("active", TEXT, (), frozenset(), "", False),
    ]
    assert [column.values for column in shown[2:]] == [("Anna",), (), ("Anna",)]


def test_a_space_without_hidden_tables_stays_as_it_is():
    assert concealed(SPACE, frozenset()) is SPACE
