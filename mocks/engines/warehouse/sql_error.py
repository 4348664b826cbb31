"""What SQL statements fail with: the error conditions of Databricks, their texts and SQLSTATEs."""

from mocks.engines.metastore.names import Name, backticked


class SqlError(Exception):
    """A statement failed; not a refusal of the HTTP call, which succeeds and reports state FAILED.

    `subject` is the dotted name that is missing or taken, for those who word it otherwise.
    """

    error_code = "BAD_REQUEST"

    def __init__(self, condition: str, text: str, sql_state: str, subject: str = "") -> None:
        self.condition, self.text, self.sql_state, self.subject = condition, text, sql_state, subject
        self.message = f"[{condition}] {text} SQLSTATE: {sql_state}"
        super().__init__(self.message)


class Cancelled(SqlError):  # noqa: N818  # a state of statements, spelled as such
    """Somebody stopped the statement."""

    def __init__(self, text: str) -> None:
        super().__init__("OPERATION_CANCELED", text, "HY008")


def timed_out(seconds: float) -> SqlError:
    """The statement ran longer than it may."""
    text = f"The query was timed out due to exceeding the maximum timeout of {seconds:g} seconds."
    return SqlError("QUERY_EXECUTION_TIMEOUT_EXCEEDED", text, "57KD0")


def table_not_found(*parts: str) -> SqlError:
    """No table or view has that name."""
    return SqlError(
        "TABLE_OR_VIEW_NOT_FOUND",
        f"The table or view {backticked(*parts)} cannot be found. Verify the spelling and correctness of the schema "
        "and "
        "catalog.\nIf you did not qualify the name with a schema, verify the current_schema() output, or qualify the "
        "name "
        "with the correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE "
        "IF EXISTS.",
        "42P01",
        ".".join(parts),
    )


def table_exists(name: Name) -> SqlError:
    """The name of the new table is taken."""
    return SqlError(
        "TABLE_OR_VIEW_ALREADY_EXISTS",
        f"Cannot create table or view {name.shown} because it already exists. Choose a different name, drop or "
        "replace the "
        "existing object, or add the IF NOT EXISTS clause to tolerate pre-existing objects.",
        "42P07",
        name.full,
    )


def schema_not_found(catalog: str, schema: str) -> SqlError:
    """The catalog has no such schema."""
    return SqlError(
        "SCHEMA_NOT_FOUND",
        f"The schema {backticked(catalog, schema)} cannot be found. Verify the spelling and correctness of the "
        "schema and "
        "catalog.\nIf you did not qualify the name with a catalog, verify the current_schema() output, or qualify "
        "the name "
        "with the correct catalog.\nTo tolerate the error on drop use DROP SCHEMA IF EXISTS.",
        "42704",
        f"{catalog}.{schema}",
    )


def schema_exists(catalog: str, schema: str) -> SqlError:
    """The name of the new schema is taken."""
    return SqlError(
        "SCHEMA_ALREADY_EXISTS",
        f"Cannot create schema {backticked(catalog, schema)} because it already exists. Choose a different name, "
        "drop the "
        "existing schema, or add the IF NOT EXISTS clause to tolerate pre-existing schema.",
        "42P06",
        f"{catalog}.{schema}",
    )


def schema_not_empty(catalog: str, schema: str) -> SqlError:
    """Only CASCADE drops a schema with all that is in it."""
    return SqlError(
        "SCHEMA_NOT_EMPTY",
        f"Cannot drop a schema {backticked(catalog, schema)} because it contains objects. Use DROP SCHEMA ... "
        "CASCADE to "
        "drop the schema and all its objects.",
        "2BP01",
        f"{catalog}.{schema}",
    )


def catalog_not_found(catalog: str) -> SqlError:
    """The metastore has no such catalog."""
    return SqlError(
        "NO_SUCH_CATALOG_EXCEPTION",
        f"Catalog '{catalog}' was not found. Please verify the catalog name and then retry the query or command again.",
        "42704",
        catalog,
    )


def catalog_exists(catalog: str) -> SqlError:
    """The name of the new catalog is taken."""
    return SqlError(
        "CATALOG_ALREADY_EXISTS",
        f"Cannot create catalog {backticked(catalog)} because it already exists. Choose a different name or drop the "
        "existing catalog.",
        "42710",
        catalog,
    )


def catalog_not_empty(catalog: str) -> SqlError:
    """Only CASCADE drops a catalog with all that is in it."""
    return SqlError(
        "CATALOG_NOT_EMPTY",
        f"Cannot drop catalog '{catalog}' because it contains schemas. Use CASCADE.",
        "2BP01",
        catalog,
    )


def routine_not_found(*parts: str) -> SqlError:
    """No function has that name."""
    return SqlError(
        "UNRESOLVED_ROUTINE",
        f"Cannot resolve routine {backticked(*parts)} on search path [`system`.`builtin`, `system`.`session`].",
        "42883",
        ".".join(parts),
    )


def routine_exists(name: Name) -> SqlError:
    """The name of the new function is taken."""
    return SqlError(
        "ROUTINE_ALREADY_EXISTS",
        f"Cannot create the function {name.shown} because a function of that name already exists. Choose a different "
        "name, "
        "drop or replace the existing function, or add the IF NOT EXISTS clause to tolerate a pre-existing function.",
        "42723",
        name.full,
    )


def volume_not_found(full_name: str) -> SqlError:
    """No volume has that name."""
    return SqlError(
        "UC_VOLUME_NOT_FOUND",
        f"Volume {backticked(*full_name.split('.', 2))} does not exist. Please use 'SHOW VOLUMES' to list available "
        "volumes.",
        "42704",
        full_name,
    )


def volume_exists(name: Name) -> SqlError:
    """The name of the new volume is taken."""
    return SqlError(
        "VOLUME_ALREADY_EXISTS",
        f"Cannot create volume {name.shown} because it already exists. Choose a different name, drop or replace the "
        "existing "
        "object, or add the IF NOT EXISTS clause to tolerate pre-existing objects.",
        "42000",
        name.full,
    )


def invalid_name(name: str) -> SqlError:
    """Unity Catalog takes no such name."""
    return SqlError(
        "INVALID_IDENTIFIER",
        f"The identifier {name!r} is invalid: a name has 1 to 255 characters, and no period, space, slash or control "
        "character.",
        "42602",
        name,
    )


def syntax_error(near: str, detail: str = "") -> SqlError:
    """The text is no SQL of Databricks."""
    return SqlError("PARSE_SYNTAX_ERROR", f"Syntax error at or near {near}{detail}.", "42601")


def unsupported(what: str) -> SqlError:
    """Databricks would run it; the sandbox says that it does not."""
    return SqlError("UNSUPPORTED_FEATURE", f"The sandbox does not support {what}.", "0A000")


def written_view(name: Name) -> SqlError:
    """Only REFRESH changes the rows of a materialized view."""
    text = f"The operation is not allowed: {name.shown} is a materialized view, whose rows only REFRESH changes."
    return SqlError("MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED", text, "56038")


def wrong_sort(name: Name, is_view: bool) -> SqlError:
    """A statement for tables met a view, or the reverse."""
    sort, other = ("VIEW", "TABLE") if is_view else ("TABLE", "VIEW")
    return SqlError(f"EXPECT_{other}_NOT_{sort}", f"{name.shown} is a {sort.lower()}, not a {other.lower()}.", "42809")
