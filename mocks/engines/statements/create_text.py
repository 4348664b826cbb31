"""The statement that would make a table or view again, as SHOW CREATE TABLE prints it."""

from mocks.engines.metastore.names import backticked
from mocks.engines.metastore.tables import ColumnInfo, TableInfo


def creating(table: TableInfo) -> str:
    """CREATE TABLE or CREATE VIEW, with comments, keys and properties."""
    record, name = table.record, ".".join(map(_name, table.name))
    comment = [f"COMMENT {_text(record.comment)}"] if record.comment else []
    if table.table_type == "VIEW":
        columns = ",\n".join(f"  {_name(column.name)}" for column in table.columns)
        head = f"CREATE VIEW {name} (\n{columns})"
        return "\n".join([head, *comment, f"AS {record.details['view_definition']}"])
    keys = [told for told in record.details.get("constraints", ()) if told["kind"] == "PRIMARY KEY"]
    lines = [_column(column) for column in table.columns]
    lines += [f"CONSTRAINT {key['name']} PRIMARY KEY ({', '.join(map(_name, key['columns']))})" for key in keys]
    body = ",\n".join(f"  {line}" for line in lines)
    told = [f"  {_text(key)} = {_text(value)}" for key, value in sorted(record.properties.items())]
    properties = ["TBLPROPERTIES (\n" + ",\n".join(told) + ")"] if told else []
    return "\n".join([f"CREATE TABLE {name} (\n{body})", "USING delta", *comment, *properties])


def _text(value: str) -> str:
    """A text as Databricks SQL reads it, where a backslash escapes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _name(name: str) -> str:
    return name if name.isidentifier() else backticked(name)


def _column(column: ColumnInfo) -> str:
    parts = [_name(column.name), column.type.text, "" if column.nullable else "NOT NULL"]
    parts.append(f"COMMENT {_text(column.comment)}" if column.comment else "")
    return " ".join(filter(None, parts))
