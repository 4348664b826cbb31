"""The curated Genie space over the contract tables, created or brought up to date."""

import json
from pathlib import Path
from string import Template

from databricks.sdk import WorkspaceClient

from agent.genie import GenieError, find_space
from agent.settings import Settings
from agent.warehouse import Warehouse

FILE = Path(__file__).parent / "data" / "genie_space.json"
_DESCRIPTION = "Contracts, parties, fees, commitments, volumes and invoices."


def publish(w: WorkspaceClient, settings: Settings, *, curated: bool = True) -> str:
    """The id of the space of the settings' title, which afterwards is what the file says, or only its tables."""
    schema = f"{settings.catalog}.{settings.schema}"
    written = Template(FILE.read_text()).substitute(schema=schema)
    serialized = written if curated else _bare(written)
    warehouse_id = Warehouse(w, settings).id
    title = settings.genie_space_title
    try:
        space_id = settings.genie_space_id or find_space(w, title)
    except GenieError:
        return w.genie.create_space(warehouse_id, serialized, title=title, description=_DESCRIPTION).space_id
    w.genie.update_space(space_id, serialized_space=serialized, title=title, warehouse_id=warehouse_id)
    return space_id


def _bare(serialized: str) -> str:
    """The tables alone, as a space starts: what Genie knows of them is their columns and comments."""
    told = json.loads(serialized)
    tables = [{"identifier": table["identifier"]} for table in told["data_sources"]["tables"]]
    return json.dumps({"version": told["version"], "data_sources": {"tables": tables}})


if __name__ == "__main__":
    print(publish(WorkspaceClient(), Settings.load()))
