"""Faults over HTTP: add, list, remove."""

from typing import Any

from mocks.core.admin import Controlled
from mocks.core.faults import NewFault
from mocks.core.wire import Api

api = Api()


@api.post("/_sandbox/faults")
def add_fault(body: NewFault, control: Controlled) -> dict[str, Any]:
    """From now on requests that match fail; the first fault that hits wins."""
    return control.faults.add(body).shown()


@api.get("/_sandbox/faults")
def list_faults(control: Controlled) -> dict[str, Any]:
    """The faults and how often each has fired."""
    return {"faults": [fault.shown() for fault in control.faults.all()]}


@api.delete("/_sandbox/faults")
def clear_faults(control: Controlled, workspace: str | None = None) -> dict[str, int]:
    """Ends all faults, or those of a workspace."""
    return {"removed": control.faults.clear(workspace)}


@api.delete("/_sandbox/faults/{fault_id}")
def remove_fault(fault_id: str, control: Controlled) -> None:
    """Ends one fault."""
    control.faults.remove(fault_id)
