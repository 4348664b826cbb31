"""Temporary views and variables in statements: their queries and values in place of their names."""

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from mocks.engines.statements.session_state import VARIABLE, SessionState
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session
from mocks.engines.translating.references import names_a_cte, table_name
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_SESSION = (["session"], ["system", "session"])


def checked_new(tree: exp.Create) -> str:
    """The name of a new temporary view.

    Raises: SqlError
    """
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    if any(isinstance(told, exp.GlobalProperty) for told in tree.args["properties"].expressions):
        raise unsupported("GLOBAL TEMPORARY views, which SQL warehouses have not")
    if len(table.parts) != 1:
        text = f"It is not allowed to create a temporary view with the qualified name {table.sql('databricks')}."
        raise SqlError("TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS", text, "428EK")
    return str(table.name.lower())


def query_text(tree: exp.Create, session: Session) -> str:
    """The query of a new view in which every table has its full name and no temporary view is left.

    Raises: SqlError
    """
    query = tree.expression.copy()
    expand(query, session.state)
    for table in list(query.find_all(exp.Table)):
        if isinstance(table.this, exp.Identifier) and not names_a_cte(table):
            name = table_name(table, session.defaults)
            for level, part in zip(("catalog", "db", "this"), name, strict=True):
                table.set(level, exp.to_identifier(part, quoted=True))
    if isinstance(tree.this, exp.Schema):
        names = [part.name for part in tree.this.expressions]
        alias = exp.TableAlias(this=exp.to_identifier("renamed"), columns=[exp.to_identifier(one) for one in names])
        query = exp.select("*").from_(exp.Subquery(this=query, alias=alias))
    return str(query.sql("databricks"))


def expand(tree: exp.Expr, state: SessionState) -> None:
    """Puts the queries of temporary views in place of their names; what is written to is no view."""
    for table in list(tree.find_all(exp.Table)) if state.views else ():
        if table.parent is None or not isinstance(table.this, exp.Identifier) or _is_target(table, tree):
            continue
        owner = [part.name.lower() for part in table.parts[:-1]]
        view = state.view(table.name) if not owner or owner in _SESSION else None
        if view is None or (not owner and names_a_cte(table)):
            continue
        query = dialect.tree(view.query, dialect.tokens(view.query))
        told = table.args.get("alias")
        alias = told.copy() if told else exp.TableAlias(this=exp.to_identifier(view.name))
        joins, laterals = table.args.get("joins"), table.args.get("laterals")
        made = exp.Subquery(this=query, alias=alias, joins=joins, laterals=laterals, sample=table.args.get("sample"))
        made.set("pivots", table.args.get("pivots"))
        table.replace(made)


def _is_target(table: exp.Table, tree: exp.Expr) -> bool:
    above = table.parent
    if isinstance(above, exp.Schema):
        above = above.parent
    return above is tree and not isinstance(tree, exp.Query)


def bind_variables(tree: exp.Expr, state: SessionState, fails: Callable[[exp.Expr], SqlError | None]) -> None:
    """Puts parameter markers in place of variables: of qualified names at once, of others where no column is meant.

    A column has precedence over a variable of its name, and only the engine knows what is in scope.
    """
    open_: dict[str, list[exp.Column]] = {}
    for column in list(tree.find_all(exp.Column)) if state.variables else ():
        parts = [part.name.lower() for part in column.parts]
        if parts[:-1] in _SESSION and state.variable(parts[-1]):
            _bind(column, len(parts) - 1, state)
        elif state.variable(parts[0]):
            open_.setdefault(parts[0], []).append(column)
    while open_:
        error = fails(tree.copy())
        missing = open_.pop(error.subject.lower(), None) if error is not None else None
        if missing is None:
            return
        for column in missing:
            _bind(column, 0, state)


def _bind(column: exp.Column, at: int, state: SessionState) -> None:
    """The variable that one part names, and below it the fields of a struct."""
    variable = state.variable(column.parts[at].name)
    assert variable is not None
    made: exp.Expr = exp.Placeholder(this=variable.parameter)
    for part in column.parts[at + 1 :]:
        made = exp.Dot(this=made, expression=part.copy())
    column.replace(made)


def given(session: Session) -> tuple[tuple[str, str], ...]:
    """The parameters that carry the values of the session's variables."""
    return tuple((variable.parameter, variable.type_text) for variable in session.state.variables)


def in_session(session: Session, asked: Run) -> tuple[Session, Run]:
    """The values of variables as parameters, and what the settings ask for."""
    state = session.state
    settings = dict(state.settings)
    asked.running.time_zone = settings.get("TIMEZONE")
    if "STATEMENT_TIMEOUT" in settings:
        asked.running.limit(float(settings["STATEMENT_TIMEOUT"]))
    if not state.variables:
        return session, asked
    told = tuple(pair for pair in session.parameters if not pair[0].startswith(VARIABLE))
    values = {variable.parameter: variable.value for variable in state.variables}
    carried = replace(session, parameters=(*told, *given(session)))
    return carried, replace(asked, values={**asked.values, **values})
