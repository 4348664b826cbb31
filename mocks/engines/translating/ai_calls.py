"""AI functions in a statement: what Databricks lets one write, as calls of the functions in `ai_functions`."""

from sqlglot import exp

from mocks.engines.chat.answer_formats import as_json_schema
from mocks.engines.chat.foundation import EMBEDDING_ENDPOINTS
from mocks.engines.warehouse.sql_error import SqlError, unsupported

QUERY, QUERY_OR_ERROR, EMBED = "sandbricks_ai_query", "sandbricks_ai_query_or_error", "sandbricks_ai_embed"
CLASSIFY, SIMILARITY, SUMMARIZE = "sandbricks_ai_classify", "sandbricks_ai_similarity", "sandbricks_ai_summarize"
WRITE, IS_STRUCT, VECTOR_SEARCH = "sandbricks_ai_write", "sandbricks_is_struct", "sandbricks_vector_search"
OURS = frozenset({QUERY, QUERY_OR_ERROR, EMBED, CLASSIFY, SIMILARITY, SUMMARIZE, WRITE, IS_STRUCT, VECTOR_SEARCH})
# What a language model is asked to write, and how many arguments say so; labels come as an array.
_WRITTEN = {
    "ai_gen": 1,
    "ai_translate": 2,
    "ai_fix_grammar": 1,
    "ai_analyze_sentiment": 1,
    "ai_mask": 2,
    "ai_extract": 2,
}
_LABELLED = frozenset({"ai_mask", "ai_extract"})
_OPTIONS = frozenset({"modelparameters", "responseformat", "failonerror", "returntype"})
_WORDS = 50  # what ai_summarize keeps to when it is told nothing (docs: functions/ai_summarize)


def lower(statement: exp.Expr) -> None:
    """Replaces the AI functions, in place.

    Raises: SqlError
    """
    for node in list(statement.find_all(exp.AIClassify, exp.AISimilarity, exp.Anonymous)):
        if isinstance(node, exp.AIClassify):
            node.replace(_call(CLASSIFY, _text(node.this), node.args["categories"]))
        elif isinstance(node, exp.AISimilarity):
            if len(node.expressions) != 2:
                raise _wrong("ai_similarity", 2, len(node.expressions))
            node.replace(_call(SIMILARITY, *map(_text, node.expressions)))
        elif isinstance(node, exp.Anonymous) and not (
            isinstance(node.parent, exp.Dot) and node.arg_key == "expression"
        ):
            _named(node)


def _named(node: exp.Anonymous) -> None:
    name, given = node.name.lower(), node.expressions
    if name == "ai_parse_document":
        raise unsupported("the function ai_parse_document")
    if name in _WRITTEN:
        if len(given) != _WRITTEN[name]:
            raise _wrong(name, _WRITTEN[name], len(given))
        node.replace(_written(name, given))
    elif name == "ai_summarize":
        if len(given) not in (1, 2):
            raise _wrong(name, 2, len(given))
        words = given[1] if len(given) == 2 else exp.Literal.number(_WORDS)
        node.replace(_call(SUMMARIZE, _text(given[0]), exp.cast(words, "INT")))
    elif name == "ai_query":
        node.replace(_query(given))


def _written(name: str, given: list[exp.Expr]) -> exp.Expr:
    """`sandbricks_ai_write(task, text, language, labels)`; what was extracted is a struct with a field a label."""
    labels = given[1] if name in _LABELLED else exp.cast(exp.Array(expressions=[]), "ARRAY<VARCHAR>")
    language = _text(given[1]) if name == "ai_translate" else _literal("")
    written = _call(WRITE, _literal(name), _text(given[0]), language, labels)
    if name != "ai_extract":
        return written
    named = labels.expressions if isinstance(labels, exp.Array) else []
    if not named or not all(isinstance(label, exp.Literal) for label in named):
        raise unsupported("ai_extract with labels that are no array of literals")
    fields = ", ".join(f"`{label.name.replace('`', '``')}`: STRING" for label in named)
    return exp.FromJson(this=written, expression=_literal(f"STRUCT<{fields}>"))


def _query(given: list[exp.Expr]) -> exp.Expr:
    values: dict[str, exp.Expr] = {}
    for at, one in enumerate(given):
        if isinstance(one, exp.Kwarg):
            values[one.this.name.lower()] = one.expression
        else:
            values[("endpoint", "request", "returntype", "failonerror")[min(at, 3)]] = one
    unknown = set(values) - _OPTIONS - {"endpoint", "request"}
    if unknown:
        raise unsupported(f"the argument {', '.join(sorted(unknown))} of ai_query")
    if not {"endpoint", "request"} <= set(values):
        raise _wrong("ai_query", 2, len(values))
    endpoint, request = values["endpoint"], values["request"]
    if isinstance(endpoint, exp.Literal) and endpoint.this in EMBEDDING_ENDPOINTS:
        return _call(EMBED, endpoint, _text(request))
    parameters = values.get("modelparameters")
    told = exp.JSONFormat(this=parameters.copy()) if parameters else _literal("{}")
    asked = (endpoint, *_request(request), told, _response_format(values.get("responseformat")))
    fails, returned = values.get("failonerror"), values.get("returntype")
    if not (isinstance(fails, exp.Boolean) and not fails.this):
        return _returned(_call(QUERY, *asked), returned)
    answer = _call(QUERY_OR_ERROR, *asked)
    response, message = (_call("struct_extract", answer, _literal(part)) for part in ("response", "errorMessage"))
    fields = (("response", _returned(response, returned)), ("errorMessage", message))
    pairs = [exp.PropertyEQ(this=exp.to_identifier(name), expression=value) for name, value in fields]
    return exp.Struct(expressions=pairs)


def _request(value: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The request as text, a struct as JSON; and whether it is a struct, which DuckDB knows when it binds the query."""
    is_struct = _call(IS_STRUCT, value)
    as_json = exp.cast(exp.JSONFormat(this=value.copy()), "STRING")
    return exp.Case(ifs=[exp.If(this=is_struct, true=as_json)], default=_text(value)), exp.cast(is_struct, "STRING")


def _response_format(told: exp.Expr | None) -> exp.Expr:
    if not isinstance(told, exp.Literal):
        return told or _literal("")
    return _literal(as_json_schema(told.name))


def _returned(answer: exp.Expr, told: exp.Expr | None) -> exp.Expr:
    """The answer in the type that was asked for; Databricks takes a type in words only."""
    if told is None:
        return answer
    if not isinstance(told, exp.Literal):
        raise unsupported("a returnType of ai_query that is no literal")
    if told.name.strip().upper() == "STRING":
        return answer
    if "<" in told.name:
        return exp.FromJson(this=answer, expression=told.copy())
    return exp.TryCast(this=answer, to=exp.DataType.build(told.name, dialect="databricks"))


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _text(value: exp.Expr) -> exp.Expr:
    return exp.cast(value.copy(), "STRING")


def _literal(text: str) -> exp.Expr:
    return exp.Literal.string(text)


def _wrong(name: str, wanted: int, given: int) -> SqlError:
    text = f"The `{name}` requires {wanted} parameters but the actual number is {given}."
    return SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", text, "42605")
