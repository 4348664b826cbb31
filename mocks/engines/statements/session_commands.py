"""Statements about the session itself: temporary views, variables, settings, EXECUTE IMMEDIATE."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp
from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.tables import Result
from mocks.engines.statements.command_words import Words, texts
from mocks.engines.statements.session_settings import changed, reset, time_zone
from mocks.engines.statements.session_settings import told as setting_told
from mocks.engines.statements.session_state import SessionState, TemporaryView, Variable
from mocks.engines.statements.session_words import arguments, assignments, declared, listed, parts
from mocks.engines.statements.temporary_views import checked_new, query_text
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.sql_error import SqlError, syntax_error

Plan = Callable[[Run], Result]
_FIRST = {"DECLARE", "SET", "RESET", "EXECUTE"}
_TEMPORARY = {"TEMP", "TEMPORARY"}


@dataclass(frozen=True)
class Value:
    """A value in DuckDB's text form, and its type in the words of Databricks."""

    text: str | None
    type_text: str


@dataclass(frozen=True)
class Doors:
    """What these commands ask of the statements: the rows of a query, the check of one, the run of a text."""

    values: Callable[[exp.Expr, Session, Run], list[list[Value]]]
    check: Callable[[exp.Expr, Session, Run], None]
    run: Callable[[str, Session, Run], Result]


def handles(words: Sequence[Token], state: SessionState) -> bool:
    """Whether the statement is one of these."""
    first = [word.text.upper() for word in words[:5]]
    if first[0] == "CREATE":
        return "VIEW" in first and bool(_TEMPORARY & set(first))
    if first[0] == "DROP":
        named = words[-1].text
        return first[1:2] == ["TEMPORARY"] or (first[1:2] == ["VIEW"] and state.view(named) is not None)
    return first[0] in _FIRST


class SessionCommands:
    """Plans them; the state that they leave comes with the result."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def plan(self, statement: str, tokens: Sequence[Token], session: Session) -> Plan:
        """What runs the command.

        Raises: SqlError
        """
        words = Words(tokens)
        match words.word().upper():
            case "DECLARE":
                return self._declare(statement, words, session)
            case "SET" if words.take("VAR", "VARIABLE"):
                return self._assign(statement, words, session)
            case "SET":
                return lambda _: self._set(statement, words.rest(), session)
            case "RESET":
                names = ".".join(word.text for word in words.rest() if word.text != ".")
                return lambda _: _left(reset(session.state, names))
            case "EXECUTE":
                return self._execute(statement, words, session)
            case "DROP":
                return lambda _: self._drop(words, session)
        return self._view(statement, tokens, session)

    def _declare(self, statement: str, words: Words, session: Session) -> Plan:
        replaces = words.take_all("OR", "REPLACE")
        words.take("VARIABLE")
        names = [words.variable()]
        while words.take(","):
            names.append(words.variable())
        kind, default = declared(statement, words)
        if not replaces and any(session.state.variable(name) for name in names):
            raise _variable_exists(names[0])

        def run(asked: Run) -> Result:
            state = session.state
            for name in names:
                value = self._value(default, kind, session, asked)
                text = kind or value.type_text
                state = state.with_variable(Variable(name, text, value.text, default))
            return _left(state)

        return run

    def _value(self, text: str, kind: str | None, session: Session, asked: Run) -> Value:
        value = dialect.expression(text)
        if kind is not None:
            value = exp.Cast(this=value, to=exp.DataType.build(kind, dialect="databricks"))
        [[found]] = self._doors.values(exp.select(value), session, asked)
        return found

    def _assign(self, statement: str, words: Words, session: Session) -> Plan:
        groups = assignments(statement, words)
        for names, _ in groups:
            for name in names:
                _known(session.state, name)

        def run(asked: Run) -> Result:
            state = session.state
            for names, text in groups:
                if len(names) > 1:
                    state = self._assigned(state, names, dialect.expression(text), session, asked)
                else:
                    known = _known(session.state, names[0])
                    source = known.default if text.upper() == "DEFAULT" else text
                    value = self._value(source, known.type_text, session, asked)
                    state = state.with_variable(replace(known, value=value.text))
            return _left(state)

        return run

    def _assigned(
        self, state: SessionState, names: Sequence[str], query: exp.Expr, session: Session, asked: Run
    ) -> SessionState:
        """Each variable gets a column of the one row; NULL if there is none."""
        rows = self._doors.values(query.unnest(), session, asked)
        if len(rows) > 1:
            text = "More than one row returned by a subquery used as a row."
            raise SqlError("ROW_SUBQUERY_TOO_MANY_ROWS", text, "21000")
        found = rows[0] if rows else [Value(None, "VOID")] * len(names)
        if len(found) != len(names):
            text = f"The number of variables ({len(names)}) does not match the number of columns ({len(found)})."
            raise SqlError("ASSIGNMENT_ARITY_MISMATCH", text, "42802")
        for name, value in zip(names, found, strict=True):
            state = state.with_variable(replace(_known(state, name), value=value.text))
        return state

    def _set(self, statement: str, rest: Sequence[Token], session: Session) -> Result:
        names = [word.text.upper() for word in rest[:2]]
        if names == ["TIME", "ZONE"]:
            said = statement[rest[2].start :] if len(rest) > 2 else ""
            return _left(session.state.with_setting("TIMEZONE", time_zone(said)))
        if not rest or rest[0].text == "-":
            return setting_told(session.state, None)
        name, sign, value = statement[rest[0].start :].rstrip("; \n").partition("=")
        if not sign:
            return setting_told(session.state, name.strip())
        state, shown = changed(session.state, name.strip(), value.strip().strip("'\""))
        return replace(shown, state=state)

    def _drop(self, words: Words, session: Session) -> Result:
        words.take("TEMPORARY")
        kind = TemporaryView if words.take("VIEW") else Variable
        words.take("VARIABLE")
        if_there = words.take_all("IF", "EXISTS")
        name = words.variable()
        words.end()
        if kind is Variable and not if_there:
            _known(session.state, name)
        return _left(session.state.without(name, kind))

    def _view(self, statement: str, tokens: Sequence[Token], session: Session) -> Plan:
        tree = dialect.tree(statement, list(tokens))
        assert isinstance(tree, exp.Create)
        name, if_missing = checked_new(tree), bool(tree.args.get("exists"))
        if session.state.view(name) is not None and not tree.args.get("replace"):
            if if_missing:
                return lambda _: texts([], [])
            raise _view_exists(name)
        text = query_text(tree, session)

        def run(asked: Run) -> Result:
            self._doors.check(dialect.tree(text, dialect.tokens(text)), session, asked)
            return _left(session.state.with_view(TemporaryView(name, text)))

        return run

    def _execute(self, statement: str, words: Words, session: Session) -> Plan:
        if not words.take("IMMEDIATE"):
            raise syntax_error("'EXECUTE'", ": IMMEDIATE is missing")
        given_parts = parts(statement, words.rest(), ("INTO", "USING"))
        into = [name.strip().strip("`").lower() for name in listed(given_parts["INTO"])]
        given = arguments(given_parts["USING"])

        def run(asked: Run) -> Result:
            wanted = self._value(given_parts[""], "STRING", session, asked).text
            if wanted is None:
                raise SqlError("NULL_QUERY_STRING_EXECUTE_IMMEDIATE", "The query string is NULL.", "22004")
            values: dict[str, Value] = {}
            for at, (name, text) in enumerate(given, 1):
                values[name or dialect.positional(at)] = self._value(text, None, session, asked)
            inner = replace(session, parameters=tuple((name, value.type_text) for name, value in values.items()))
            told = replace(asked, values={name: value.text for name, value in values.items()})
            if not into:
                return self._doors.run(wanted, inner, told)
            query = dialect.tree(wanted, dialect.tokens(wanted))
            return _left(self._assigned(session.state, into, query, inner, told))

        return run


def _left(state: SessionState) -> Result:
    return replace(texts([], []), state=state)


def _known(state: SessionState, name: str) -> Variable:
    found = state.variable(name)
    if found is None:
        raise SqlError(
            "UNRESOLVED_VARIABLE",
            f"Cannot resolve variable `{name}` on search path `SYSTEM`.`SESSION`.",
            "42883",
        )
    return found


def _variable_exists(name: str) -> SqlError:
    text = (
        f"Cannot create the variable `system`.`session`.`{name}` because it already exists. Choose a different name, "
    )
    return SqlError("VARIABLE_ALREADY_EXISTS", text + "or drop or replace the existing variable.", "42723")


def _view_exists(name: str) -> SqlError:
    text = f"Cannot create the temporary view `{name}` because it already exists. Choose a different name, drop or "
    text += "replace the existing view, or add the IF NOT EXISTS clause to tolerate pre-existing views."
    return SqlError("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", text, "42P07")
