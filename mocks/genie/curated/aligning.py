"""Words that examples teach: what is left of the question means what is left of its SQL, if that is one thing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mocks.genie.curated.parts import Part, Parts, parts_of
from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.names import SAID
from mocks.genie.knowledge.space import DATE, Column, Snippet, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import FILLERS
from mocks.genie.language.units import UNITS
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES
from mocks.genie.language.words import stem, stem_set, tokens
from mocks.genie.reading.items import Item
from mocks.genie.reading.recogniser import Recogniser

_LONGEST = 5
_ASIDE = stem_set(
    "time times until till take takes took taken single rate share percent percentage long report overall"
)
_DEEDS = LIGHT | TIES
_RATES = stem_set("rate ratio share percentage quota")
_ANYTHING = frozenset(("anything", "something", "it", "them", "one", "any"))
_BETWEEN = frozenset(("among", "of", "in", "with", "for", "by"))
# What says how rows are put together, and needs no part of the SQL with a name of its own.
_GRAMMAR = frozenset(
    (kinds.COUNT, kinds.DISTINCT, kinds.AGGREGATE, kinds.BY, kinds.NOT, kinds.SHARE, kinds.SPAN, kinds.EXTREME)
)


def taught(space: Space, recogniser: Recogniser) -> Iterator[tuple[str, Meaning]]:
    """Phrases with what they mean, for every example of which one phrase and one part of the SQL are left over."""
    for example in space.examples:
        parts = None if example.parameters else parts_of(example, space)
        items = recogniser.recognise(example.question) if parts is not None else []
        if parts is not None and all(item.kind in (*_GRAMMAR, kinds.NAMED, kinds.UNKNOWN) for item in items):
            yield from _Alignment(items, parts).taught()


class _Alignment:
    """The items of a question beside the parts of its statement."""

    def __init__(self, items: Sequence[Item], parts: Parts) -> None:
        self._items, self._parts = items, parts
        self._said: set[int] = set()
        self._left: list[Part] = [part for part in dict.fromkeys(parts.parts) if not self._explain(part)]

    def taught(self) -> Iterator[tuple[str, Meaning]]:
        """The phrases, each as it is said and without the words that say nothing."""
        for part, run in self._pairs() if self._is_plain() else ():
            for phrase in _phrases(run):
                if 0 < len(phrase.split()) <= _LONGEST and self._fits(part, run):
                    meaning = part.meaning
                    yield phrase, replace(meaning, names=(phrase,)) if isinstance(meaning, Snippet) else meaning

    def _pairs(self) -> Iterator[tuple[Part, list[Item]]]:
        """The one part and the one phrase that are left, and before them those that stand right behind `share of`."""
        runs, left = [*self._runs()], self._left
        shared = [part for part in left if part.shared]
        first = next((run for run in runs if self._is_shared(run)), None)
        if len(shared) == 1 and first is not None:
            yield shared[0], first
            runs, left = [run for run in runs if run is not first], [part for part in left if part is not shared[0]]
        if len(left) > 1:
            left = [part for part in left if not part.counted]
        if len(left) == 1 and len(runs) == 1 and not left[0].shared:
            yield left[0], runs[0]

    def _is_shared(self, run: Sequence[Item]) -> bool:
        """`share of deaths`, `pass rate`."""
        at = self._items.index(run[0])
        before = self._items[at - 1].kind if at else ""
        after = self._items[at + len(run)] if at + len(run) < len(self._items) else None
        return before == kinds.SHARE or (after is not None and _is_rate(after))

    def _fits(self, part: Part, run: Sequence[Item]) -> bool:
        """Whether words of that kind may mean a part of that kind."""
        at, words = self._items.index(run[0]), {stem(item.words) for item in run}
        if part.negated:
            return any(item.kind == kinds.NOT for item in self._items[:at])
        if part.counted:
            return len(run) == 1 and run[0].words.endswith("s") and not words <= MEASURING
        if isinstance(part.meaning, Column):
            said = {stem(word) for item in self._items[:at] for word in (*item.before.split(), item.words)}
            return bool({"until", "till", "to"} & said) if self._parts.elapsed else not words <= MEASURING | _DEEDS
        known = (entry.meaning for item in run for entry in item.entries)
        return not any(_is_about(meaning, part.meaning.sql) for meaning in known if isinstance(part.meaning, Snippet))

    def _explain(self, part: Part) -> bool:
        """Whether surely known words say a part, with what is known of them."""
        found = [at for at, item in enumerate(self._items) if _is_sure(item) and self._says(item, part.meaning)]
        self._said.update(found)
        return bool(found) or (part.dated and any(item.kind == kinds.SPAN for item in self._items))

    def _says(self, item: Item, meaning: Meaning) -> bool:
        return any(self._means(entry.meaning, meaning) for entry in item.entries if entry.rank > SAID)

    def _means(self, said: Meaning, meaning: Meaning) -> bool:
        match meaning:
            case Table():
                return said == meaning or (isinstance(said, Column) and said in (*meaning.labels, meaning.key))
            case Column(table=table) if isinstance(said, Table):
                days = self._parts.elapsed and meaning.kind == DATE
                first = days and meaning == next((c for c in said.columns if self._is_part(c)), None)
                return said.full_name == table and (first or meaning in (*said.labels, said.key))
            case Snippet(sql=sql):
                if isinstance(said, Value):
                    return f".{said.column.name}" in sql and f"'{said.text}'" in sql
                return said.sql == sql if isinstance(said, Snippet) else _is_about(said, sql)
        return said == meaning or (isinstance(said, Value) and self._is_label(meaning, said.column.table))

    def _is_label(self, column: Meaning, table: str) -> bool:
        return any(t.full_name == table and column in (*t.labels, t.key) for t in self._parts.tables)

    def _is_part(self, column: Column) -> bool:
        return any(part.meaning == column for part in self._parts.parts)

    def _is_plain(self) -> bool:
        """Whether every word that is surely known says something of the statement."""
        tables = set(self._parts.tables)
        named = [(at, item) for at, item in enumerate(self._items) if _is_sure(item) and at not in self._said]
        return all(_is_rate(item) or any(entry.meaning in tables for entry in item.entries) for _, item in named)

    def _runs(self) -> Iterator[list[Item]]:
        """The words that say nothing known, as far as they stand together."""
        run: list[Item] = []
        found: list[list[Item]] = []
        for item in [*self._items, Item(kinds.BY, "", 0, 0)]:
            if run and (not _is_word(item) or _BETWEEN & set(item.before.split())):
                found.append(_trimmed(run))
                run = []
            if _is_word(item):
                run.append(item)
        runs = [one for one in found if one]
        telling = [one for one in runs if any(self._is_telling(item) for item in one)]
        yield from telling or [one for one in runs if len(one) > 1]

    def _is_telling(self, item: Item) -> bool:
        """Whether a word is more than a verb that ties things together."""
        noun = item.words.endswith("s") and any(e.meaning == part.meaning for e in item.entries for part in self._left)
        return noun or stem(item.words) not in _DEEDS


def _is_rate(item: Item) -> bool:
    return stem(item.words) in _RATES


def _is_sure(item: Item) -> bool:
    return item.kind == kinds.NAMED and item.entries[0].rank > SAID


def _is_word(item: Item) -> bool:
    return item.kind == kinds.UNKNOWN or (item.kind == kinds.NAMED and not _is_sure(item))


def _trimmed(run: Sequence[Item]) -> list[Item]:
    """Without units and the like, and without a verb before a noun."""
    kept = [item for item in run if stem(item.words) not in _ASIDE | UNITS.keys()]
    nouns = [at for at, item in enumerate(kept) if stem(item.words) not in _DEEDS]
    is_noun = bool(nouns) and kept[-1].kind == kinds.NAMED and nouns[-1] == len(kept) - 1
    return kept[nouns[0] :] if is_noun else kept


def _is_about(said: Meaning, sql: str) -> bool:
    return isinstance(said, Column) and f"{said.table_name}.{said.name}" in sql


def _phrases(run: Sequence[Item]) -> list[str]:
    """The words as they stand in the question, and without what says nothing: `sent back` for `sent anything back`."""
    said, bare = _said(run), " ".join(item.words for item in run)
    words = said.split()
    others = [said.replace(word, other) for word in words if word in _ANYTHING for other in sorted(_ANYTHING)]
    return list(dict.fromkeys((said, bare, *others)))


def _said(run: Sequence[Item]) -> str:
    """The words as they stand in the question."""
    inner = " ".join(f"{item.before} {item.words}" for item in run[1:])
    words = [token.text for token in tokens(f"{run[0].words} {inner}")]
    while words and words[0].lower() in FILLERS:
        words = words[1:]
    return " ".join(words)
