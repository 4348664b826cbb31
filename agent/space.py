"""The curated Genie space over the contract tables, created or brought up to date."""

from pathlib import Path
from string import Template

from databricks.sdk import WorkspaceClient

from agent.genie import GenieError, find_space
from agent.settings import Settings
from agent.warehouse import Warehouse

FILE = Path(__file__).parent / "data" / "genie_space.json"
_DESCRIPTION = "Contracts, parties, fees, commitments, volumes and invoices."


def publish(w: WorkspaceClient, settings: Settings) -> str:
    """The id of the space of the settings' title, which afterwards is what the file says."""
    schema = f"{settings.catalog}.{settings.schema}"
    curated = Template(FILE.read_text()).substitute(schema=schema)
    warehouse_id = Warehouse(w, settings).id
    title = settings.genie_space_title
    try:
        space_id = settings.genie_space_id or find_space(w, title)
    except GenieError:
        return w.genie.create_space(warehouse_id, curated, title=title, description=_DESCRIPTION).space_id
    w.genie.update_space(space_id, serialized_space=curated, title=title, warehouse_id=warehouse_id)
    return space_id


if __name__ == "__main__":
    print(publish(WorkspaceClient(), Settings.load()))
