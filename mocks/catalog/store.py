"""Catalogs, schemas, volumes and the metastore."""

import uuid
from typing import Any

from mocks.catalog.refusals import refusing
from mocks.catalog.wire import (
    Catalog,
    Catalogs,
    Change,
    NewCatalog,
    NewSchema,
    NewVolume,
    Schema,
    Schemas,
    Volume,
    Volumes,
)
from mocks.core.errors import InvalidParameterValue, NotImplementedYet
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.names import Defaults, Name, named
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.privileges import METASTORE
from mocks.engines.metastore.securables import CATALOG, SCHEMA, VOLUME, Description, Securable


class CatalogStore:
    """The securables of one workspace that have no columns."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._metastore, self._grants = workspace.engine(Metastore), workspace.engine(Grants)

    @refusing()
    def list_catalogs(self, size: int | None, token: str | None) -> Catalogs:
        """A page of them, by name."""
        found, following = page(self._seen(CATALOG), size, token)
        return Catalogs(catalogs=[self._catalog(record) for record in found], next_page_token=following)

    @refusing()
    def get_catalog(self, name: str) -> Catalog:
        """One of them."""
        return self._catalog(self._known(CATALOG, name))

    @refusing()
    def create_catalog(self, body: NewCatalog) -> Catalog:
        """Makes one."""
        self._require("CREATE_CATALOG", METASTORE, METASTORE)
        told = Description(body.comment, body.properties, owner=self._workspace.user_name)
        return self._catalog(self._metastore.create_catalog(body.name, told))

    @refusing()
    def update_catalog(self, name: str, change: Change) -> Catalog:
        """Changes one."""
        self._require("MANAGE", CATALOG, name)
        return self._catalog(self._metastore.change(CATALOG, name, **changes(change)))

    @refusing()
    def delete_catalog(self, name: str, force: bool) -> None:
        """Removes one."""
        self._require("MANAGE", CATALOG, name)
        self._metastore.drop_catalog(name, cascade=force)

    @refusing()
    def list_schemas(self, catalog: str, size: int | None, token: str | None) -> Schemas:
        """A page of those in a catalog."""
        found, following = page(self._seen(SCHEMA, catalog.lower()), size, token)
        return Schemas(schemas=[self._schema(record) for record in found], next_page_token=following)

    @refusing()
    def get_schema(self, full_name: str) -> Schema:
        """One of them."""
        return self._schema(self._known(SCHEMA, full_name))

    @refusing()
    def create_schema(self, body: NewSchema) -> Schema:
        """Makes one."""
        self._require("CREATE_SCHEMA", CATALOG, body.catalog_name)
        told = Description(body.comment, body.properties, owner=self._workspace.user_name)
        return self._schema(self._metastore.create_schema(body.catalog_name, body.name, told))

    @refusing()
    def update_schema(self, full_name: str, change: Change) -> Schema:
        """Changes one."""
        self._require("MANAGE", SCHEMA, full_name)
        return self._schema(self._metastore.change(SCHEMA, full_name, **changes(change)))

    @refusing()
    def delete_schema(self, full_name: str, force: bool) -> None:
        """Removes one."""
        self._require("MANAGE", SCHEMA, full_name)
        catalog, _, schema = full_name.partition(".")
        self._metastore.drop_schema(catalog, schema, cascade=force)

    @refusing()
    def list_volumes(self, catalog: str, schema: str, size: int | None, token: str | None) -> Volumes:
        """A page of those in a schema."""
        found, following = page(self._seen(VOLUME, f"{catalog}.{schema}".lower()), size, token)
        return Volumes(volumes=[self._volume(record) for record in found], next_page_token=following)

    @refusing()
    def get_volume(self, full_name: str) -> Volume:
        """One of them."""
        return self._volume(self._known(VOLUME, full_name))

    @refusing()
    def create_volume(self, body: NewVolume) -> Volume:
        """Makes one."""
        if body.volume_type != "MANAGED":
            raise InvalidParameterValue("Only managed volumes can be made here; there is no external storage.")
        name = Name(body.catalog_name.lower(), body.schema_name.lower(), body.name.lower())
        self._require("CREATE_VOLUME", SCHEMA, name.namespace)
        told = Description(body.comment, owner=self._workspace.user_name)
        return self._volume(self._metastore.create_volume(name, told))

    @refusing()
    def update_volume(self, full_name: str, change: Change) -> Volume:
        """Changes one."""
        self._require("MANAGE", VOLUME, full_name)
        return self._volume(self._metastore.change(VOLUME, full_name, **changes(change)))

    @refusing()
    def delete_volume(self, full_name: str) -> None:
        """Removes one, with its files."""
        self._require("MANAGE", VOLUME, full_name)
        self._metastore.drop_volume(three_parts(full_name))

    def _require(self, privilege: str, kind: str, name: str) -> None:
        self._grants.require(self._workspace.user_name, privilege, kind, name)

    def _seen(self, kind: str, parent: str = "") -> list[Securable]:
        """Those that the caller may know of."""
        records = self._metastore.within(kind, parent)
        names = set(self._grants.visible(self._workspace.user_name, kind, [record.name for record in records]))
        return [record for record in records if record.name in names]

    def _known(self, kind: str, name: str) -> Securable:
        """One of them; who has no privilege on it is refused."""
        record = self._metastore.get(kind, name)
        self._grants.require_visible(self._workspace.user_name, kind, record.name)
        return record

    def metastore_summary(self) -> dict[str, Any]:
        """The one metastore."""
        number = metastore_id(self._workspace)
        return {
            "metastore_id": number,
            "global_metastore_id": f"aws:local:{number}",
            "name": "sandbricks",
            "owner": self._workspace.user_name,
            "cloud": "aws",
            "region": "local",
            "privilege_model_version": "1.0",
        }

    def metastore_assignment(self) -> dict[str, Any]:
        """Which metastore this workspace uses."""
        return {
            "metastore_id": metastore_id(self._workspace),
            "workspace_id": self._workspace.id,
            "default_catalog_name": Defaults().catalog,
        }

    def _catalog(self, record: Securable) -> Catalog:
        return Catalog(name=record.name, full_name=record.name, **audit(record, self._workspace))

    def _schema(self, record: Securable) -> Schema:
        catalog, _, name = record.name.partition(".")
        audited = audit(record, self._workspace)
        return Schema(name=name, catalog_name=catalog, full_name=record.name, schema_id=record.id, **audited)

    def _volume(self, record: Securable) -> Volume:
        name = three_parts(record.name)
        return Volume(
            name=name.object,
            catalog_name=name.catalog,
            schema_name=name.schema,
            full_name=record.name,
            volume_id=record.id,
            **audit(record, self._workspace) | {"properties": None},
        )


def metastore_id(workspace: Workspace) -> str:
    """The metastore's id, the same as long as the workspace lives."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"metastore of {workspace.id}"))


def audit(record: Securable, workspace: Workspace) -> dict[str, Any]:
    """The fields that all securables share."""
    return {
        "comment": record.comment,
        "owner": record.owner,
        "properties": record.properties or None,
        "metastore_id": metastore_id(workspace),
        "created_at": record.created_at,
        "created_by": record.created_by,
        "updated_at": record.updated_at,
        "updated_by": record.updated_by,
    }


def changes(change: Change) -> dict[str, Any]:
    """The fields that are to change.

    Raises: NotImplementedYet
    """
    if change.new_name is not None:
        raise NotImplementedYet("The sandbox does not rename catalogs, schemas and volumes.")
    told = {"comment": change.comment, "owner": change.owner, "properties": change.properties}
    return {key: value for key, value in told.items() if value is not None}


def three_parts(full_name: str) -> Name:
    """A name with catalog and schema.

    Raises: InvalidParameterValue
    """
    parts = full_name.split(".")
    if len(parts) != 3:
        raise InvalidParameterValue(f"'{full_name}' is not a three-level name such as main.default.orders.")
    return named(parts, Defaults())
