"""`read_files` in a query: found, its arguments read, and put in place as a table that the run registers."""

import uuid

import pyarrow as pa
from sqlglot import exp

from mocks.engines.statements.file_sources import FORMATS, FileSource
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_CALL, _DIRECT = "read_files", {"csv", "json", "parquet", "text", "binaryfile"}


def found_in(tree: exp.Expr) -> dict[str, FileSource]:
    """The sources by the names that now stand for them in the tree.

    Raises: SqlError
    """
    sources: dict[str, FileSource] = {}
    for table in list(tree.find_all(exp.Table)):
        source = _source(table)
        if source is not None:
            name = f"files_{uuid.uuid4().hex}"
            sources[name] = source
            alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(_CALL))
            placed = exp.Table(this=exp.to_identifier(name), alias=alias)
            placed.meta["registered"] = True
            table.replace(placed)
    return sources


def rescued(table: pa.Table, source: FileSource) -> pa.Table:
    """The rows with the column for what fits no schema, which is there unless the format has none."""
    if (source.format or "").upper() in ("TEXT", "BINARYFILE") or "_rescued_data" in table.column_names:
        return table
    return table.append_column("_rescued_data", pa.nulls(table.num_rows, pa.string()))


def _source(table: exp.Table) -> FileSource | None:
    call = table.this
    if isinstance(call, exp.Anonymous) and call.name.lower() == _CALL and not table.args.get("db"):
        return _called(call)
    place = table.args.get("db")
    if place is not None and place.name.lower() in _DIRECT and table.name.startswith("/"):
        return FileSource(table.name, place.name.upper(), {"header": "false"}, infer=False)
    return None


def _called(call: exp.Anonymous) -> FileSource:
    if not call.expressions or not isinstance(call.expressions[0], exp.Literal):
        raise unsupported("read_files without a path in a text")
    options = {}
    for told in call.expressions[1:]:
        if not isinstance(told, exp.Kwarg) or not isinstance(told.expression, exp.Literal | exp.Boolean):
            raise unsupported(f"the argument {told.sql('databricks')} of read_files")
        options[told.this.name.lower()] = told.expression.name.lower() if told.expression.name else str(told.expression)
    if "schema" in options or "schemahints" in options:
        raise unsupported("a schema for read_files")
    form = options.get("format", "").upper() or None
    if form is not None and form not in FORMATS:
        raise SqlError("UNSUPPORTED_FEATURE", f"The sandbox does not read files of the format {form}.", "0A000")
    return FileSource(call.expressions[0].name, form, options)
