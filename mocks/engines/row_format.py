"""How the managed MCP servers write rows: as proto JSON, or as the plain lists of REST; a test may want either."""

from typing import Any, Literal

from pydantic import ConfigDict

from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.metastore.tables import Result
from mocks.engines.warehouse.result_format import proto_rows


class Rows(Wire):
    """`proto` is `{"values": [{"string_value": …}]}`, as public clients parse it; `plain` is a list of texts."""

    model_config = ConfigDict(extra="forbid")
    rows: Literal["proto", "plain"] = "proto"


class RowFormat:
    """The format of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._told = workspace.collection("mcp_rows", Rows, "Row format")

    @property
    def now(self) -> Rows:
        """What was told last."""
        return self._told.find("") or Rows()

    def tell(self, rows: Rows) -> Rows:
        """Says how rows are written from now on."""
        return self._told.put("", rows)

    def rows(self, result: Result) -> list[Any]:
        """The rows of a result."""
        return proto_rows(result) if self.now.rows == "proto" else list(result.rows())
