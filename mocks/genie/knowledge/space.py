"""What a space knows: its tables with their columns and sampled values, how they join, and what a curator added."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mocks.genie.language.words import word_set

TEXT, NUMBER, DATE, BOOLEAN, OTHER = "text", "number", "date", "boolean", "other"
# What is told of a thing, and not what it is called.
_TOLD_OF = word_set("""email mail phone mobile address street url link note notes text comment comments remark remarks
description body message reason hash token iban path status state type kind category class level stage phase outcome
result channel city town country region site language currency role""")
_FEW = 6
_TITLES = ("title", "label", "headline", "heading", "caption")
_FAMILY = ("surname", "last name", "lastname", "family name")
_GIVEN = ("forename", "first name", "firstname", "given name")


@dataclass(frozen=True)
class Column:
    """A column: what kind of values it holds, what else it is called, and the values seen in it; told apart by name.

    One with a formula is in no table: a question computes it from columns that are, such as the days between two.
    Of a date it is known whether it has a time of day, and the first and last day seen; of a number by which functions
    a curator puts it together; of every column, whether its rows tell of what happened, and not of what is there.
    """

    table: str
    name: str
    kind: str = field(compare=False)
    synonyms: tuple[str, ...] = field(default=(), compare=False)
    description: str = field(default="", compare=False)
    values: tuple[str, ...] = field(default=(), compare=False)
    unique: bool = field(default=False, compare=False)
    filled: float = field(default=1.0, compare=False)
    variety: float = field(default=1.0, compare=False)
    keys: frozenset[str] = field(default=frozenset(), compare=False)
    spoken: str = field(default="", compare=False)
    truth: str = field(default="", compare=False)
    formula: str = ""
    refers: bool = field(default=False, compare=False)
    event: bool = field(default=False, compare=False)
    timed: bool = field(default=False, compare=False)
    first: str = field(default="", compare=False)
    last: str = field(default="", compare=False)
    aggregates: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def table_name(self) -> str:
        """The last part of its table's name."""
        return self.table.rpartition(".")[2]


@dataclass(frozen=True)
class Reference:
    """A foreign key that the catalog declares; no columns of the parent mean its primary key."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: its full name, what else it is called, its columns, and the date of its things where that is told.

    That date may be one of another table, of which each row has one partner.
    """

    full_name: str
    columns: tuple[Column, ...] = field(compare=False)
    description: str = field(default="", compare=False)
    synonyms: tuple[str, ...] = field(default=(), compare=False)
    spoken: str = field(default="", compare=False)
    primary: tuple[str, ...] = field(default=(), compare=False)
    references: tuple[Reference, ...] = field(default=(), compare=False)
    dated: Column | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self.full_name.rpartition(".")[2]

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((c for c in self.columns if c.name.lower() == name.lower()), None)

    @property
    def key(self) -> Column | None:
        """The column whose values tell its rows apart."""
        unique = [c for c in self.columns if c.unique and c.kind in (TEXT, NUMBER)]
        ends = ("id", "key", "code", "no", "number", "cd", "nr", "_sk", "_pk")
        named = [c for c in unique if c.name.lower().endswith(ends)]
        first = [c for c in unique if c == self.columns[0] and c.keys]
        return next(iter(named or [c for c in unique if c.kind == TEXT] or first), None)

    @property
    def labels(self) -> tuple[Column, ...]:
        """The columns by which a person names a row: a name, a family name with a given name, else the key.

        Where that is a number, the only text that tells the rows apart, such as the tag of a device.
        """
        texts = {c.spoken.lower(): c for c in self.columns if c.kind == TEXT}
        family = next((texts[name] for name in _FAMILY if name in texts), None)
        given = next((texts[name] for name in _GIVEN if name in texts), None)
        if family is not None and given is not None:
            return family, given
        stem = self.spoken.lower().split()[-1].rstrip("s")
        named = [c for name, c in texts.items() if name.endswith(("name", *_TITLES))]
        own = [c for c in named if c.unique or (c.variety > 0.5 and _is_own(c.spoken, stem))]
        own.sort(key=lambda c: c.spoken.lower() in _TITLES)
        apart = [c for c in self.columns if c.kind == TEXT and c.unique and not c.refers]
        apart = [c for c in apart if not _TOLD_OF.intersection(c.spoken.lower().split())]
        codes = [c for c in apart if c.spoken.endswith(("code", "number"))]
        codes = codes or [c for c in apart if len(c.values) >= _FEW or not c.values]  # of few rows any text is
        told = codes if self.key is not None and self.key.kind == NUMBER and len(codes) == 1 else []
        return tuple((own or told or [c for c in (self.key,) if c is not None])[:1])

    @property
    def label(self) -> Column | None:
        """The first of them."""
        return next(iter(self.labels), None)


def _is_own(name: str, thing: str) -> bool:
    """Whether a name is that of the thing itself: `bike model name`, and not the `advertiser name` of an ad."""
    first = name.lower().split()[0]
    return (
        name.lower() in _TITLES
        or first in ("full", "name")
        or (first.startswith(thing) and len(first) <= len(thing) + 2)
    )


@dataclass(frozen=True)
class Join:
    """Two columns that hold the same things, with further pairs if a key has several columns.

    The role is the alias that a curator gives the right side where it is not the table's own name. `many_left` and
    `many_right` say whether several rows of a side may belong to one of the other, where that is known.
    """

    left: Column
    right: Column
    more: tuple[tuple[Column, Column], ...] = ()
    many_left: bool | None = None
    many_right: bool | None = None
    role: str = ""

    @property
    def pairs(self) -> tuple[tuple[Column, Column], ...]:
        """All pairs of columns."""
        return ((self.left, self.right), *self.more)


@dataclass(frozen=True)
class Parameter:
    """A parameter of an example's SQL or of a function, its SQL type, and its value: the default, or the question's."""

    name: str
    type: str
    value: str
    comment: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Example:
    """A question and the SQL that a curator wrote for it."""

    question: str
    sql: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class Function:
    """A function of Unity Catalog that a curator registered; one of tables gives rows, another one value."""

    full_name: str
    parameters: tuple[Parameter, ...] = ()
    comment: str = ""
    body: str = ""
    gives_rows: bool = False
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self.full_name.rpartition(".")[2]


@dataclass(frozen=True)
class Snippet:
    """A named piece of SQL: a measure, a filter or an expression over one table."""

    kind: str
    names: tuple[str, ...]
    sql: str


@dataclass(frozen=True)
class Space:
    """All of it."""

    tables: tuple[Table, ...]
    joins: tuple[Join, ...] = ()
    examples: tuple[Example, ...] = ()
    functions: tuple[Function, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    instructions: tuple[str, ...] = ()
    questions: tuple[str, ...] = field(default=())
    always: tuple[tuple[Column, str], ...] = field(default=())

    def table(self, full_name: str) -> Table:
        """The table of that name."""
        return next(t for t in self.tables if t.full_name.lower() == full_name.lower())

    def columns(self) -> Iterator[Column]:
        """The columns of all tables."""
        return (column for table in self.tables for column in table.columns)
