"""Functions over arrays whose ends, NULLs and names are others in Spark than in DuckDB."""

from collections.abc import Callable

from sqlglot import exp

from mocks.engines.translating.duck_templates import made
from mocks.engines.warehouse.sql_error import SqlError

Change = Callable[[exp.Expr], exp.Expr]
_NO_ZERO = (
    "[INVALID_INDEX_OF_ZERO] The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index "
    "1). SQLSTATE: 22003"
)
_BEYOND = (
    "The index ' || {index} || ' is out of bounds. The array has ' || {size} || ' elements. Use the SQL function "
    "`{instead}` to tolerate accessing element at invalid index and return NULL instead. SQLSTATE: 22003"
)
# Whether it is an array at all is known only to DuckDB, and so is its size in words that suit a map and JSON as well.
_IS_ARRAY, _IS_MAP = "ends_with(typeof(_0), '[]')", "starts_with(typeof(_0), 'MAP(') AND ends_with(typeof(_0), ')')"
_SIZE = "json_array_length(to_json(_0))"
_MISSING = f"_2 IS NULL AND {_IS_ARRAY} AND _0 IS NOT NULL"
_GET = "'[INVALID_ARRAY_INDEX] " + _BEYOND.format(index="_1", size="_3", instead="get()") + "'"
_ELEMENT = _BEYOND.format(index="_1", size="_3", instead="try_element_at")
_ELEMENT = f"'[INVALID_ARRAY_INDEX_IN_ELEMENT_AT] {_ELEMENT}'"
_INSERTED = f"""
CASE WHEN _1 = 0 THEN error('{_NO_ZERO}')
WHEN _1 > len(_0) THEN list_concat(_0, list_transform(range(_1 - len(_0) - 1), lambda i: NULL), [_2])
WHEN _1 > 0 THEN list_concat(list_slice(_0, 1, _1 - 1), [_2], list_slice(_0, _1, len(_0)))
WHEN -_1 > len(_0) THEN list_concat([_2], list_transform(range(-_1 - len(_0) - 1), lambda i: NULL), _0)
ELSE list_concat(list_slice(_0, 1, len(_0) + _1 + 1), [_2], list_slice(_0, len(_0) + _1 + 2, len(_0))) END
"""


def _inserted(node: exp.Expr) -> exp.Expr:
    return made(_INSERTED, node.this, node.args["position"], node.expression)


def _position(node: exp.Expr) -> exp.Expr:
    text = "CASE WHEN _0 IS NOT NULL AND _1 IS NOT NULL THEN coalesce(list_position(_0, _1), 0) END"
    return made(text, node.this, node.expression)


def _zipped(node: exp.Expr) -> exp.Expr:
    """Structs whose fields have the names of the columns, or else count from 0."""
    given = node.expressions
    names = [one.name if isinstance(one, exp.Column) else str(at) for at, one in enumerate(given)]
    if len(set(names)) < len(names):
        names = [str(at) for at in range(len(names))]
    fields = ", ".join(f'"{name}" := _{at}[place]' for at, name in enumerate(names))
    sizes = ", ".join(f"len(_{at})" for at in range(len(given)))
    return made(f"list_transform(range(1, greatest({sizes}) + 1), lambda place: struct_pack({fields}))", *given)


def _element(node: exp.Expr) -> exp.Expr:
    """An element of an array, of which there must be one; the value of a key of a map, or NULL."""
    if not isinstance(node, exp.Bracket) or len(node.expressions) != 1 or node.args.get("safe") is True:
        return node
    [index] = node.expressions
    if isinstance(index, exp.Slice) or (isinstance(index, exp.Literal) and index.is_string):
        return node
    if isinstance(node.parent, exp.Select) and node.find(exp.Explode):
        return node
    if node.args.get("offset") == 1:
        zero = f"WHEN {_IS_ARRAY} AND CAST(_1 AS VARCHAR) = '0' THEN error('{_NO_ZERO}') "
        text = f"CASE {zero}WHEN {_MISSING} AND abs(CAST(_1 AS BIGINT)) > _3 THEN error({_ELEMENT}) ELSE _2 END"
    else:
        beyond = "(CAST(_1 AS BIGINT) >= _3 OR CAST(_1 AS BIGINT) < 0)"
        text = f"CASE WHEN {_IS_MAP} THEN _4 WHEN {_MISSING} AND {beyond} THEN error({_GET}) ELSE _2 END"
    by_key = exp.Bracket(this=node.this.copy(), expressions=[index.copy()], offset=1)
    return made(text, node.this, index, node.copy(), made(_SIZE, node.this), by_key)


def within(array: exp.Expr, index: exp.Expr, element: exp.Expr) -> exp.Expr:
    """The element, whose index counts from 1, if there is one."""
    size = exp.Literal.number(len(array.expressions))
    return made(f"CASE WHEN _1 < 1 OR _1 > _3 THEN error({_GET}) ELSE _2 END", array, index, element, size)


def _of_all_columns(node: exp.Expr) -> exp.Expr:
    """`struct(*)` has a field for each column."""
    stars = [part for part in node.expressions if isinstance(part, exp.Star)]
    return made("struct_pack(*COLUMNS(*))") if stars and len(node.expressions) == 1 else node


def _split_part(node: exp.Expr) -> exp.Expr:
    if isinstance(node.args["part_index"], exp.Literal) and node.args["part_index"].name == "0":
        raise SqlError("INVALID_INDEX_OF_ZERO", _NO_ZERO.partition("] ")[2].removesuffix(" SQLSTATE: 22003"), "22003")
    return node


CHANGES: dict[type[exp.Expr], Change] = {
    exp.ArrayInsert: _inserted,
    exp.ArrayPosition: _position,
    exp.ArraysZip: _zipped,
    exp.Bracket: _element,
    exp.SplitPart: _split_part,
    exp.Struct: _of_all_columns,
}
