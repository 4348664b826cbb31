"""Bodies of Unity Catalog."""

from typing import Any

from pydantic import Field

from mocks.core.wire import Wire
from mocks.engines.metastore.catalog_entries import ListedColumn, ListedTable


class Audited(Wire):
    """What every securable says about itself."""

    comment: str | None = None
    owner: str | None = None
    properties: dict[str, str] | None = None
    metastore_id: str | None = None
    created_at: int | None = None
    created_by: str | None = None
    updated_at: int | None = None
    updated_by: str | None = None


class Change(Wire):
    """What can be changed of a securable."""

    new_name: str | None = None
    comment: str | None = None
    owner: str | None = None
    properties: dict[str, str] | None = None


class NewCatalog(Wire):
    """A catalog to be made."""

    name: str
    comment: str | None = None
    properties: dict[str, str] = {}


class Catalog(Audited):
    """A catalog."""

    name: str
    full_name: str
    catalog_type: str = "MANAGED_CATALOG"
    isolation_mode: str = "OPEN"
    securable_type: str = "CATALOG"


class Catalogs(Wire):
    """A page of catalogs."""

    catalogs: list[Catalog]
    next_page_token: str | None = None


class NewSchema(Wire):
    """A schema to be made."""

    name: str
    catalog_name: str
    comment: str | None = None
    properties: dict[str, str] = {}


class Schema(Audited):
    """A schema."""

    name: str
    catalog_name: str
    full_name: str
    schema_id: str
    catalog_type: str = "MANAGED_CATALOG"


class Schemas(Wire):
    """A page of schemas."""

    schemas: list[Schema]
    next_page_token: str | None = None


class NewTable(Wire):
    """A table to be made without SQL."""

    name: str
    catalog_name: str
    schema_name: str
    table_type: str = "MANAGED"
    data_source_format: str = "DELTA"
    columns: list[ListedColumn] = Field(min_length=1)
    comment: str | None = None
    properties: dict[str, str] = {}


class Tables(Wire):
    """A page of tables."""

    tables: list[ListedTable]
    next_page_token: str | None = None


class TableSummary(Wire):
    """A table without its columns."""

    full_name: str
    table_type: str


class TableSummaries(Wire):
    """A page of summaries."""

    tables: list[TableSummary]
    next_page_token: str | None = None


class TableExists(Wire):
    """Whether a table exists."""

    table_exists: bool


class NewVolume(Wire):
    """A volume to be made."""

    name: str
    catalog_name: str
    schema_name: str
    volume_type: str = "MANAGED"
    comment: str | None = None


class Volume(Audited):
    """A volume."""

    name: str
    catalog_name: str
    schema_name: str
    full_name: str
    volume_id: str
    volume_type: str = "MANAGED"


class Volumes(Wire):
    """A page of volumes."""

    volumes: list[Volume]
    next_page_token: str | None = None


class FunctionParameter(Wire):
    """A parameter of a function, or a column that a table function gives."""

    name: str
    type_text: str
    type_name: str | None = None
    type_json: str | None = None
    position: int = 0
    parameter_mode: str = "IN"
    parameter_type: str = "PARAM"
    parameter_default: str | None = None
    comment: str | None = None


class FunctionParameters(Wire):
    """Parameters in their order."""

    parameters: list[FunctionParameter] = []


class NewFunction(Wire):
    """A function to be made."""

    name: str
    catalog_name: str
    schema_name: str
    input_params: FunctionParameters = FunctionParameters()
    return_params: FunctionParameters | None = None
    data_type: str
    full_data_type: str
    routine_body: str
    routine_definition: str
    external_language: str | None = None
    comment: str | None = None


class FunctionRequest(Wire):
    """The envelope in which a new function comes."""

    function_info: NewFunction


class Function(Audited):
    """A function."""

    name: str
    catalog_name: str
    schema_name: str
    full_name: str
    function_id: str
    input_params: FunctionParameters
    return_params: FunctionParameters | None = None
    data_type: str
    full_data_type: str
    routine_body: str
    routine_definition: str
    external_language: str | None = None
    specific_name: str
    parameter_style: str = "S"
    security_type: str = "DEFINER"
    sql_data_access: str = "CONTAINS_SQL"
    is_deterministic: bool = True
    is_null_call: bool = False


class Functions(Wire):
    """A page of functions."""

    functions: list[Function]
    next_page_token: str | None = None


class PrincipalPrivileges(Wire):
    """What a principal was granted."""

    principal: str
    privileges: list[str]


class Permissions(Wire):
    """The grants on something."""

    privilege_assignments: list[PrincipalPrivileges]


class EffectivePrivilege(Wire):
    """A privilege, and the container that it comes from."""

    privilege: str
    inherited_from_type: str | None = None
    inherited_from_name: str | None = None


class EffectivePermissions(Wire):
    """The grants that hold for something."""

    privilege_assignments: list[dict[str, Any]]


class PermissionChange(Wire):
    """What a principal gets and loses."""

    principal: str = ""
    add: list[str] = []
    remove: list[str] = []


class PermissionsChange(Wire):
    """What several principals get and lose."""

    changes: list[PermissionChange] = []
