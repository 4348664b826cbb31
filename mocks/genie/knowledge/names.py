"""The names under which people speak of tables, columns and values: written, shortened, or said in comments."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from mocks.genie.knowledge.decoded import decoded
from mocks.genie.knowledge.meanings import Meaning
from mocks.genie.knowledge.places import adjectives, iso_names, place_names
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Table
from mocks.genie.language.english import FILLERS, KINDS
from mocks.genie.language.filling import IDLE
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import FUNCTION_WORDS, stem, stem_set, stems, tokens, word_set

CURATED, FULL, STATE, PARTIAL, LOOSE, HEAD = 8, 6, 4.5, 4, 3.7, 3.5
SAID, QUANTITY, PART, DEED, WORD = 3, 2.4, 2.3, 2.1, 2
Bag = frozenset[str]
_UNITS = stem_set("""
usd eur gbp chf id no nr number date day days month months pct percent code cd key kg km m2 on at ts min minutes ft hr
hrs hours sec seconds lb lbs mi miles cm mm kw kwh mw gb mb tons tonnes sqft sqm flag count cnt qty amt amount
""")
_COMMON_VERBS = stem_set("take takes taken make makes made give given get gets use used go goes come comes keep kept")
_IDLE = frozenset(map(stem, IDLE))
_SUMS = stem_set("value val")
_IN_MONEY = stem_set("euro euros eur pound pounds gbp dollar dollars usd franc francs chf money amount price fee")
_ENDS = word_set("to by from with for since until")
_DATED = stem_set("on at date day dt ts time timestamp year since")
TIED = word_set("of per the a an in was were is are been did do does have has had be")
_OF_NAMES = word_set("""first last given family full middle short long nick maiden legal display common trading trade
official preferred other second old new alternative local native""")
_SAME_THINGS = (
    ("last name", "family name", "surname", "second name", "lastname"),
    ("first name", "given name", "forename", "firstname"),
    ("birth date", "date of birth", "birthday", "birth day"),
    ("phone number", "telephone number", "phone", "telephone", "mobile number"),
    ("postcode", "postal code", "post code", "zip code", "zip"),
    ("gender", "sex"),
)
_WOMEN, _MEN = ("female", "woman", "women", "lady"), ("male", "man", "men", "gentleman")
_GENDERS = dict.fromkeys(("f", "w", "female", "woman"), _WOMEN) | dict.fromkeys(("m", "male", "man"), _MEN)
_LIMITS = (
    (word_set("to until till thru through"), ("end", "end date", "expiry", "expiry date", "expire")),
    (word_set("from since"), ("start", "start date", "begin")),
)
_OF_KEYS = word_set("id no nr number code cd key flag")
_DOING = ("ing", "ings")
_MOST_INITIALS = 4
_NO_INITIALS = word_set("am pm id ad tv pc no ok vs re eg ie us uk eu un hr it pr ce bc")
_CLAUSE = re.compile(r"[.;:,](?:\s|$)")
# `people that are our customers`
_ARE_OUR = re.compile(r"\b(?:that|who|which) are (?:our |the |also )?(\w+s)\b")
_TAIL = re.compile(
    r"\s(?:of|for|in|at|on|by|from|to|with|who|that|which|when|where|while|whose|under|over|as|is|are|was|were|has|have|"
    r"done|found|made|given|used|taken|kept|if|during|per|after|before|until)\s",
    re.I,
)
_WHO_DO = frozenset(("we", "you", "they", "it", "he", "she"))
_WHICH_OF_THEM = word_set("past present former current active inactive open closed old new alike")
# What holds the rows, and is not what they are: `Hardware register`.
_REGISTERS = word_set("register list directory catalogue catalog log roster ledger overview")
_KIND = re.compile(r"^\s*(\w+) \w+s\s*$")
_IDIOMS = re.compile(r"\b(?:for good|at all|in full|by far|at last|as well|of course)\b", re.I)
_PHRASAL = re.compile(r"\b([a-z]{3,}(?:-|ed |ing ))(in|out|up|off|on|down|over|back|away)\b", re.I)
_NO_NAME = re.compile(
    r"^(?:one row|each row|a row|what|who|how|when|whether|where|empty|which|day|first|last|"
    r"counted|measured|reckoned|stated|expressed|rounded)\b",
    re.I,
)


def bag_of(name: str) -> Bag:
    return frozenset(token.stem for token in tokens(name.replace("_", " ")) if token.text.lower() not in TIED)


def lower_doings(found: dict[Meaning, float], word: str) -> None:
    """Makes columns called after a doing less sure where something else is called so: `open` is less the `openings`."""
    for meaning in found if len(found) > 1 and not word.lower().endswith(_DOING) else ():
        if isinstance(meaning, Column) and meaning.spoken.lower().endswith(_DOING):
            found[meaning] -= 3


def shorter(table: Table, column: Column) -> Iterator[Bag]:
    """The column's name without its unit or kind at the end, and without the table's own name."""
    own = set(stems(table.spoken))
    for name in (column.name, column.spoken):
        words = raw = [stem(word) for word in name.replace("_", " ").split()]
        words = words[1:] if len(words) > 1 and words[0] in ("is", "has") else words
        core = words[:-1] if words[-1] in _UNITS | _DATED | _ENDS | _SUMS else words
        core = core[: core.index("per")] if "per" in core[1:] else core
        core = core[2:] if core[:2] in (["dat", "of"], ["day", "of"], ["year", "of"]) else core
        for phrase in (
            core,
            core[1:] if core[:1] in (["total"], ["averag"]) else core,
            core[1:] if column.kind == DATE and core[:1] in (["last"], ["latest"]) else core,
            [w for w in words if w not in own],
            [w for w in core if w not in own],
        ):
            if phrase and phrase != raw and not set(phrase) <= FILLERS | _UNITS:
                yield frozenset(phrase)
        if column.kind == DATE or (words[-1] == "year" and core):
            yield frozenset([*core, "dat"])
            yield frozenset([*core, "day"])
            yield frozenset([*core, "year"])
            if column.timed:
                yield frozenset([*core, stem("time")])


def thing_named(table: Table, column: Column) -> Iterator[str]:
    """What has a name or a kind: `company` for shippers told apart by a company_name, `ship` for vessels by ship type.

    The latter where a comment says `Ship type` of a column that is called `vessel_type`.
    """
    words = column.spoken.lower().split()
    if column == table.label and len(words) == 2 and words[1] in ("name", "title") and words[0] not in _OF_NAMES:
        yield words[0]
    own = [word for word in stems(column.spoken) if word not in stems(table.spoken)]
    said = re.match(r"(?:the )?(\w+) of (?:the |an? )?(\w+)$|(\w+) (\w+)$", _CLAUSE.split(column.description)[0], re.I)
    kind, thing = (said[1] or said[4], said[2] or said[3]) if said else ("", "")
    if own == [stem(kind)] and own[0] in KINDS and len(stems(column.spoken)) > 1 and thing not in _OF_NAMES:
        yield thing


def other_names(column: Column) -> Iterator[str]:
    """What everybody calls a family name or a day of birth, whatever it is called in the table."""
    own = {bag_of(column.spoken), bag_of(column.name)}
    for ends, names in _LIMITS if column.kind == DATE else ():
        yield from names if ends & set(column.spoken.lower().split()[-1:]) else ()
    for same, bags in _same_things():
        if own & bags:
            yield from same


@lru_cache(maxsize=1)
def _same_things() -> tuple[tuple[tuple[str, ...], frozenset[Bag]], ...]:
    return tuple((same, frozenset(map(bag_of, same))) for same in _SAME_THINGS)


def _named_only(table: Table, column: Column) -> Iterator[Bag]:
    """`technician` for a technician_name, beside the name of what the table holds."""
    words = column.spoken.lower().split()
    if column.kind == TEXT and column != table.label and len(words) == 2 and words[1] == "name":
        own = {*stems(table.spoken), *map(stem, _OF_NAMES)}
        yield from (bag for bag in [frozenset(stems(words[0]))] if not bag & own)


def head_of(table: Table, column: Column) -> Iterator[Bag]:
    """`channel` for sales_channel: the last word of a column's name, where it says more than a unit or a kind."""
    yield from _named_only(table, column)
    words = stems(column.spoken)
    while len(words) > 1 and words[-1] in _UNITS | _DATED:
        words = words[:-1]
    if len(words) > 1 and words[-1] not in KINDS | FILLERS | set(stems(table.spoken)) and column.kind != DATE:
        yield frozenset(words[-1:])


def unit_first(column: Column) -> Iterator[Bag]:
    """`hours` for hours_spent."""
    words = column.spoken.split()
    if column.kind == NUMBER and len(words) == 2 and stem(words[0]) in _UNITS and is_participle(words[1]):
        yield frozenset(stems(words[0]))


def with_units(column: Column) -> Iterator[str]:
    """The synonyms with the unit or the like that ends the column's name: `moisture pct` for mst_pct."""
    ends = {column.name.lower().split("_")[-1], column.spoken.lower().split()[-1]} - _OF_KEYS
    for synonym in column.synonyms if column.kind in (NUMBER, DATE) and not column.refers else ():
        yield from (f"{synonym} {end}" for end in sorted(ends) if stem(end) in _UNITS and end not in synonym.split())


def parts_of(table: Table, name: str, column: Column) -> Iterator[tuple[Bag, float]]:
    """Several words of a column's name, or weakly a single one: `arrival delay` or `fuel` for fuel_burned_kg."""
    words = [word for word in dict.fromkeys(stems(name)) if word not in FILLERS][:6]
    own = set(stems(table.spoken))
    for size in range(1, len(words)):
        for chosen in combinations(words, size):
            if not set(chosen) <= _UNITS | _DATED | KINDS | own and (size > 1 or column.kind != DATE):
                yield frozenset(chosen), LOOSE if size > 1 else PART


def column_phrases(column: Column) -> Iterator[str]:
    for clause in _CLAUSE.split(column.description)[:2]:
        said = re.sub(r"^(?:the|total|number of|amount of|how many)\s+", "", clause.strip(), flags=re.I)
        if said and len(said.split()) <= 6 and not _NO_NAME.match(said) and said.split()[0] not in column.values:
            counts = column.kind == NUMBER and not column.refers
            done = _until_done(said.split()) if counts else ""  # `Payment reminders sent so far`
            short = (
                done if " " in done else said,
                _TAIL.split(f"{said} ")[0],
                re.split(r"\s(?:of|for|in|at|on|by|from|to|with)\s", said)[0],
            )
            yield said
            yield from (name for name in short if not set(stems(name)) <= _DATED)  # `Year of build`


def phrasal_nouns(column: Column) -> Iterator[Bag]:
    """`check-ins` of `checked_in_at`, of `When the guest checked in` or `Who did the check-in`."""
    for verb, particle in _PHRASAL.findall(f"{column.spoken}; {column.description}"):
        yield frozenset((stem(verb.rstrip(" -")), particle.lower()))


def comment_words(column: Column) -> Iterator[str]:
    for clause in _CLAUSE.split(column.description)[:1]:
        if "=" in clause or re.match(r"empty\b", clause.strip(), re.I) or re.search(r"\brow\b", clause):
            continue
        if column.kind == BOOLEAN:
            said = re.split(r"\b(?:has been|have been|is|are|was|were|has|have|can|may)\b", clause, maxsplit=1)
            kind = _KIND.match(clause) if len(said) == 1 else None
            clause = kind[1] if kind is not None else said[-1]  # `Dangerous goods`: which, and not that they are goods
        unpaid = column.kind == NUMBER and not {*stems(column.description)} & _IN_MONEY
        for word in stems(_IDIOMS.sub("", clause)):
            if unpaid and word == "pay":
                continue  # how many somebody pays for is no pay
            if len(word) > 2 and word not in FILLERS | _COMMON_VERBS | _IDLE | _UNITS and not word[0].isdigit():
                yield word


def initials(table: Table) -> Iterator[str]:
    """`AE` and `AEs` for adverse events, where such letters are no word and no unit."""
    words = table.spoken.lower().split()
    short = "".join(word[0] for word in words)
    if 1 < len(words) <= _MOST_INITIALS and short not in FILLERS | _UNITS | _NO_INITIALS:
        yield from (short, f"{short}s")


def table_names(description: str) -> Iterator[str]:
    yield from re.findall(r"\(([A-Z]{2,6})\)", description)
    yield from _ARE_OUR.findall(description)
    for sentence in re.split(r"[.;:](?:\s|$)", description):
        if not sentence.strip() or _NO_NAME.match(sentence.strip()):
            continue
        said = _until_done(_TAIL.split(f" {sentence.strip()} ")[0].split())
        parts = re.split(r",\s*(?:and\s+|our\s+)?|\s+and\s+", said)
        if len(parts) > 1:
            yield said
        for part in parts:
            *held, last = part.split() or [""]
            if last and len(held) <= 2 and not _NO_NAME.match(part) and last.lower() not in _WHICH_OF_THEM:
                yield part
                yield " ".join(held) if held and last.lower() in _REGISTERS else last


def _until_done(words: list[str]) -> str:
    """`Adverts` for `Adverts sold`, `Jobs` for `Jobs we hire for`: what stands before a participle or a clause."""
    done = (n for n, word in enumerate(words) if n and is_participle(word) and not word.endswith("ing"))
    clauses = (n for n, word in enumerate(words) if n and word in _WHO_DO)
    return " ".join(words[: min([*done, *clauses], default=len(words))])


def value_names(column: Column) -> Iterator[tuple[str, str, float]]:
    """The names under which a question may speak of a column's values."""
    values = set(column.values)
    begun = Counter(_beginning(value).lower() for value in column.values)
    for value in column.values if column.kind != NUMBER else ():
        yield value, value, FULL
        short = _beginning(value)
        if short != value and begun[short.lower()] == 1:
            yield short, value, PARTIAL
    if column.kind == TEXT:
        yield from ((name, value, FULL) for name, value in place_names(values))
        yield from ((name, value, FULL - 1) for name, value in (*adjectives(values), *iso_names(column)))
    if {"gender", "sex"} & {*column.spoken.lower().split()}:
        yield from ((name, value, FULL) for value in values for name in _GENDERS.get(value.lower(), ()))
    yield from decoded(column, FULL, PARTIAL, SAID)


def value_called(column: Column) -> Iterator[tuple[str, str]]:
    """The synonyms of a column that name its values: `high priority` beside `high`, and what a code stands for."""
    known = {stems(name): value for name, value, rank in value_names(column) if rank >= PARTIAL}
    own = {*stems(column.spoken), *stems(column.name)}
    for synonym in column.synonyms if column.kind in (TEXT, NUMBER) else ():
        rest = tuple(word for word in stems(synonym) if word not in own)
        coded = rest in known and known[rest].lower() != synonym.lower()
        if rest in known and (rest != stems(synonym) or coded):
            yield synonym, known[rest]


def _beginning(value: str) -> str:
    """The first two words of a longer name."""
    words = value.split()
    short = len(words) > 2 and words[1].lower() not in FUNCTION_WORDS  # `Run the Hills` is no `run the`
    return " ".join(words[:2]).rstrip(",") if short else value
