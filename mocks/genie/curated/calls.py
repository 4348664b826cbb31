"""Calling a function of Unity Catalog in a statement of its own."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from mocks.genie.curated.slots import DATES, LISTS, TEXTS
from mocks.genie.knowledge.space import Function, Parameter


def call(function: Function, values: Mapping[str, tuple[str, ...]]) -> str:
    """The query that calls it; parameters without a value keep their defaults, those behind them go by name."""
    *path, name = function.full_name.split(".")
    arguments: list[exp.Expr] = []
    for parameter in function.parameters:
        if parameter.name in values:
            given = _literal(parameter, values[parameter.name])
            by_name = len(arguments) < function.parameters.index(parameter)
            arguments.append(exp.Kwarg(this=exp.var(parameter.name), expression=given) if by_name else given)
    called = exp.Anonymous(this=name, expressions=arguments)
    parts = [exp.to_identifier(part, quoted=not part.isidentifier()) for part in path]
    if function.gives_rows:
        catalog, schema = ([None, None, *parts])[-2:]
        query = exp.select("*").from_(exp.Table(this=called, db=schema, catalog=catalog))
    else:
        query = exp.select(exp.alias_(exp.Dot.build([*parts, called]), name))
    return query.sql(dialect="databricks", pretty=True, normalize_functions=False)


def _literal(parameter: Parameter, texts: Sequence[str]) -> exp.Expr:
    kind = parameter.type.partition("(")[0].upper()
    if kind in LISTS:
        return exp.Array(expressions=[exp.Literal.string(text) for text in texts])
    if kind in TEXTS:
        return exp.Literal.string(texts[0])
    if kind in DATES:
        return exp.cast(exp.Literal.string(texts[0]), kind)
    return exp.Literal.number(texts[0])
