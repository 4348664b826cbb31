"""Provisioning and eventual consistency over HTTP, for tests of code that has to wait."""

from typing import Any

from pydantic import ConfigDict, Field

from mocks.core.admin import Controlled
from mocks.core.transitions import Kind, Progression
from mocks.core.wire import Api, Wire
from mocks.core.workspace import DEFAULT

api = Api()


class NewProgression(Progression):
    """A progression and the workspace that it is for."""

    workspace: str = DEFAULT


class Arrival(Wire):
    """Which resources arrive; all of the kind if none is named."""

    model_config = ConfigDict(extra="forbid")
    workspace: str = DEFAULT
    kind: Kind
    name: str | None = None


class NewConsistency(Wire):
    """How many reads after a write still see what was there before it."""

    model_config = ConfigDict(extra="forbid")
    workspace: str = DEFAULT
    stale_reads: int = Field(ge=0, le=1000)


@api.get("/_sandbox/transitions")
def list_transitions(control: Controlled, workspace: str = DEFAULT) -> dict[str, Any]:
    """How resources arrive, and which are under way."""
    transitions = control.workspaces.named(workspace).transitions
    under_way = [{"kind": kind, "name": name} for kind, name in transitions.under_way()]
    return {"transitions": [rule.body() for rule in transitions.rules()], "under_way": under_way}


@api.put("/_sandbox/transitions")
def set_transition(body: NewProgression, control: Controlled) -> dict[str, Any]:
    """Says how resources of a kind that are made from now on arrive."""
    told = body.body()
    rule = Progression.model_validate({key: value for key, value in told.items() if key != "workspace"})
    control.workspaces.named(body.workspace).transitions.rule(rule)
    return told


@api.post("/_sandbox/transitions/finish")
def finish_transitions(body: Arrival, control: Controlled) -> dict[str, int]:
    """Lets resources arrive."""
    return {"finished": control.workspaces.named(body.workspace).transitions.finish(body.kind, body.name)}


@api.put("/_sandbox/consistency")
def set_consistency(body: NewConsistency, control: Controlled) -> dict[str, Any]:
    """Lets reads by GET of spaces, endpoints, indexes and other named records lag behind writes."""
    control.workspaces.named(body.workspace).staleness.set(body.stale_reads)
    return body.body()
