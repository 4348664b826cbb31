"""The privileges of Unity Catalog: how they are written, and to what each can be granted."""

from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VOLUME
from mocks.engines.warehouse.sql_error import SqlError

METASTORE = "metastore"
ALL = "ALL_PRIVILEGES"
_TABLE = {"SELECT", "MODIFY", "APPLY_TAG", "MANAGE", ALL}
_VOLUME = {"READ_VOLUME", "WRITE_VOLUME", "APPLY_TAG", "MANAGE", ALL}
_FUNCTION = {"EXECUTE", "CREATE_MODEL_VERSION", "APPLY_TAG", "MANAGE", ALL}
_SCHEMA = (
    _TABLE
    | _VOLUME
    | _FUNCTION
    | {
        *("USE_SCHEMA", "CREATE_TABLE", "CREATE_VIEW", "CREATE_VOLUME", "CREATE_FUNCTION", "CREATE_MODEL"),
        *("CREATE_MATERIALIZED_VIEW", "EXTERNAL_USE_SCHEMA", "REFRESH"),
    }
)
# What can be granted on what; what is granted on a container holds for all that is in it.
APPLICABLE: dict[str, set[str]] = {
    TABLE: _TABLE | {"REFRESH"},
    VOLUME: _VOLUME,
    FUNCTION: _FUNCTION,
    SCHEMA: _SCHEMA,
    CATALOG: _SCHEMA | {"USE_CATALOG", "CREATE_SCHEMA", "BROWSE"},
    METASTORE: {"CREATE_CATALOG", "MANAGE", ALL},
}
_KINDS = {
    **{kind: kind for kind in APPLICABLE},
    "view": TABLE,
    "database": SCHEMA,
    "registered_model": FUNCTION,
    "model": FUNCTION,
    "procedure": FUNCTION,
}
# An older name of the privilege to read, kept by Databricks.
_OLDER = {"READ_FILES": "READ_VOLUME", "WRITE_FILES": "WRITE_VOLUME", "USAGE": "USE_SCHEMA"}


def kind_of(text: str) -> str:
    """The kind of securable that a client names.

    Raises: SqlError
    """
    found = _KINDS.get(text.lower())
    if found is None:
        raise SqlError("INVALID_PARAMETER_VALUE", f"'{text}' is not a type of securable that is kept here.", "22023")
    return found


def privilege(text: str, kind: str) -> str:
    """The privilege as the REST API writes it, if it can be granted on things of that kind.

    Raises: SqlError
    """
    name = "_".join(text.upper().replace("_", " ").split())
    name = _OLDER.get(name, name)
    if name not in APPLICABLE[kind]:
        raise SqlError(
            "INVALID_PARAMETER_VALUE", f"Privilege {shown(name)} is not applicable to a {kind.title()}.", "22023"
        )
    return name


def shown(name: str) -> str:
    """As SQL and messages write it: `USE SCHEMA`."""
    return name.replace("_", " ")
