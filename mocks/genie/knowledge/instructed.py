"""What instructions say beyond names: how a number is computed, and what is always left out."""

import re
from collections.abc import Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import ParseError, TokenError

from mocks.genie.knowledge.conditional import with_condition
from mocks.genie.knowledge.conditions import column_named, condition
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Value
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, Column, Snippet, Space, Table
from mocks.genie.knowledge.written import column_of, is_null, not_null
from mocks.genie.language.sentences import of_terms, plainly_told, sentences
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import stems, tokens

_NAME = r"[\"“'`]?(?P<name>[A-Za-z][\w -]{1,40}?)[\"”'`]?"
_IS = "(?:is|are|should be|must be) (?:calculated|computed|defined|measured|derived) (?:as|by|from)"
_MEANS = "(?:is|are|means?|refers? to)"
_SIGNS = r"(?:\*|times|minus|less|plus|divided by|/|-|\+)"
_LEAVING = r"without|excluding|except|but not|not counting|ignoring|other than"
_LIMITS = rf"of|from|for|over|where|whose|with|{_LEAVING}|(?:counting )?only (?:for|of|where)?|that (?:is|are)"
_LIMITED = re.compile(rf"(?:,| \(| but)? \b(?P<how>{_LIMITS})\b ?(?:all |any |the |only )*", re.IGNORECASE)
_THING_THAT = re.compile(
    r"^(?P<thing>\w+) (?:that|which|who) (?:is|are|was|were|have been) (?P<not>not |never )?(?P<state>[\w -]+)$", re.I
)
_COMPUTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:the )?{_NAME}\s*(?:=|:=|equals)\s*(?P<told>.+)$",
        rf"^(?:the )?{_NAME} {_IS} (?P<told>.+)$",
        rf"^(?:calculate|compute|define|measure|report) (?:the )?{_NAME} as (?P<told>.+)$",
        rf"^(?:the )?{_NAME} {_MEANS} (?:the )?(?P<told>[\w.]+(?: \w+){{0,2}}? ?{_SIGNS}.+)$",
        rf"^(?:the )?{_NAME} {_MEANS} (?:the )?(?P<told>(?:sum|total|average) of .+)$",
        rf"^(?:the )?{_NAME} {_MEANS} (?:the )?(?P<told>(?:sum|avg|count|min|max)\(.+)$",
        rf"^(?:the )?{_NAME} {_MEANS} (?:the )?(?P<told>[\w.]*\w_\w+,? (?:{_LIMITS}) .+)$",
    )
)
_WORDS = (
    (r"\bmultiplied by\b|\btimes\b|×", "*"),
    (r"\bdivided by\b", "/"),
    (r"\bminus\b|\bless\b", "-"),
    (r"\bplus\b", "+"),
    (r"\b(?:the )?(?:sum|total) of ([\w.]+)", r"SUM(\1)"),
    (r"\b(?:the )?average of ([\w.]+)", r"AVG(\1)"),
)
_ASIDE = r"^(?:please )?(?:always |by default |unless asked,? )?"
_STATES = (
    (r"\bis empty\b", "is null"),
    (r"\bis (?=true\b|false\b)", "= "),
    (r"\b(?:is|are) not (?!null\b|empty\b|in\b)['\"]?([\w -]+?)['\"]?$", r"<> '\1'"),
)
_ADDED = re.compile(r",? (?:summed(?: up)?|added up|in total|(?:over|across) all [\w ]+)$", re.IGNORECASE)
_ASIDES = re.compile(r" *\(([^)]*)\)")
_BOTH = re.compile(r"^(?P<one>[\w-]+) (?:and|or) (?P<two>[\w-]+) (?P<noun>\w+)$", re.IGNORECASE)
_NEGATED = frozenset(("not", "no", "never", "without", "except", "non"))
_LEFT_OUT = re.compile(
    rf"{_ASIDE}(?:exclude|ignore|leave out|omit|filter out|(?:never|do not|don't) (?:count|include|show)) "
    r"(?:all |any |the )?(?P<told>.+)$",
    re.IGNORECASE,
)
_ON_REQUEST = re.compile(r"\b(?:only|just) (?:when|if|where|on request)\b", re.IGNORECASE)
_KEPT = re.compile(
    rf"{_ASIDE}(?:filter(?: (?:on|by|to|for|where))?|add (?:the|a) filter|only (?:count|include|use|show|consider)|"
    r"(?:count|include|use|consider|show) only|restrict (?:everything |results |all queries )?to|"
    r"apply the filter) (?:the filter |rows where |all |the )?(?P<told>.+)$",
    re.IGNORECASE,
)


def told_measures(space: Space, lexicon: Lexicon) -> Iterator[Snippet]:
    """`Revenue = quantity * unit_price`, `Revenue is the sum of price without refunded tickets`."""
    for sentence in sentences(space):
        for found in (match for pattern in _COMPUTED if (match := pattern.match(sentence))):
            sum_ = _expression(found["told"], space) or _limited(found["told"], space, lexicon)
            if sum_ is not None:
                yield Snippet("measures", (found["name"].strip(),), sum_.sql("databricks"))
                break


def _limited(text: str, space: Space, lexicon: Lexicon) -> exp.Expr | None:
    """The sum over some rows only, behind which it says which."""
    for cut in _LIMITED.finditer(text):
        rest = text[cut.end() :].strip(" .")
        sum_ = _expression(text[: cut.start()], space) if rest else None
        leaving = re.fullmatch(_LEAVING, cut["how"], re.IGNORECASE) is not None
        known = _which(rest, leaving, space, lexicon) if sum_ is not None else None
        if sum_ is not None and known is not None:
            return with_condition(sum_, known)
    return None


def _which(text: str, leaving: bool, space: Space, lexicon: Lexicon) -> exp.Expr | None:
    """The condition on the rows that are kept: `sessions that are done`, `refunded tickets (refunded_on is empty)`."""
    plain, aside = _ASIDES.sub("", text).rstrip(")"), _ASIDES.search(text)
    that = _THING_THAT.match(plain)
    if that is not None and that["not"]:
        leaving = not leaving
    named = _named(f"{that['state']} {that['thing']}" if that else plain, lexicon)
    said = _aside(aside[1], space) if aside is not None else None
    if said is not None:
        kept = leaving and not (named is not None and named[0] == said[0] and named[1] != said[1])
        return exp.not_(exp.paren(said[1])) if kept else said[1]
    found = _condition(plain, space) or _of_rows(plain, space) or named
    return None if found is None else exp.not_(exp.paren(found[1])) if leaving else found[1]


def _of_rows(text: str, space: Space) -> tuple[Column, exp.Expr] | None:
    """`payments with returned_on empty`: the things of a table, then what holds of them."""
    noun, _, said = text.partition(" ")
    tables = [table for table in space.tables if stems(noun) in map(stems, (table.name, table.spoken, *table.synonyms))]
    known = condition(said, tables[0], space) if len(tables) == 1 else None
    columns = _resolved(known, space, ()) if known is not None else []
    return (columns[0], known) if known is not None and columns else None


def always(space: Space, lexicon: Lexicon) -> Iterator[tuple[Column, str]]:
    """`Exclude cancelled orders`, `always filter on is_deleted = false`: a column, and the condition on it."""
    known: list[tuple[Column, exp.Expr]] = []
    asides = {one for clause in of_terms(space) for one in (clause, plainly_told(clause))}
    for sentence in (one for one in sentences(space) if one not in asides):
        for column, said, negated in _rules(sentence, space, lexicon):
            if (column, said) not in known:
                known.append((column, said))
                kept = exp.not_(exp.paren(said)) if negated else said
                null = is_null(column)
                yield column, (exp.or_(kept, null) if negated and column.filled < 1 else kept).sql("databricks")


def _rules(sentence: str, space: Space, lexicon: Lexicon) -> Iterator[tuple[Column, exp.Expr, bool]]:
    """What a sentence leaves out or keeps: a column with a condition on it, and whether its rows are left out."""
    for pattern, negated in ((_LEFT_OUT, True), (_KEPT, False)):
        match = pattern.match(sentence)
        if match is None or _ON_REQUEST.search(sentence):
            continue
        text, aside = _ASIDES.sub("", match["told"]), _ASIDES.search(match["told"])
        whole = _condition(match["told"], space) or _named(text, lexicon)
        whole = whole or (_aside(aside[1], space) if aside is not None else None)
        both = _BOTH.match(text) if negated else None
        parts = [_named(f"{one} {both['noun']}", lexicon) for one in (both["one"], both["two"])] if both else [whole]
        found = [part for part in parts if part is not None]
        yield from ((*part, negated) for part in found if len(found) == len(parts))
        if found:
            return


def _aside(text: str, space: Space) -> tuple[Column, exp.Expr] | None:
    """`status V`, in brackets behind what is left out."""
    told = condition(text, None, space)
    named = (
        [column_named(f"{node.table}.{node.name}", None, space) for node in told.find_all(exp.Column)] if told else []
    )
    return (named[0], told) if told is not None and len(named) == 1 and named[0] is not None else None


def _expression(text: str, space: Space) -> exp.Expr | None:
    """A sum over columns of this space; without an aggregate it is added up."""
    text = _ADDED.sub("", text)
    for pattern, sign in _WORDS:
        text = re.sub(pattern, sign, text, flags=re.IGNORECASE)
    tree = _parsed(_with_names(text, space))
    if tree is None or not _counts(tree) or (isinstance(tree, exp.Column) and tree.table):
        return None
    columns = _resolved(tree, space, (NUMBER,))
    if not columns:
        return None
    return tree if tree.find(exp.AggFunc) else exp.Sum(this=tree)


def _with_names(text: str, space: Space) -> str:
    """The text with the columns' names where it has them in words: `store_fee` for `the store fee`."""
    numbers = [column for column in space.columns() if column.kind == NUMBER and not column.formula]
    for column in sorted(numbers, key=lambda column: -len(column.spoken)):
        words = r"[ _]".join(map(re.escape, column.spoken.lower().split()))
        text = re.sub(rf"(?<![.\w])(?:the )?{words}(?!\w)", column.name, text, flags=re.IGNORECASE)
    return text


def _counts(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.Column | exp.Add | exp.Sub | exp.Mul | exp.Div | exp.Paren | exp.Func)


def _condition(text: str, space: Space) -> tuple[Column, exp.Expr] | None:
    """`is_deleted = false`, `status <> 'Cancelled'`, `rows where deleted_at is null`."""
    text = re.sub(
        r"^(?:rows?|records?|everything|anything) (?:where|with|whose) ", "", text.strip(), flags=re.IGNORECASE
    )
    text = re.sub(r"^(?:the )?\w+ (?:where|whose|that have) (?:the |their )?", "", text, flags=re.IGNORECASE)
    for pattern, sign in _STATES:
        text = re.sub(pattern, sign, text, flags=re.IGNORECASE)
    tree = _parsed(text)
    if tree is None or not isinstance(tree, exp.Predicate | exp.Not | exp.Column):
        return None
    columns = _resolved(tree, space, ())
    if len(columns) != 1 or (isinstance(tree, exp.Column) and columns[0].kind != BOOLEAN):
        return None
    return columns[0], tree


def _named(text: str, lexicon: Lexicon) -> tuple[Column, exp.Expr] | None:
    """`cancelled orders`: a value or a flag of the one table that is named."""
    words = tokens(text)
    if _NEGATED & {word.text.lower() for word in words}:
        return None
    meanings = [entry.meaning for word in words for entry in lexicon.find([word])[:4]]
    tables = [meaning for meaning in meanings if isinstance(meaning, Table)]
    for meaning in meanings:
        column = meaning.column if isinstance(meaning, Value) else meaning if isinstance(meaning, Column) else None
        if column is None or (tables and column.table not in {table.full_name for table in tables}):
            continue
        if isinstance(meaning, Value):
            return column, _holds(meaning)
        if column.kind == DATE and column.filled < 1 and is_participle(words[0].text):
            return column, not_null(column)
        if column.kind == BOOLEAN and not column.truth:
            return column, column_of(column)
    return None


def _holds(value: Value) -> exp.Expr:
    named, texts = column_of(value.column), [exp.Literal.string(text) for text in value.texts]
    return exp.EQ(this=named, expression=texts[0]) if len(texts) == 1 else named.isin(*texts)


def _parsed(text: str) -> exp.Expr | None:
    try:
        return parse_one(text, read="databricks", into=exp.Condition) if text else None
    except (ParseError, TokenError, ValueError):
        return None


def _resolved(tree: exp.Expr, space: Space, kinds: tuple[str, ...]) -> list[Column]:
    """The columns of an expression, which afterwards are named with their tables; none if one is not known."""
    found: list[Column] = []
    for node in list(tree.find_all(exp.Column)):
        known = [
            column
            for table in space.tables
            for column in table.columns
            if column.name.lower() == node.name.lower()
            and node.table.lower() in ("", table.name.lower())
            and (not kinds or column.kind in kinds)
        ]
        if not known:
            return []
        mine = next((column for column in known if found and column.table == found[0].table), known[0])
        if len(known) > 1 and mine is known[0] and not node.table and not found:
            return []
        node.set("table", exp.to_identifier(mine.table_name))
        found.append(mine)
    return found
