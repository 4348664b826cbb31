"""The warehouses of a workspace; one is there from the start, as in every workspace of the real service."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from mocks.core.errors import InvalidParameterValue, ResourceDoesNotExist
from mocks.core.paging import page
from mocks.core.transitions import Kind
from mocks.core.workspace import Workspace
from mocks.sql.wire import OdbcParams, WarehouseId, WarehouseInfo, Warehouses, WarehouseSpec

DEFAULTS: dict[str, Any] = {
    "cluster_size": "2X-Small",
    "min_num_clusters": 1,
    "max_num_clusters": 1,
    "auto_stop_mins": 10,
    "enable_photon": True,
    "enable_serverless_compute": True,
    "warehouse_type": "PRO",
    "spot_instance_policy": "COST_OPTIMIZED",
    "channel": {"name": "CHANNEL_NAME_CURRENT"},
}
STARTER = "Serverless Starter Warehouse"
_UNDER_WAY = {"RUNNING": "STARTING", "STOPPED": "STOPPING", "DELETED": "DELETING"}


class WarehouseStore:
    """Records of warehouses; all of them run on the one SQL engine of the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._records = workspace.collection("sql.warehouses", WarehouseInfo, "SQL warehouse")
        starter = hashlib.sha256(f"{workspace.id}".encode()).hexdigest()[:16]
        if self._records.find(starter) is None:
            self._records.put(starter, self._new(starter, WarehouseSpec(name=STARTER)))

    def list(self, size: int | None, token: str | None) -> Warehouses:
        """Those that are not deleted."""
        alive = [self._shown(record) for record in self._records.all() if record.state != "DELETED"]
        found, following = page(alive, size, token)
        return Warehouses(warehouses=found, next_page_token=following)

    def get(self, warehouse_id: str) -> WarehouseInfo:
        """The warehouse.

        Raises: ResourceDoesNotExist
        """
        return self._shown(self._alive(warehouse_id))

    def create(self, spec: WarehouseSpec) -> WarehouseId:
        """Makes a running one.

        Raises: InvalidParameterValue
        """
        if not spec.name:
            raise InvalidParameterValue("A SQL warehouse needs a name.")
        with self._workspace.lock:
            self._check_name(spec.name, "")
            warehouse_id = self._workspace.new_id()[:16]
            self._records.create(warehouse_id, self._new(warehouse_id, spec))
            self._workspace.transitions.begin(Kind.WAREHOUSE, warehouse_id)
        return WarehouseId(id=warehouse_id)

    def edit(self, warehouse_id: str, spec: WarehouseSpec) -> None:
        """Changes what is given.

        Raises: ResourceDoesNotExist, InvalidParameterValue
        """
        told = {key: value for key, value in spec.body().items() if key not in ("id", "state")}
        with self._workspace.lock:
            self._alive(warehouse_id)
            if spec.name:
                self._check_name(spec.name, warehouse_id)
            self._records.update(warehouse_id, lambda record: record.model_copy(update=told))

    def set_state(self, warehouse_id: str, state: str) -> None:
        """Starts, stops or deletes it, at once unless a progression was set.

        Raises: ResourceDoesNotExist
        """
        with self._workspace.lock:
            self._alive(warehouse_id)
            self._records.update(warehouse_id, lambda record: record.model_copy(update={"state": state}))
            self._workspace.transitions.begin(Kind.WAREHOUSE, warehouse_id)

    def use(self, warehouse_id: str | None) -> None:
        """A statement starts a stopped warehouse.

        Raises: InvalidParameterValue
        """
        found = self._records.find(warehouse_id) if warehouse_id else None
        if found is None or found.state == "DELETED":
            raise InvalidParameterValue(f"{warehouse_id or 'An empty text'} is not a valid endpoint id.")
        if found.state == "STOPPED":
            self.set_state(found.id, "RUNNING")

    def _alive(self, warehouse_id: str) -> WarehouseInfo:
        found = self._records.get(warehouse_id)
        if found.state == "DELETED":
            raise ResourceDoesNotExist(f"SQL warehouse '{warehouse_id}' does not exist.")
        return found

    def _check_name(self, name: str, own_id: str) -> None:
        if any(r.name == name and r.id != own_id and r.state != "DELETED" for r in self._records.all()):
            raise InvalidParameterValue(f"SQL warehouse with name '{name}' already exists.")

    def _new(self, warehouse_id: str, spec: WarehouseSpec) -> WarehouseInfo:
        fields = DEFAULTS | spec.body() | {"id": warehouse_id, "creator_name": self._workspace.user_name}
        return WarehouseInfo.model_validate(fields)

    def _shown(self, record: WarehouseInfo) -> WarehouseInfo:
        address = urlsplit(self._workspace.host)
        path, port = f"/sql/1.0/warehouses/{record.id}", address.port or 80
        odbc = OdbcParams(hostname=address.hostname or "", path=path, port=port, protocol=address.scheme)
        jdbc = f"jdbc:databricks://{address.netloc}/default;transportMode=http;ssl=0;httpPath={path}"
        if self._workspace.transitions.waiting(Kind.WAREHOUSE, record.id):
            record = record.model_copy(update={"state": _UNDER_WAY[record.state]})
        health = {"status": "HEALTHY"} if record.state == "RUNNING" else None
        clusters = 1 if record.state == "RUNNING" else 0
        return record.model_copy(
            update={"odbc_params": odbc, "jdbc_url": jdbc, "health": health, "num_clusters": clusters}
        )
