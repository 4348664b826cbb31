"""`information_schema` of every catalog: views over DuckDB's own catalog and our records."""

from mocks.engines.metastore.privileges import APPLICABLE

_GRANTED = {"catalog": "catalog", "schema": "schema", "table": "table", "volume": "volume", "routine": "function"}
TABLES = frozenset({"information_schema_catalog_name", "parameters", "check_constraints"}) | {
    *("catalogs", "schemata", "tables", "columns", "views", "routines", "volumes"),
    *(f"{word}_privileges" for word in _GRANTED),
    *(f"{word}_tags" for word in ("catalog", "schema", "table", "column", "volume")),
    *("table_constraints", "key_column_usage"),
}

_PARTS = ", ".join(
    f"split_part(name, '.', {at}) AS {{0}}_{part}" for at, part in enumerate(("catalog", "schema", "name"), 1)
)
_PARTS_ABOVE = {
    "catalog": "name AS catalog_name",
    "schema": "split_part(name, '.', 1) AS catalog_name, split_part(name, '.', 2) AS schema_name",
}
_TIMES = """
owner AS {0}_owner, comment, to_timestamp(created_at / 1000) AS created, created_by,
to_timestamp(updated_at / 1000) AS last_altered, updated_by AS last_altered_by
"""
_TABLE, _VOLUME = _PARTS.format("table"), _PARTS.format("volume")
_ROUTINE = _PARTS.format("routine")

VIEWS = f"""
CREATE OR REPLACE VIEW sandbricks.catalogs AS
    SELECT name AS catalog_name, {_TIMES.format("catalog")}, kind AS kind_of, name AS name_of
    FROM sandbricks.securables WHERE kind = 'catalog';
CREATE OR REPLACE VIEW sandbricks.schemata AS
    SELECT split_part(name, '.', 1) AS catalog_name, split_part(name, '.', 2) AS schema_name, {_TIMES.format("schema")},
        kind AS kind_of, name AS name_of
    FROM sandbricks.securables WHERE kind = 'schema';
CREATE OR REPLACE VIEW sandbricks.tables AS
    SELECT {_TABLE}, details ->> 'table_type' AS table_type, 'NO' AS is_insertable_into, {_TIMES.format("table")},
        details ->> 'format' AS data_source_format, kind AS kind_of, name AS name_of
    FROM sandbricks.securables WHERE kind = 'table';
CREATE OR REPLACE VIEW sandbricks.views AS
    SELECT {_TABLE}, details ->> 'view_definition' AS view_definition, kind AS kind_of, name AS name_of
    FROM sandbricks.securables WHERE kind = 'table' AND details ->> 'table_type' = 'VIEW';
CREATE OR REPLACE VIEW sandbricks.columns AS
    SELECT split_part(schema_name, '.', 1) AS table_catalog, split_part(schema_name, '.', 2) AS table_schema,
        table_name, column_name, column_index - 1 AS ordinal_position, column_default,
        if(is_nullable, 'YES', 'NO') AS is_nullable,
        sandbricks_type(data_type) AS full_data_type,
        upper(regexp_extract(sandbricks_type(data_type), '^[a-z_ ]+')) AS data_type, comment,
        'table' AS kind_of, schema_name || '.' || table_name AS name_of
    FROM duckdb_columns() WHERE contains(schema_name, '.');
CREATE OR REPLACE VIEW sandbricks.routines AS
    SELECT {_ROUTINE}, details ->> 'full_data_type' AS data_type, details ->> 'routine_body' AS routine_body,
        details ->> 'routine_definition' AS routine_definition, {_TIMES.format("routine")},
        kind AS kind_of, name AS name_of
    FROM sandbricks.securables WHERE kind = 'function';
CREATE OR REPLACE VIEW sandbricks.volumes AS
    SELECT {_VOLUME}, 'MANAGED' AS volume_type, {_TIMES.format("volume")}, kind AS kind_of, name AS name_of
    FROM sandbricks.securables WHERE kind = 'volume';
"""  # noqa: S608  # our own words

VIEWS += f"""
CREATE OR REPLACE MACRO sandbricks.tags(details) AS
    unnest(map_entries(CAST(coalesce(details -> 'tags', '{{}}') AS MAP(VARCHAR, VARCHAR))));
CREATE OR REPLACE VIEW sandbricks.column_tags AS
    SELECT {_TABLE.replace("table_catalog", "catalog_name").replace("table_schema", "schema_name")},
        of_column.key AS column_name, tag.key AS tag_name, tag.value AS tag_value,
        kind AS kind_of, name AS name_of
    FROM (SELECT *, unnest(map_entries(of_column.value)) AS tag FROM (SELECT *, unnest(map_entries(CAST(coalesce(
        details -> 'column_tags', '{{}}') AS MAP(VARCHAR, MAP(VARCHAR, VARCHAR))))) AS of_column
        FROM sandbricks.securables WHERE kind = 'table'));
CREATE OR REPLACE VIEW sandbricks.constraints AS
    SELECT name, unnest(json_transform(coalesce(details -> 'constraints', '[]'),
        '[{{"name": "VARCHAR", "kind": "VARCHAR", "columns": ["VARCHAR"], "text": "VARCHAR"}}]')) AS told
    FROM sandbricks.securables WHERE kind = 'table';
CREATE OR REPLACE VIEW sandbricks.table_constraints AS
    SELECT split_part(name, '.', 1) AS constraint_catalog, split_part(name, '.', 2) AS constraint_schema,
        told.name AS constraint_name, {_TABLE}, told.kind AS constraint_type,
        if(told.kind = 'CHECK', 'YES', 'NO') AS enforced, 'table' AS kind_of, name AS name_of
    FROM sandbricks.constraints;
CREATE OR REPLACE VIEW sandbricks.key_column_usage AS
    SELECT split_part(name, '.', 1) AS constraint_catalog, split_part(name, '.', 2) AS constraint_schema,
        told.name AS constraint_name, {_TABLE}, unnest(told.columns) AS column_name,
        generate_subscripts(told.columns, 1) AS ordinal_position, 'table' AS kind_of, name AS name_of
    FROM sandbricks.constraints WHERE told.kind <> 'CHECK';
CREATE OR REPLACE VIEW sandbricks.check_constraints AS
    SELECT split_part(name, '.', 1) AS constraint_catalog, split_part(name, '.', 2) AS constraint_schema,
        told.name AS constraint_name, told.text AS check_clause, told.text AS sql_text,
        'table' AS kind_of, name AS name_of
    FROM sandbricks.constraints WHERE told.kind = 'CHECK';
CREATE OR REPLACE VIEW sandbricks.information_schema_catalog_name AS
    SELECT name AS catalog_name, kind AS kind_of, name AS name_of FROM sandbricks.securables WHERE kind = 'catalog';
CREATE OR REPLACE VIEW sandbricks.parameters AS
    SELECT {_PARTS.format("specific")}, told.name AS parameter_name, told.at - 1 AS ordinal_position,
        'IN' AS parameter_mode, upper(told.type_text) AS data_type, told.type_text AS full_data_type,
        told.default AS parameter_default, told.comment,
        'function' AS kind_of, name AS name_of
    FROM (SELECT name, unnest(list_transform(json_transform(details -> 'parameters',
        '[{{"name": "VARCHAR", "type_text": "VARCHAR", "default": "VARCHAR", "comment": "VARCHAR"}}]'),
        lambda x, i: struct_insert(x, "at" := i))) AS told FROM sandbricks.securables WHERE kind = 'function');
"""  # noqa: S608  # our own words
VIEWS += "".join(
    f"""
CREATE OR REPLACE VIEW sandbricks.{kind}_tags AS
    SELECT {parts}, tag.key AS tag_name, tag.value AS tag_value, kind AS kind_of, name AS name_of
    FROM (SELECT *, sandbricks.tags(details) AS tag FROM sandbricks.securables WHERE kind = '{kind}');
"""  # noqa: S608  # our own words
    for kind, parts in (
        ("catalog", _PARTS_ABOVE["catalog"]),
        ("schema", _PARTS_ABOVE["schema"]),
        ("table", _TABLE.replace("table_catalog", "catalog_name").replace("table_schema", "schema_name")),
        ("volume", _VOLUME.replace("volume_catalog", "catalog_name").replace("volume_schema", "schema_name")),
    )
)
VIEWS += "".join(
    f"""
CREATE OR REPLACE VIEW sandbricks.{word}_privileges AS
    SELECT principal AS grantee, {_PARTS_ABOVE.get(kind) or _PARTS.format(word)},
        replace(privilege, '_', ' ') AS privilege_type, 'NO' AS is_grantable, 'NONE' AS inherited_from,
        kind AS kind_of, name AS name_of
    FROM sandbricks.grants WHERE kind = '{kind}';
"""  # noqa: S608  # our own words
    for word, kind in _GRANTED.items()
)


# What a principal who is not the owner may know of: what is granted to him, or to a container of it and would apply to
# it, and what he owns. Without the variable everything is seen.
_WHO = "getvariable('sandbricks_who')"
_APPLIES = " OR ".join(
    f"(of.kind = '{kind}' AND held.privilege IN ({', '.join(repr(one) for one in sorted(privileges))}))"
    for kind, privileges in APPLICABLE.items()
)
VIEWS += f"""
CREATE OR REPLACE MACRO sandbricks.inside(container, name) AS name = container OR starts_with(name, container || '.');
CREATE OR REPLACE VIEW sandbricks.seen AS SELECT of.kind, of.name FROM sandbricks.securables AS of WHERE
    EXISTS (SELECT 1 FROM sandbricks.grants AS held WHERE sandbricks.inside(held.name, of.name)
        AND list_contains({_WHO}, held.principal) AND (held.kind = of.kind OR held.privilege = 'BROWSE' OR {_APPLIES}))
    OR EXISTS (SELECT 1 FROM sandbricks.securables AS own WHERE sandbricks.inside(own.name, of.name)
        AND list_contains({_WHO}, own.owner) AND (own.kind = of.kind OR own.kind IN ('catalog', 'schema')));
"""  # noqa: S608  # our own words
ONLY_SEEN = f"({_WHO} IS NULL OR (kind_of, name_of) IN (SELECT kind, name FROM sandbricks.seen))"  # noqa: S608


def source(catalog: str, table: str) -> str:
    """What stands for `<catalog>.information_schema.<table>`; `system` sees all catalogs."""
    name = catalog.replace("'", "''")
    inside = "" if catalog == "system" else f" AND split_part(name_of, '.', 1) = '{name}'"
    return f"SELECT * EXCLUDE (kind_of, name_of) FROM sandbricks.{table} WHERE {ONLY_SEEN}{inside}"  # noqa: S608
