"""AI functions in a statement: what Databricks lets one write, as calls of the functions in `ai_functions`."""

from sqlglot import exp

from mocks.engines.foundation import EMBEDDING_ENDPOINTS
from mocks.engines.sql_error import SqlError, unsupported

QUERY, QUERY_OR_ERROR, EMBED = "sandbricks_ai_query", "sandbricks_ai_query_or_error", "sandbricks_ai_embed"
CLASSIFY, SIMILARITY, SUMMARIZE = "sandbricks_ai_classify", "sandbricks_ai_similarity", "sandbricks_ai_summarize"
VECTOR_SEARCH = "sandbricks_vector_search"
OURS = frozenset({QUERY, QUERY_OR_ERROR, EMBED, CLASSIFY, SIMILARITY, SUMMARIZE, VECTOR_SEARCH})
# They need a model that understands language, which the stand-in behind the endpoints does not.
_NEEDS_A_MODEL = frozenset({"ai_gen", "ai_extract", "ai_fix_grammar", "ai_translate", "ai_mask", "ai_parse_document"})
_OPTIONS = frozenset({"modelparameters", "responseformat", "failonerror"})
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
        elif isinstance(node, exp.Anonymous) and not isinstance(node.parent, exp.Dot):
            _named(node)


def _named(node: exp.Anonymous) -> None:
    name, given = node.name.lower(), node.expressions
    if name in _NEEDS_A_MODEL:
        raise unsupported(f"the function {name}; write the prompt yourself and call ai_query")
    if name == "ai_summarize":
        if len(given) not in (1, 2):
            raise _wrong(name, 2, len(given))
        words = given[1] if len(given) == 2 else exp.Literal.number(_WORDS)
        node.replace(_call(SUMMARIZE, _text(given[0]), exp.cast(words, "INT")))
    elif name == "ai_query":
        node.replace(_query(given))


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
    endpoint = values["endpoint"]
    if isinstance(endpoint, exp.Literal) and endpoint.this in EMBEDDING_ENDPOINTS:
        return _call(EMBED, endpoint, _text(values["request"]))
    parameters = values.get("modelparameters")
    told = exp.JSONFormat(this=parameters.copy()) if parameters else _literal("{}")
    fails = values.get("failonerror")
    function = QUERY_OR_ERROR if isinstance(fails, exp.Boolean) and not fails.this else QUERY
    return _call(function, endpoint, _text(values["request"]), told, values.get("responseformat") or _literal(""))


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _text(value: exp.Expr) -> exp.Expr:
    return exp.cast(value.copy(), "STRING")


def _literal(text: str) -> exp.Expr:
    return exp.Literal.string(text)


def _wrong(name: str, wanted: int, given: int) -> SqlError:
    text = f"The `{name}` requires {wanted} parameters but the actual number is {given}."
    return SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", text, "42605")
