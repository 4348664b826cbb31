"""Columns as SQL writes them: by name or formula, whether they hold something or are true, the time between two."""

from sqlglot import exp

from mocks.genie.knowledge.space import Column


def column_of(column: Column) -> exp.Expr:
    """The column as it is written in the statement, or what computes it."""
    if column.formula:
        return exp.maybe_parse(column.formula, dialect="databricks")
    return exp.column(column.name, table=column.table_name, quoted=not column.name.isidentifier())


def is_null(column: Column) -> exp.Expr:
    """That there is no value."""
    return exp.Is(this=column_of(column), expression=exp.Null())


def not_null(column: Column) -> exp.Expr:
    """That there is a value."""
    return exp.Not(this=is_null(column))


def is_true(column: Column) -> exp.Expr:
    """That a flag is set, be it a truth value or a text such as Y."""
    flag = column_of(column)
    return exp.EQ(this=flag, expression=exp.Literal.string(column.truth)) if column.truth else flag


def elapsed(unit: str, start: Column, end: Column) -> str:
    """The time between two days in a unit such as `hour`: whole ones, but parts where both have a time of day."""
    first, last = column_of(start).sql("databricks"), column_of(end).sql("databricks")
    if unit == "day":
        return f"DATEDIFF({last}, {first})"
    seconds = {"second": 1, "minute": 60, "hour": 3600}.get(unit)
    if seconds and start.timed and end.timed:
        return f"(UNIX_TIMESTAMP({last}) - UNIX_TIMESTAMP({first})) / {seconds}"
    return f"TIMESTAMPDIFF({unit.upper()}, {first}, {last})"


def usual_unit(start: Column, end: Column) -> str:
    """Minutes of what begins and ends at a time of the same day, as far as the first and the last of them show."""
    pairs = ((start.first, end.first), (start.last, end.last))
    return "minute" if start.timed and end.timed and all(a[:10] == b[:10] for a, b in pairs) else "day"
