"""The clock and the ids of a workspace over HTTP, so that the same calls give the same answers."""

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

from mocks.core.admin import Controlled
from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Api, Wire
from mocks.core.workspace import DEFAULT, Workspace

api = Api()


class NewTime(Wire):
    """How the clock goes; `now` is an ISO time, UTC if it names no zone."""

    model_config = ConfigDict(extra="forbid")
    workspace: str = DEFAULT
    mode: Literal["real", "frozen", "offset"] = "frozen"
    now: datetime | None = None


class Advance(Wire):
    """How far the clock is turned on."""

    model_config = ConfigDict(extra="forbid")
    workspace: str = DEFAULT
    seconds: float = Field(ge=0, le=3_155_760_000)


class NewSeed(Wire):
    """From which seed ids are made."""

    model_config = ConfigDict(extra="forbid")
    workspace: str = DEFAULT
    seed: int = Field(ge=0)


@api.get("/_sandbox/clock")
def get_clock(control: Controlled, workspace: str = DEFAULT) -> dict[str, Any]:
    """What time it is in a workspace."""
    return _shown(control.workspaces.named(workspace))


@api.put("/_sandbox/clock")
def set_clock(body: NewTime, control: Controlled) -> dict[str, Any]:
    """Stops the clock, shifts it, or gives it back to real time."""
    workspace = control.workspaces.named(body.workspace)
    at_ms = None if body.now is None else _ms(body.now)
    if body.mode == "offset" and at_ms is None:
        raise InvalidParameterValue("The mode 'offset' wants a time: now.")
    if body.mode == "real":
        workspace.clock.release()
    elif body.mode == "offset" and at_ms is not None:
        workspace.clock.shift_to(at_ms)
    else:
        workspace.clock.freeze(at_ms)
    return _shown(workspace)


@api.post("/_sandbox/clock/advance")
def advance_clock(body: Advance, control: Controlled) -> dict[str, Any]:
    """Turns the clock on."""
    workspace = control.workspaces.named(body.workspace)
    workspace.clock.advance(round(body.seconds * 1000))
    return _shown(workspace)


@api.post("/_sandbox/seed")
def seed_ids(body: NewSeed, control: Controlled) -> dict[str, Any]:
    """From now on the workspace makes the ids of this seed, in the same order each time."""
    control.workspaces.named(body.workspace).ids.seed(body.seed)
    return {"workspace": body.workspace, "seed": body.seed}


def _ms(moment: datetime) -> int:
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def _shown(workspace: Workspace) -> dict[str, Any]:
    now = workspace.now_ms()
    iso = datetime.fromtimestamp(now / 1000, UTC).isoformat(timespec="milliseconds")
    return {"workspace": workspace.name, "mode": workspace.clock.mode, "now": iso, "now_ms": now}
