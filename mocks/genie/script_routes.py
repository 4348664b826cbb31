"""Routes of the control API for Genie: scripted answers, and how the managed MCP servers write rows."""

from typing import Any

from mocks.core.admin import Controlled
from mocks.core.wire import Api
from mocks.core.workspace import DEFAULT
from mocks.engines.row_format import RowFormat, Rows
from mocks.genie.scripts import GenieScript, GenieScripts

api = Api()
SCRIPT = "/_sandbox/genie/script"


ROWS = "/_sandbox/mcp/rows"


class NewRows(Rows):
    """How rows shall be written."""

    workspace: str = DEFAULT


class NewGenieScript(GenieScript):
    """A script to be taken."""

    workspace: str = DEFAULT


@api.post(SCRIPT)
def add_genie_script(body: NewGenieScript, control: Controlled) -> GenieScript:
    """Says how a question is answered; the SQL is really run."""
    script = GenieScript.model_validate(body.model_dump(exclude={"workspace"}))
    return control.workspaces.named(body.workspace).engine(GenieScripts).add(script)


@api.get(SCRIPT)
def list_genie_scripts(control: Controlled, workspace: str = DEFAULT) -> dict[str, Any]:
    """All scripts, with how often each has answered."""
    return {"scripts": control.workspaces.named(workspace).engine(GenieScripts).all()}


@api.delete(SCRIPT)
def remove_genie_scripts(control: Controlled, workspace: str = DEFAULT) -> None:
    """Forgets all scripts."""
    control.workspaces.named(workspace).engine(GenieScripts).clear()


@api.put(ROWS)
def set_mcp_rows(body: NewRows, control: Controlled) -> Rows:
    """Says how the managed MCP servers of Genie and SQL write rows."""
    return control.workspaces.named(body.workspace).engine(RowFormat).tell(Rows(rows=body.rows))


@api.get(ROWS)
def get_mcp_rows(control: Controlled, workspace: str = DEFAULT) -> Rows:
    """How they do."""
    return control.workspaces.named(workspace).engine(RowFormat).now
