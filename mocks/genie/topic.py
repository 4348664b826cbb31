"""What a question is about: what it measures or counts, by what, of what, and which table the query starts from."""

from mocks.genie import signals as kinds
from mocks.genie.lexicon import Value
from mocks.genie.pieces import Noun, Piece, following_thing, is_column, is_flag, is_rankable, snippet_tables
from mocks.genie.refusal import AskBack, Declined
from mocks.genie.space import DATE, NUMBER, Column, Snippet, Space, Table
from mocks.genie.words import stems

_BY_TIME = ("oldest", "newest", "latest", "earliest", "first")
_BY_COUNT = ("most", "fewest", "least")


class Topic:
    """The topic of a question, read from its pieces, which are marked as used."""

    def __init__(self, pieces: list[Piece], space: Space) -> None:
        self._pieces, self._space = pieces, space
        self.groups = self._groups()
        self.measured = self._measured()
        self._take_units()
        self.counted = self._counted()
        self.subject = self._subject()
        self.base = self._base()

    def _groups(self) -> list[Piece]:
        found = []
        for at, piece in enumerate(self._pieces):
            if piece.signal.kind == kinds.BY:
                following = following_thing(self._pieces, at)
                if following is None or self._is_ranked_by(at, following):
                    continue
                piece.used = following.used = True
                found.append(following)
        return found

    def _is_ranked_by(self, at: int, following: Piece) -> bool:
        """`top 5 customers by amount`: the word after `by` is what is ranked by, not a group."""
        ranked = any(piece.signal.kind == kinds.EXTREME for piece in self._pieces[:at])
        numeric = isinstance(following.noun, Column) and following.noun.kind == NUMBER
        return ranked and (numeric or isinstance(following.noun, Snippet))

    def _measured(self) -> tuple[str, Column | Snippet] | None:
        for at, piece in enumerate(self._pieces):
            if piece.signal.kind == kinds.NAMED and isinstance(piece.noun, Snippet) and piece.noun.kind == "measures":
                piece.used = True
                return "", piece.noun
            if piece.signal.kind == kinds.AGGREGATE:
                wanted = (NUMBER, DATE) if piece.signal.detail in ("MIN", "MAX") else (NUMBER,)
                column = self._next_column(at, wanted) or self._previous_column(at, wanted)
                if column is None:
                    continue
                piece.used = column.used = True
                assert isinstance(column.noun, Column)
                return piece.signal.detail, column.noun
        return None

    def _take_units(self) -> None:
        """`the average term in months` of a column `term_months`: the unit is no column of its own."""
        if self.measured is None or not isinstance(self.measured[1], Column):
            return
        own = set(stems(self.measured[1].name))
        for piece in self._pieces:
            if isinstance(piece.noun, Column) and set(stems(piece.signal.words)) <= own:
                piece.used = True

    def _counted(self) -> Piece | None:
        for at, piece in enumerate(self._pieces):
            if piece.signal.kind == kinds.COUNT:
                counted = following_thing(self._pieces, at) or self._filtered_thing(at)
                piece.used = counted.used = True
                return counted
        return None

    def _filtered_thing(self, at: int) -> Piece:
        """`number of active contracts` where that is a curated filter: what it filters is counted."""
        for piece in self._pieces[at + 1 :]:
            if isinstance(piece.noun, Snippet) and piece.noun.kind == "filters":
                return Piece(piece.signal, snippet_tables(piece.noun, self._space)[0])
        raise AskBack("What shall be counted?")

    def _subject(self) -> Piece | None:
        ranked = self.ranked()
        free = [p for p in self._pieces if self._is_free(p) and p is not ranked]
        tables = [piece for piece in free if isinstance(piece.noun, Table)]
        chosen = next(iter(tables or free), None)
        stands_alone = self.measured is None and self.counted is None
        if chosen is None and (stands_alone or ranked is not None):
            chosen = self._role() or ranked
        if chosen is not None:
            chosen.used = True
        return chosen

    def _is_free(self, piece: Piece) -> bool:
        """Whether the piece names what is asked for: not a flag, which filters, nor the date that a period is about."""
        if piece.used or is_flag(piece.noun) or not isinstance(piece.noun, Table | Column):
            return False
        alone = self.measured is None and self.counted is None
        return alone or not is_column(piece.noun, (DATE,))

    def _role(self) -> Piece | None:
        """A value that stands for things: `which customer` where a column of roles holds Customer."""
        first = next((p for p in self._pieces if p.signal.kind == kinds.NAMED and not p.used), None)
        return first if first is not None and isinstance(first.noun, Value) else None

    def _base(self) -> Table:
        roles = [piece for piece in (self.subject, *self.groups) if piece is not None and isinstance(piece.noun, Value)]
        if self.measured is not None:
            return self._home(self.measured[1])
        for piece in (*roles, self.counted, self.ranked(), self.subject, *self.groups):
            if piece is not None and piece.noun is not None:
                return self._home(piece.noun)
        values = [piece.noun for piece in self._pieces if isinstance(piece.noun, Value)]
        if values:
            return self._home(values[0])
        raise Declined("I do not see which of this space's tables the question is about.")

    def ranked(self) -> Piece | None:
        """What an extreme is an extreme of: a number, a date, or a thing that is counted."""
        for at, piece in enumerate(self._pieces):
            if piece.signal.kind == kinds.EXTREME:
                after, before = self._pieces[at + 1 :], self._pieces[:at]
                by = next((n for n, p in enumerate(after) if p.signal.kind == kinds.BY), len(after))
                nearest = [*after[by:], *after[:by], *reversed(before)]
                return next((p for p in nearest if _fits(piece, p)), None) or self._only_date(piece)
        return None

    def _only_date(self, extreme: Piece) -> Piece | None:
        """`the oldest branch`: by the one date that a branch has."""
        tables = [p.noun for p in self._pieces if isinstance(p.noun, Table)]
        dates = [column for table in tables for column in table.columns if column.kind == DATE]
        if extreme.signal.words.split()[-1].lower() in _BY_TIME and len(tables) == 1 and len(dates) == 1:
            return Piece(extreme.signal, dates[0])
        return None

    def _home(self, noun: Noun) -> Table:
        match noun:
            case Table():
                return noun
            case Column():
                return self._space.table(noun.table)
            case Value():
                return self._space.table(noun.column.table)
            case Snippet():
                return snippet_tables(noun, self._space)[0]

    def _next_column(self, at: int, wanted: tuple[str, ...]) -> Piece | None:
        return next((p for p in self._pieces[at + 1 :] if not p.used and is_column(p.noun, wanted)), None)

    def _previous_column(self, at: int, wanted: tuple[str, ...]) -> Piece | None:
        return next((p for p in reversed(self._pieces[:at]) if not p.used and is_column(p.noun, wanted)), None)


def _fits(extreme: Piece, piece: Piece) -> bool:
    """Whether that can be compared so: only `most` and `fewest` count things, only dates are old or new."""
    word = extreme.signal.words.split()[-1].lower()
    if word in _BY_TIME:
        return is_column(piece.noun, (DATE,))
    return is_rankable(piece.noun) and (word in _BY_COUNT or not isinstance(piece.noun, Table))
