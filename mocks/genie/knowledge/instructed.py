"""What instructions say beyond names: how a number is computed, and what is always left out."""

import re
from collections.abc import Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import ParseError, TokenError

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Value
from mocks.genie.knowledge.space import BOOLEAN, NUMBER, Column, Snippet, Space, Table
from mocks.genie.knowledge.written import column_of, is_null
from mocks.genie.language.sentences import sentences
from mocks.genie.language.words import tokens

_NAME = r"[\"“'`]?(?P<name>[A-Za-z][\w -]{1,40}?)[\"”'`]?"
_IS = "(?:is|are|should be|must be) (?:calculated|computed|defined|measured|derived) (?:as|by|from)"
_SIGNS = r"(?:\*|times|minus|plus|/|-|\+)"
_COMPUTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:the )?{_NAME}\s*(?:=|:=|equals)\s*(?P<told>.+)$",
        rf"^(?:the )?{_NAME} {_IS} (?P<told>.+)$",
        rf"^(?:calculate|compute|define|measure|report) (?:the )?{_NAME} as (?P<told>.+)$",
        rf"^(?:the )?{_NAME} (?:is|means|refers to) (?:the )?(?P<told>[\w.]+ ?{_SIGNS}.+)$",
        rf"^(?:the )?{_NAME} (?:is|means|refers to) (?:the )?(?P<told>(?:sum|total|average) of [\w. ]+)$",
        rf"^(?:the )?{_NAME} (?:is|means|refers to) (?:the )?(?P<told>(?:sum|avg|count|min|max)\(.+)$",
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
_NEGATED = frozenset(("not", "no", "never", "without", "except", "non"))
_LEFT_OUT = re.compile(
    rf"{_ASIDE}(?:exclude|ignore|leave out|omit|filter out|(?:never|do not|don't) (?:count|include|show)) "
    r"(?:all |any |the )?(?P<told>.+)$",
    re.IGNORECASE,
)
_KEPT = re.compile(
    rf"{_ASIDE}(?:filter(?: (?:on|by|to|for|where))?|add (?:the|a) filter|only (?:count|include|use|show|consider)|"
    r"(?:count|include|use|consider|show) only|restrict (?:everything |results |all queries )?to|"
    r"apply the filter) (?:the filter |rows where |all |the )?(?P<told>.+)$",
    re.IGNORECASE,
)


def told_measures(space: Space) -> Iterator[Snippet]:
    """`Revenue = quantity * unit_price`."""
    for sentence in sentences(space):
        found = next((match for pattern in _COMPUTED if (match := pattern.match(sentence))), None)
        if found is not None and (sum_ := _expression(found["told"], space)) is not None:
            yield Snippet("measures", (found["name"].strip(),), sum_.sql("databricks"))


def always(space: Space, lexicon: Lexicon) -> Iterator[tuple[Column, str]]:
    """`Exclude cancelled orders`, `always filter on is_deleted = false`: a column, and the condition on it."""
    known: list[tuple[Column, exp.Expr]] = []
    for sentence in sentences(space):
        for pattern, negated in ((_LEFT_OUT, True), (_KEPT, False)):
            match = pattern.match(sentence)
            found = _condition(match["told"], space) or _named(match["told"], lexicon) if match else None
            if found is not None and found not in known:
                known.append(found)
                column, condition = found
                kept = exp.not_(exp.paren(condition)) if negated else condition
                null = is_null(column)
                yield column, (exp.or_(kept, null) if negated and column.filled < 1 else kept).sql("databricks")
                break


def _expression(text: str, space: Space) -> exp.Expr | None:
    """A sum over columns of this space; without an aggregate it is added up."""
    for pattern, sign in _WORDS:
        text = re.sub(pattern, sign, text, flags=re.IGNORECASE)
    tree = _parsed(text)
    if tree is None or not _counts(tree) or (isinstance(tree, exp.Column) and tree.table):
        return None
    columns = _resolved(tree, space, (NUMBER,))
    if not columns:
        return None
    return tree if tree.find(exp.AggFunc) else exp.Sum(this=tree)


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
            return column, exp.EQ(this=column_of(column), expression=exp.Literal.string(meaning.text))
        if column.kind == BOOLEAN and not column.truth:
            return column, column_of(column)
    return None


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
