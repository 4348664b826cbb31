"""The types of Databricks SQL: their names on every wire, and what they are in DuckDB."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb.typing import DuckDBPyType

# DuckDB's name → ours; what DuckDB has and Databricks has not becomes the nearest type that can hold it.
_KEYWORDS = {
    "bigint": "BIGINT",
    "blob": "BINARY",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "decimal": "DECIMAL",
    "double": "DOUBLE",
    "enum": "STRING",
    "float": "FLOAT",
    "hugeint": "BIGINT",
    "integer": "INT",
    "interval": "INTERVAL DAY TO SECOND",
    "null": "VOID",
    "smallint": "SMALLINT",
    "time": "STRING",
    "timestamp": "TIMESTAMP_NTZ",
    "timestamp with time zone": "TIMESTAMP",
    "tinyint": "TINYINT",
    "ubigint": "BIGINT",
    "uhugeint": "BIGINT",
    "uinteger": "BIGINT",
    "usmallint": "INT",
    "utinyint": "SMALLINT",
    "uuid": "STRING",
    "varchar": "STRING",
}
_EXACT = {"bigint", "blob", "boolean", "date", "decimal", "double", "float", "integer", "smallint", "timestamp"} | {
    *("timestamp with time zone", "tinyint", "varchar", "uuid")
}
_NAMES = {
    "BIGINT": "LONG",
    "INTERVAL DAY TO SECOND": "INTERVAL",
    "SMALLINT": "SHORT",
    "TINYINT": "BYTE",
    "VOID": "NULL",
}
_SPARK = {"BIGINT": "long", "INT": "integer", "SMALLINT": "short", "TINYINT": "byte"}


@dataclass(frozen=True)
class SqlType:
    """A type; `exact` says that DuckDB's Arrow form of it is already the one that clients expect."""

    keyword: str
    precision: int | None = None
    scale: int | None = None
    children: tuple[tuple[str, "SqlType"], ...] = ()
    exact: bool = True

    @property
    def name(self) -> str:
        """`type_name` of manifests and of Unity Catalog: LONG for BIGINT, ARRAY for an array of anything."""
        return _NAMES.get(self.keyword, self.keyword)

    @property
    def text(self) -> str:
        """`type_text` of manifests: DECIMAL(10,2), ARRAY<STRING>."""
        parts = [child.text for _, child in self.children]
        match self.keyword:
            case "DECIMAL":
                return f"DECIMAL({self.precision},{self.scale})"
            case "ARRAY":
                return f"ARRAY<{parts[0]}>"
            case "MAP":
                return f"MAP<{parts[0]}, {parts[1]}>"
            case "STRUCT":
                fields = zip((name for name, _ in self.children), parts, strict=True)
                return f"STRUCT<{', '.join(f'{name}: {text}' for name, text in fields)}>"
        return self.keyword

    @property
    def catalog_text(self) -> str:
        """`type_text` of Unity Catalog: the same in small letters, without blanks inside brackets."""
        return self.text.replace(", ", ",").replace(": ", ":").lower() if self.children else self.text.lower()

    @property
    def spark(self) -> Any:
        """The type in Spark's JSON form, part of `type_json`."""
        parts = [child.spark for _, child in self.children]
        match self.keyword:
            case "ARRAY":
                return {"type": "array", "elementType": parts[0], "containsNull": True}
            case "MAP":
                return {"type": "map", "keyType": parts[0], "valueType": parts[1], "valueContainsNull": True}
            case "STRUCT":
                names = (name for name, _ in self.children)
                fields = [spark_field(name, part) for name, part in zip(names, parts, strict=True)]
                return {"type": "struct", "fields": fields}
        return _SPARK.get(self.keyword, self.catalog_text)


def spark_field(name: str, spark: Any, nullable: bool = True, comment: str | None = None) -> dict[str, Any]:
    """A column in Spark's JSON form."""
    return {"name": name, "type": spark, "nullable": nullable, "metadata": {"comment": comment} if comment else {}}


def from_duck(kind: "DuckDBPyType") -> SqlType:
    """The Databricks type of a DuckDB type."""
    if str(kind) == "JSON":
        return SqlType("VARIANT", exact=False)
    match kind.id:
        case "decimal":
            (_, precision), (_, scale) = kind.children
            return SqlType("DECIMAL", int(precision), int(scale))
        case "list" | "array":
            element = from_duck(kind.children[0][1])
            return SqlType("ARRAY", children=(("element", element),), exact=kind.id == "list" and element.exact)
        case "tuple":
            named = tuple((f"col{at}", from_duck(child)) for at, (_, child) in enumerate(kind.children, 1))
            return SqlType("STRUCT", children=named, exact=all(child.exact for _, child in named))
        case "map" | "struct":
            children = tuple((name, from_duck(child)) for name, child in kind.children)
            return SqlType(kind.id.upper(), children=children, exact=all(child.exact for _, child in children))
    return SqlType(_KEYWORDS.get(kind.id, "STRING"), exact=kind.id in _EXACT)
