"""What is in the tables of a space, known once for each version of a table."""

from mocks.core.errors import ResourceDoesNotExist
from mocks.engines.metastore.column_samples import Sample
from mocks.engines.warehouse.sql_warehouse import TableInfo, Warehouse

# Above so many different values a text names nothing that people would say.
MOST_TEXTS = 1000


class Samples:
    """The samples of a workspace's tables, taken once for each version of a table."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self.ended = False
        self._known: dict[str, tuple[int | None, dict[str, Sample]]] = {}

    def of(self, info: TableInfo) -> dict[str, Sample]:
        """The samples of a table's columns by their names.

        Raises: SqlError, ResourceDoesNotExist
        """
        if self.ended:
            raise ResourceDoesNotExist("The workspace was dropped or emptied meanwhile.")
        [version] = self._warehouse.table_versions([info.name.full])
        known, samples = self._known.get(info.name.full, (None, {}))
        if version is None or known != version:
            samples = self._warehouse.samples(info)
            self._known[info.name.full] = version, samples
        return samples
